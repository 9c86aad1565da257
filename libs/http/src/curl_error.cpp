// SPDX-License-Identifier: Apache-2.0
#include "curl_error.hpp"

namespace sloop::http {

Error error_of(const Exchange& exchange, const std::string& place, const TrustRoots& roots) {
  const std::string said = exchange.curl_message[0] != '\0' ? exchange.curl_message : curl_easy_strerror(exchange.code);
  const auto error = [&](ErrorKind kind, std::string message) {
    return Error{.kind = kind, .message = place + ": " + std::move(message), .status = exchange.status};
  };
  if (exchange.too_large)
    return error(ErrorKind::too_large,
                 "the answer exceeds " + std::to_string(exchange.limit) + " bytes (CurlOptions::max_body)");
  const auto untrusted = [&] {
    return error(
        ErrorKind::untrusted,
        roots.problem().value_or("its certificate is not trusted: " + said +
                                 "; correct the address, or add its issuer to the file named by SSL_CERT_FILE"));
  };
  switch (exchange.code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      // libcurl reports an answer without a status line (HTTP/0.9) like this as well.
      if (said.contains("HTTP/0.9")) return error(ErrorKind::bad_reply, "the answer is not HTTP");
      return error(ErrorKind::invalid_input, "the address can't be used: " + said);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR: return untrusted();
    case CURLE_SSL_CONNECT_ERROR: {
      // A wrong signature in the chain is reported as a failed handshake, but the verdict is kept.
      long verdict = 0;
      curl_easy_getinfo(exchange.easy.get(), CURLINFO_SSL_VERIFYRESULT, &verdict);
      if (verdict != 0) return untrusted();
      break;
    }
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
      return error(ErrorKind::unavailable, "can't be reached: " + said + "; check address, network and proxy");
    case CURLE_WEIRD_SERVER_REPLY: return error(ErrorKind::bad_reply, "the answer is not HTTP: " + said);
    default: break;
  }
  if (exchange.head_done) return error(ErrorKind::bad_reply, "the answer was cut off: " + said);
  return error(ErrorKind::unavailable, "the connection was lost before an answer came: " + said);
}

}  // namespace sloop::http
