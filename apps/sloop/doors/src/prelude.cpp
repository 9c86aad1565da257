// SPDX-License-Identifier: Apache-2.0
#include "sloop/doors/prelude.hpp"

#include "proxy_reply.hpp"

namespace sloop::doors {
namespace {

constexpr std::string_view kEnd("\0\0\0\0\0\0\0\0", 8);
constexpr std::size_t kLongest = 1024 * 1024;

}  // namespace

Result<std::string> PreludeReader::feed(std::string_view bytes) {
  if (head_) return std::string(bytes);
  pending_ += bytes;
  const auto end = pending_.find(kEnd);
  if (end == std::string::npos) {
    if (pending_.size() > kLongest) return fail(ErrorKind::bad_reply, "the prelude of the stream has no end");
    return std::string();
  }
  auto json = parse_json(std::string_view(pending_).substr(0, end));
  if (!json || !json->is_object()) return fail(ErrorKind::bad_reply, "the prelude of the stream is no JSON object");
  // A stream is 200 where it does not say otherwise.
  json->as_object().emplace("statusCode", 200);
  auto head = read_reply_head(*json, {.v2 = true});
  if (!head) return fail(head.error());
  head_ = std::move(*head);
  std::string rest = pending_.substr(end + kEnd.size());
  pending_.clear();
  return rest;
}

}  // namespace sloop::doors
