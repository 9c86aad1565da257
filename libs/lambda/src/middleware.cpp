// SPDX-License-Identifier: Apache-2.0
#include "sloop/lambda/middleware.hpp"

#include <exception>

#include "sloop/lambda/error_report.hpp"

namespace sloop::lambda::detail {

Error current_exception_error() {
  Error error{.kind = ErrorKind::internal,
              .message = "the handler threw something that is no std::exception",
              .code = "Function.UnhandledException"};
  try {
    throw;
  } catch (const Failure& failure) {
    error.message = failure.report().message;
    error.code = failure.report().type;
  } catch (const std::exception& exception) {
    error.message = exception.what();
  } catch (...) {
    // The message says so already.
  }
  return error;
}

}  // namespace sloop::lambda::detail
