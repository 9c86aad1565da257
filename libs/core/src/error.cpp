// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/error.hpp"

namespace sloop {

std::string_view to_string(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::invalid_input: return "invalid_input";
    case ErrorKind::unauthenticated: return "unauthenticated";
    case ErrorKind::forbidden: return "forbidden";
    case ErrorKind::not_found: return "not_found";
    case ErrorKind::too_large: return "too_large";
    case ErrorKind::rate_limited: return "rate_limited";
    case ErrorKind::unavailable: return "unavailable";
    case ErrorKind::timed_out: return "timed_out";
    case ErrorKind::cancelled: return "cancelled";
    case ErrorKind::untrusted: return "untrusted";
    case ErrorKind::bad_reply: return "bad_reply";
    case ErrorKind::unsupported: return "unsupported";
    case ErrorKind::internal: break;
  }
  return "internal";
}

Error Error::within(std::string_view context) const {
  Error outer = *this;
  outer.message.assign(context).append(": ").append(message);
  return outer;
}

ErrorKind kind_of_status(int status) noexcept {
  switch (status) {
    case 401: return ErrorKind::unauthenticated;
    case 402:
    case 403: return ErrorKind::forbidden;
    case 404:
    case 410: return ErrorKind::not_found;
    case 408:
    case 409: return ErrorKind::unavailable;
    case 413: return ErrorKind::too_large;
    case 429: return ErrorKind::rate_limited;
    case 501: return ErrorKind::unsupported;
    default: break;
  }
  if (status >= 500) return ErrorKind::unavailable;
  if (status >= 400) return ErrorKind::invalid_input;
  return ErrorKind::bad_reply;
}

}  // namespace sloop
