// SPDX-License-Identifier: Apache-2.0
//
// What the mock provider answers to requests that are no chats: embeddings, rankings, images, speech, transcription,
// token counts, moderation, lists of models. Pure functions: a request to bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sloop/serve/server.hpp"

namespace sloop::testing {

struct MockAnswer {
  int status = 200;
  std::string type = "application/json";
  std::string body = {};
};

/// Nothing when the request is for none of the services. `reply` is what is heard in recordings. An image is a pixel, a
/// sound is silence, an embedding is the same for the same text, tokens are words, and what says `bad` is flagged.
[[nodiscard]] std::optional<MockAnswer> mock_service(const serve::Request& request, std::string_view reply);

}  // namespace sloop::testing
