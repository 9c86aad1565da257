// SPDX-License-Identifier: Apache-2.0
//
// deps-check URL ROOT.PEM: one GET with a trusted root that only our own SSL-context callback
// brings. Exit status: 0 answered, 1 otherwise, with curl's error code on stderr.
#include <curl/curl.h>
#include <openssl/ssl.h>

#include <cstdio>
#include <string_view>

namespace {

/// Called by curl with the SSL_CTX it made; `root` is the file name of the one trusted root.
CURLcode trust_only(CURL*, void* context, void* root) {
  const bool loaded =
      SSL_CTX_load_verify_locations(static_cast<SSL_CTX*>(context), static_cast<const char*>(root), nullptr);
  std::printf("ssl-context callback: root %s\n", loaded ? "loaded" : "refused");
  return loaded ? CURLE_OK : CURLE_SSL_CACERT_BADFILE;
}

bool has_feature(std::string_view wanted) {
  const char* const* name = curl_version_info(CURLVERSION_NOW)->feature_names;
  for (; *name != nullptr; ++name) {
    if (wanted == *name) {
      return true;
    }
  }
  return false;
}

/// Reports what curl was built with; false when something the bootstrap relies on is absent.
bool report_build() {
  std::printf("%s\n", curl_version());
  bool complete = true;
  for (const char* name : {"HTTP2", "AsynchDNS", "IPv6", "SSL", "libz", "threadsafe"}) {
    const bool present = has_feature(name);
    std::printf("feature %s: %s\n", name, present ? "yes" : "MISSING");
    complete = complete && present;
  }
  return complete;
}

CURLcode get(const char* url, char* root) {
  CURL* const handle = curl_easy_init();
  if (handle == nullptr) {
    return CURLE_FAILED_INIT;
  }
  curl_easy_setopt(handle, CURLOPT_URL, url);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, 10L);
  curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);
  curl_easy_setopt(
      handle, CURLOPT_WRITEFUNCTION, +[](char*, size_t size, size_t count, void*) { return size * count; });
  curl_easy_setopt(handle, CURLOPT_SSL_CTX_DATA, root);
  CURLcode code = curl_easy_setopt(handle, CURLOPT_SSL_CTX_FUNCTION, &trust_only);
  if (code == CURLE_OK) {
    code = curl_easy_perform(handle);
  }
  long version = 0;
  long status = 0;
  curl_off_t received = 0;
  curl_easy_getinfo(handle, CURLINFO_HTTP_VERSION, &version);
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(handle, CURLINFO_SIZE_DOWNLOAD_T, &received);
  std::printf("http version %s, status %ld, %lld bytes\n", version == CURL_HTTP_VERSION_2_0 ? "2" : "1", status,
              static_cast<long long>(received));
  curl_easy_cleanup(handle);
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: deps-check URL ROOT.PEM\n");
    return 2;
  }
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || !report_build()) {
    return 1;
  }
  const CURLcode code = get(argv[1], argv[2]);
  if (code != CURLE_OK) {
    std::fprintf(stderr, "curl error %d: %s\n", static_cast<int>(code), curl_easy_strerror(code));
  }
  return code == CURLE_OK ? 0 : 1;
}
