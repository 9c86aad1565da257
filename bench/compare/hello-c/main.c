// SPDX-License-Identifier: Apache-2.0
// A function that calls no model, on bare sockets: the floor of the Runtime API itself. One connection, no checks that a
// production runtime would need.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

static char answer[1 << 20];
static const char kBody[] = "{\"response\":\"Ha!\"}";

static int connect_to(const char* api) {
  char host[64] = {0};
  int port = 80;
  if (sscanf(api, "%63[^:]:%d", host, &port) < 1) return -1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
  if (inet_pton(AF_INET, host, &address.sin_addr) != 1) return -1;
  const int socket_fd = socket(AF_INET, SOCK_STREAM, 0);
  const int on = 1;
  setsockopt(socket_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return connect(socket_fd, (struct sockaddr*)&address, sizeof address) == 0 ? socket_fd : -1;
}

// The value of a header of `answer`, or null.
static const char* header(const char* name) {
  for (const char* line = strstr(answer, "\r\n"); line != NULL; line = strstr(line + 2, "\r\n"))
    if (strncasecmp(line + 2, name, strlen(name)) == 0) return line + 2 + strlen(name) + strspn(line + 2 + strlen(name), ": ");
  return NULL;
}

// Sends a request and reads its whole answer. Returns 0 when the peer is gone.
static int exchange(int socket_fd, const char* request, size_t size) {
  if (write(socket_fd, request, size) != (ssize_t)size) return 0;
  size_t have = 0;
  for (;;) {
    const ssize_t got = read(socket_fd, answer + have, sizeof answer - 1 - have);
    if (got <= 0) return 0;
    have += (size_t)got;
    answer[have] = '\0';
    const char* end = strstr(answer, "\r\n\r\n");
    if (end == NULL) continue;
    const char* length = header("content-length");
    const char* coding = header("transfer-encoding");
    if (length != NULL && have >= (size_t)(end + 4 - answer) + strtoul(length, NULL, 10)) return 1;
    if (length == NULL && coding != NULL && strstr(end, "\r\n0\r\n\r\n") != NULL) return 1;
    if (length == NULL && coding == NULL) return 1;
  }
}

int main(void) {
  const char* api = getenv("AWS_LAMBDA_RUNTIME_API");
  const int socket_fd = api == NULL ? -1 : connect_to(api);
  if (socket_fd < 0) return 1;
  char request[1024];
  for (;;) {
    int size = snprintf(request, sizeof request, "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: %s\r\n\r\n", api);
    if (!exchange(socket_fd, request, (size_t)size)) return 0;
    const char* id = header("lambda-runtime-aws-request-id");
    if (id == NULL) return 1;
    size = snprintf(request, sizeof request,
                    "POST /2018-06-01/runtime/invocation/%.*s/response HTTP/1.1\r\nHost: %s\r\n"
                    "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                    (int)strcspn(id, "\r\n"), id, api, sizeof kBody - 1, kBody);
    if (!exchange(socket_fd, request, (size_t)size)) return 0;
  }
}
