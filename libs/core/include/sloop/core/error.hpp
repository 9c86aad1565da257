// SPDX-License-Identifier: Apache-2.0
//
// Errors are values, and the kind says what the caller can do.
//
//   Result<Reply> reply = agent.prompt("Hello");
//   if (!reply) {
//     if (reply.error().retryable()) ...
//     return sloop::fail(reply.error().within("summarising"));
//   }
//
// One `Error` travels unchanged from the socket to the exit code of the
// command and to the error body of the Runtime API. Exceptions are for bugs
// and for users' own code only.
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace sloop {

/// What went wrong, sorted by what the caller can do about it.
enum class ErrorKind {
  /// The request, event or configuration is wrong: correct it. Never retried.
  invalid_input,
  /// No key, or a key that was refused: provide a valid one.
  unauthenticated,
  /// The key is valid but may not do this: ask for the permission.
  forbidden,
  /// The model, address or file does not exist: correct the name.
  not_found,
  /// The input, or the reply, exceeds a limit: send or ask for less.
  too_large,
  /// Too many requests: wait (`Error::retry_after` when the peer said how long), then repeat.
  rate_limited,
  /// The peer can't be reached or has a fault of its own: repeat later, or use another.
  unavailable,
  /// The deadline passed: allow more time, or ask for less.
  timed_out,
  /// The caller's stop token was triggered: nothing to do.
  cancelled,
  /// The peer's certificate can't be trusted: correct the address or the trusted roots.
  untrusted,
  /// The peer's answer is not what its protocol says (HTML, cut off, corrupt): report it; what came before is kept.
  bad_reply,
  /// This provider or build has no such ability: choose another.
  unsupported,
  /// A bug here or in the user's code: report it.
  internal,
};

/// The name of the kind as it is written in logs and JSON: `rate_limited`.
[[nodiscard]] std::string_view to_string(ErrorKind kind) noexcept;

/// A failure: its kind, one line that names the input, the place and the remedy,
/// and what the peer said about it.
struct Error {
  ErrorKind kind = ErrorKind::internal;
  /// One line for a person. Holds neither keys nor payloads.
  std::string message;
  /// The HTTP status that the peer answered; 0 if there was no answer.
  int status = 0;
  /// How long the peer asked to wait before a repetition.
  std::optional<std::chrono::milliseconds> retry_after = {};
  /// The peer's own name of the failure (`insufficient_quota`), or the `errorType`
  /// that a Lambda handler chooses; empty if there is none.
  std::string code = {};

  /// Whether the same request may succeed when it is sent again.
  [[nodiscard]] bool retryable() const noexcept {
    return kind == ErrorKind::rate_limited || kind == ErrorKind::unavailable;
  }

  /// The same error with `context` put in front of its message: `context: message`.
  [[nodiscard]] Error within(std::string_view context) const;

  friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = std::expected<T, Error>;

/// The failing side of a `Result`: `return sloop::fail(ErrorKind::invalid_input, "...");`
[[nodiscard]] inline std::unexpected<Error> fail(Error error) {
  return std::unexpected<Error>(std::move(error));
}
[[nodiscard]] inline std::unexpected<Error> fail(ErrorKind kind, std::string message) {
  return std::unexpected<Error>(Error{.kind = kind, .message = std::move(message)});
}

/// The kind that an HTTP status stands for when the body says nothing better.
/// Statuses below 400 are `bad_reply`: the caller expected something else.
[[nodiscard]] ErrorKind kind_of_status(int status) noexcept;

}  // namespace sloop
