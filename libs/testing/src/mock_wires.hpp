// SPDX-License-Identifier: Apache-2.0
//
// The answers of the mock provider in every wire format, as pure functions: a question and a reply to bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/json.hpp"
#include "sloop/serve/server.hpp"

namespace sloop::testing {

/// What was asked for, in any format.
struct Question {
  std::string model;
  bool stream = false;
  std::size_t prompt_words = 0;
};

struct MockWire {
  /// Whether a request of that path is in this format.
  bool (*serves)(std::string_view path);
  /// The member of the request that holds the conversation.
  std::string_view messages;
  std::string_view stream_type;
  Json (*whole)(const Question& question, std::string_view reply);
  /// The frames of a streamed answer, in order; the last one or two say that it is complete.
  std::vector<std::string> (*frames)(const Question& question, std::string_view reply);
  /// A frame that tells of a failure in the middle of a stream.
  std::string (*error_frame)();
  Json (*error)(std::string_view message, std::string_view type, int status);
  /// How many frames at the end say that the answer is complete.
  std::size_t last_frames = 1;
};

/// Null when no format has that path.
[[nodiscard]] const MockWire* mock_wire(std::string_view path);

/// Fails with `invalid_input`, in the words of a provider.
[[nodiscard]] Result<Question> question_of(const MockWire& wire, const serve::Request& request);

/// The pieces of a streamed answer: words with the blank before them.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view text);

}  // namespace sloop::testing
