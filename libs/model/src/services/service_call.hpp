// SPDX-License-Identifier: Apache-2.0
//
// One call to a service that is no chat: send what was encoded, decode the answer, keep the warnings.
#pragma once

#include <iterator>
#include <string>

#include "bodies.hpp"
#include "endpoint.hpp"

namespace sloop::services {

/// `decode` makes a reply with `warnings` and `model` of status, headers and body; an unnamed model is the one asked
/// for.
template <class Decode>
auto call(const Endpoint& endpoint, Outgoing sent, const std::string& model, const CallOptions& options, Decode decode)
    -> decltype(decode(0, Headers(), std::string_view())) {
  const auto response = endpoint.send("POST", sent.path, std::move(sent.body), options, sent.content_type, sent.accept);
  if (!response) return fail(response.error());
  auto reply = decode(response->status, response->headers, response->body);
  if (!reply) return reply;
  reply->warnings.insert(reply->warnings.begin(), std::make_move_iterator(sent.warnings.begin()),
                         std::make_move_iterator(sent.warnings.end()));
  if (reply->model.empty()) reply->model = model;
  return reply;
}

}  // namespace sloop::services
