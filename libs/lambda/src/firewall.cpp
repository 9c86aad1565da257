// SPDX-License-Identifier: Apache-2.0
#include <exception>

#include "loop.hpp"

namespace sloop::lambda::detail {
namespace {

constexpr const char* kUnhandled = "Function.UnhandledException";

/// A call that ended because the invocation's time was used up should say what to do about it.
ErrorReport report_with_remedy(const Error& error, const Context& context) {
  ErrorReport report = report_of(error);
  if (error.kind == ErrorKind::timed_out && context.call_options().deadline.passed())
    report.message += " (the function's own timeout is near: raise it, or ask for less)";
  return report;
}

}  // namespace

Outcome outcome_of(const std::function<Result<std::string>()>& call, const Context& context) try {
  auto result = call();
  if (!result) return std::unexpected(report_with_remedy(result.error(), context));
  return std::move(*result);
} catch (const Failure& failure) {
  ErrorReport report = failure.report();
  if (!is_error_type(report.type)) report.type = kUnhandled;
  return std::unexpected(std::move(report));
} catch (const std::exception& exception) {
  return std::unexpected(ErrorReport{.type = kUnhandled, .message = exception.what()});
} catch (...) {
  return std::unexpected(
      ErrorReport{.type = kUnhandled, .message = "the handler threw something that is no std::exception"});
}

void log_failure(const Context& context, const ErrorReport& report) {
  context.log->error(report.message, {{"errorType", Json(report.type)},
                                      {"stackTrace", JsonArray(report.stack_trace.begin(), report.stack_trace.end())}});
}

Result<void> report(const Turn& turn, const ErrorReport& report) {
  log_failure(turn.context, report);
  return turn.client.fail(turn.invocation, report);
}

}  // namespace sloop::lambda::detail
