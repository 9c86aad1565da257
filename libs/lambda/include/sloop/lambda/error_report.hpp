// SPDX-License-Identifier: Apache-2.0
//
// What Lambda and the caller are told about a failure.
//
//   throw lambda::Failure({.type = "Function.OutOfJokes", .message = "none left", .stack_trace = frames});
//   return sloop::fail({.kind = ErrorKind::internal, .message = "none left", .code = "Function.OutOfJokes"});
//
// The second is the usual way; the first is for those who have a stack trace. The library collects none: a bootstrap is
// one stripped file, whose frames would be addresses only.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sloop/core/error.hpp"

namespace sloop::lambda {

struct ErrorReport {
  /// `Category.Reason`: `Function.RateLimited`, `Runtime.UnmarshalError`.
  std::string type = {};
  std::string message = {};
  /// One frame each, the innermost first.
  std::vector<std::string> stack_trace = {};
};

/// What a handler may throw to say all of a failure itself.
class Failure final : public std::exception {
 public:
  explicit Failure(ErrorReport report) : report_(std::move(report)) {}
  [[nodiscard]] const ErrorReport& report() const noexcept { return report_; }
  [[nodiscard]] const char* what() const noexcept override { return report_.message.c_str(); }

 private:
  ErrorReport report_;
};

/// Whether Lambda takes `text` as an error type: `Runtime.` or `Function.` and a word in letters.
[[nodiscard]] bool is_error_type(std::string_view text);

/// The report of an error: its `code` when that is an error type, else `Function.` and its kind.
[[nodiscard]] ErrorReport report_of(const Error& error);

/// The report as JSON, with ill-formed UTF-8 mended: `{"errorMessage":..,"errorType":..,"stackTrace":[..]}`.
[[nodiscard]] std::string error_body(const ErrorReport& report);

/// The report as X-Ray shows it, for `Lambda-Runtime-Function-XRay-Error-Cause`; long messages are cut.
[[nodiscard]] std::string xray_cause(const ErrorReport& report);

/// The first 4,000 bytes of `text` at most, ending with a whole character: what header fields have room for.
[[nodiscard]] std::string cut_for_header(std::string_view text);

}  // namespace sloop::lambda
