// SPDX-License-Identifier: Apache-2.0
#include "sloop/lambda/run.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <thread>

#include "sloop/http/curl_transport.hpp"
#include "sloop/lambda/runtime_client.hpp"

namespace sloop::lambda::detail {
namespace {

// Between two questions to a peer that answered "nothing yet"; only emulators do.
constexpr std::chrono::milliseconds kIdlePause{20};

/// X-Ray's SDKs read the trace id here; an invocation without one must not see its predecessor's.
void set_trace_variable(const std::string& trace_id) {
  if (trace_id.empty())
    ::unsetenv("_X_AMZN_TRACE_ID");
  else
    ::setenv("_X_AMZN_TRACE_ID", trace_id.c_str(), 1);
}

Deadline steady(std::chrono::system_clock::time_point at) {
  if (at == std::chrono::system_clock::time_point::max()) return Deadline::never();
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(at - std::chrono::system_clock::now());
  return Deadline::after(std::max(left, std::chrono::milliseconds::zero()));
}

CognitoIdentity cognito_of(const std::string& text) {
  const auto json = parse_json(text);
  if (!json) return {};
  return {.identity_id = std::string(find_string(*json, "cognitoIdentityId")),
          .identity_pool_id = std::string(find_string(*json, "cognitoIdentityPoolId"))};
}

class Loop {
 public:
  Loop(const TextHandler& handler, const RunOptions& options)
      : handler_(handler),
        environment_(options.environment ? options.environment
                                         : std::make_shared<const Environment>(Environment::from_env())),
        log_(options.log ? options.log : std::make_shared<Log>(LogOptions::from_env())),
        client_(http::make_curl_transport({.http2 = false, .proxies = false}), environment_->runtime_api) {}

  int run(const RunOptions& options) {
    if (environment_->runtime_api.empty()) {
      log_->fatal(
          "AWS_LAMBDA_RUNTIME_API is not set: this program is a Lambda function; start it with `sloop watch PROGRAM`");
      return 1;
    }
    if (!initialise(options)) return 1;
    while (true) {
      auto invocation = client_.next();
      if (!invocation) {
        log_->fatal(invocation.error().message);
        return 1;
      }
      if (*invocation)
        serve(**invocation);
      else
        std::this_thread::sleep_for(kIdlePause);
    }
  }

 private:
  bool initialise(const RunOptions& options) {
    const auto ready = guarded(options.init);
    if (!ready) {
      log_->error(ready.error().message);
      if (auto told = client_.fail_init(report_of(ready.error())); !told) log_->error(told.error().message);
      return false;
    }
    if (options.warm_up && environment_->warm_up) {
      const auto transport = options.transport ? options.transport : http::default_transport();
      // The first real call reports what is wrong, with its own place; here it costs nothing but time.
      if (auto warm = transport->warm_up({.deadline = Deadline::after(options.warm_up_limit)}); !warm)
        log_->debug("no connection was opened ahead of use: " + warm.error().message);
    }
    return true;
  }

  static Result<void> guarded(const std::function<Result<void>()>& init) try {
    return init ? init() : Result<void>();
  } catch (const std::exception& exception) {
    return sloop::fail(
        Error{.kind = ErrorKind::internal, .message = exception.what(), .code = "Function.InitException"});
  }

  void serve(const Invocation& invocation) {
    set_trace_variable(invocation.trace_id);
    log_->set_request_id(invocation.request_id);
    auto result = call(invocation);
    Result<void> told;
    if (result) {
      told = client_.respond(invocation, std::move(*result));
    } else {
      const ErrorReport report = report_of(result.error());
      log_->error(report.message, {{"errorType", Json(report.type)}});
      told = client_.fail(invocation, report);
    }
    if (!told) log_->error(told.error().message);
  }

  Result<std::string> call(const Invocation& invocation) try {
    return handler_(invocation.event, context_of(invocation));
  } catch (const std::exception& exception) {
    return sloop::fail(
        Error{.kind = ErrorKind::internal, .message = exception.what(), .code = "Function.UnhandledException"});
  } catch (...) {
    return sloop::fail(Error{.kind = ErrorKind::internal,
                             .message = "the handler threw something that is no std::exception",
                             .code = "Function.UnhandledException"});
  }

  [[nodiscard]] Context context_of(const Invocation& invocation) const {
    auto client_context = parse_json(invocation.client_context);
    return {.request_id = invocation.request_id,
            .deadline = steady(invocation.deadline),
            .invoked_function_arn = invocation.invoked_function_arn,
            .trace_id = invocation.trace_id,
            .client_context = client_context ? std::move(*client_context) : Json(),
            .cognito_identity = cognito_of(invocation.cognito_identity),
            .tenant_id = invocation.tenant_id,
            .function = environment_,
            .log = log_};
  }

  const TextHandler& handler_;
  std::shared_ptr<const Environment> environment_;
  std::shared_ptr<Log> log_;
  RuntimeClient client_;
};

}  // namespace

Error event_error(Error error) {
  error.code = "Runtime.UnmarshalError";
  return error;
}

int run_text(const TextHandler& handler, const RunOptions& options) {
  // A peer that closes its socket must be an error of one call, not the end of the process.
  std::signal(SIGPIPE, SIG_IGN);
  return Loop(handler, options).run(options);
}

}  // namespace sloop::lambda::detail

#ifdef SLOOP_STATIC
namespace {

[[noreturn]] void end_quietly() {
  try {
    if (const auto exception = std::current_exception()) std::rethrow_exception(exception);
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "uncaught exception: %s\n", exception.what());
  } catch (...) {
    std::fputs("uncaught exception\n", stderr);
  }
  std::abort();
}

}  // namespace

// In place of libstdc++'s own, which would bring the demangler of symbol names into every function (60 KB).
namespace __cxxabiv1 {
extern std::terminate_handler __terminate_handler;
std::terminate_handler __terminate_handler = end_quietly;
}  // namespace __cxxabiv1
#endif
