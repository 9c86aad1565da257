// SPDX-License-Identifier: Apache-2.0
//
// A model provider on this machine: speaks every wire format (by the path of the request), whole and streamed, over
// real sockets, and can be told to be slow or broken.
//
//   auto provider = testing::MockProvider::start({.replies = {"Ha!"}});
//   Agent agent{{.model = "openai/any", .api_key = "k", .base_url = (*provider)->base_url()}};
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/serve/server.hpp"

namespace sloop::testing {

enum class FaultKind {
  /// Answers an error of `Fault::status`.
  status,
  /// Breaks the connection in the middle of the body.
  cut,
  /// Sends the body byte by byte, a millisecond apart.
  slow,
  /// Sends half of the answer and then nothing more.
  stall,
  /// Ends a stream without the events that say it is complete.
  unfinished,
  /// Sends half of a stream and then an error in the format's own words.
  error_event,
  /// Puts bytes that are not UTF-8 into the text.
  invalid_utf8,
  /// Breaks the connection before any answer.
  reset,
  /// Answers 100 MB.
  huge,
  /// Answers an HTML page with status 200.
  html,
  /// Sends bytes that are not HTTP.
  garbage,
  /// Never answers.
  hang,
};

struct Fault {
  FaultKind kind = FaultKind::status;
  /// For `FaultKind::status`: 429, 500, ...
  int status = 500;
  /// Sent as `retry-after` beside a status, in seconds.
  std::optional<int> retry_after = {};

  /// Reads `429`, `429:2` (with retry-after), `500`, and the kinds by their names: `cut`, `error-event`. Fails with
  /// `invalid_input`.
  [[nodiscard]] static Result<Fault> parse(std::string_view text);
};

struct MockProviderOptions {
  std::string address = "127.0.0.1";
  /// 0: any free port.
  std::uint16_t port = 0;
  serve::TlsOptions tls = {};
  /// Answered in turn, from the start again at the end; empty: a few jokes.
  std::vector<std::string> replies = {};
  /// Waited before the first byte of an answer.
  std::chrono::milliseconds latency{0};
  /// Words of a streamed answer per second; 0: all at once.
  double tokens_per_second = 0;
  /// Applied to the first requests, one each; later requests are answered well.
  std::vector<Fault> faults = {};
  /// Applied to every request instead.
  std::optional<Fault> always = {};
};

class MockProvider {
 public:
  /// Errors as of `serve::Server::start`.
  [[nodiscard]] static Result<std::unique_ptr<MockProvider>> start(MockProviderOptions options = {});

  virtual ~MockProvider() = default;
  MockProvider(const MockProvider&) = delete;
  MockProvider& operator=(const MockProvider&) = delete;

  /// `http://127.0.0.1:PORT/v1`, for `OPENAI_BASE_URL`.
  [[nodiscard]] virtual std::string base_url() const = 0;
  /// All requests so far, in the order in which they came.
  [[nodiscard]] virtual std::vector<serve::Request> requests() const = 0;
  [[nodiscard]] virtual serve::Server& server() = 0;

 protected:
  MockProvider() = default;
};

}  // namespace sloop::testing
