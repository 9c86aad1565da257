/* SPDX-License-Identifier: Apache-2.0 */
/* Many streamed answers at once with libcurl alone, whose bytes are only counted: the floor. */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static size_t characters;

static double cpu_ms(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
         (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

static double peak_mb(void) {
  char line[256];
  double kb = 0;
  FILE* status = fopen("/proc/self/status", "r");
  while (status && fgets(line, sizeof line, status)) sscanf(line, "VmHWM: %lf", &kb);
  if (status) fclose(status);
  return kb / 1024;
}

static double now_ms(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static size_t count(char* bytes, size_t size, size_t number, void* unused) {
  (void)bytes;
  (void)unused;
  characters += size * number;
  return size * number;
}

static CURL* call(const char* url, const char* ca, const char* body, struct curl_slist* headers) {
  CURL* easy = curl_easy_init();
  curl_easy_setopt(easy, CURLOPT_URL, url);
  curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, count);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
  curl_easy_setopt(easy, CURLOPT_PIPEWAIT, strncmp(url, "https:", 6) == 0 ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  if (*ca) curl_easy_setopt(easy, CURLOPT_CAINFO, ca);
  return easy;
}

int main(int argc, char** argv) {
  const char *url = "", *ca = "", *model = "";
  int runs = 1, ok = 0, left = 0, running = 1;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (!strcmp(argv[i], "--url")) url = argv[i + 1];
    if (!strcmp(argv[i], "--ca")) ca = argv[i + 1];
    if (!strcmp(argv[i], "--model")) model = argv[i + 1];
    if (!strcmp(argv[i], "--runs")) runs = atoi(argv[i + 1]);
  }
  char body[512], address[512];
  snprintf(address, sizeof address, "%s/chat/completions", url);
  snprintf(body, sizeof body,
           "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Entertain me!\"}],\"stream\":true}", model);
  curl_global_init(CURL_GLOBAL_DEFAULT);
  struct curl_slist* headers = curl_slist_append(NULL, "content-type: application/json");
  CURLM* multi = curl_multi_init();
  const double start_cpu = cpu_ms(), start_mb = peak_mb(), begin = now_ms();
  for (int i = 0; i < runs; ++i) curl_multi_add_handle(multi, call(address, ca, body, headers));
  while (running) {
    curl_multi_perform(multi, &running);
    for (CURLMsg* message; (message = curl_multi_info_read(multi, &left));) {
      if (message->msg != CURLMSG_DONE) continue;
      if (message->data.result == CURLE_OK) ++ok;
      else fprintf(stderr, "%s\n", curl_easy_strerror(message->data.result));
      CURL* easy = message->easy_handle;
      curl_multi_remove_handle(multi, easy);
      curl_easy_cleanup(easy);
    }
    if (running) curl_multi_poll(multi, NULL, 0, 1000, NULL);
  }
  printf("{\"runs\":%d,\"ok\":%d,\"bytes\":%zu,\"wall_ms\":%.1f,\"cpu_ms\":%.1f,\"peak_mb\":%.2f,\"start_cpu_ms\":%.1f,"
         "\"start_mb\":%.2f}\n", runs, ok, characters, now_ms() - begin, cpu_ms(), peak_mb(), start_cpu, start_mb);
  return ok == runs ? 0 : 1;
}
