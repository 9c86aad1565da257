// SPDX-License-Identifier: Apache-2.0
#include "sloop/extension/run.hpp"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <optional>
#include <thread>

#include "sloop/extension/receiver.hpp"
#include "sloop/http/curl_transport.hpp"
#include "telemetry_buffer.hpp"

namespace sloop::extension {
namespace {

using lambda::ErrorReport;
using lambda::ExtensionClient;
using lambda::ExtensionEvent;

// What is kept of the time before the end, for on_shutdown.
constexpr std::chrono::milliseconds kShutdownReserve{500};

std::string own_name() {
  char path[4096];
  const ssize_t size = ::readlink("/proc/self/exe", path, sizeof path);
  const std::string_view text(path, size > 0 ? static_cast<std::size_t>(size) : 0);
  return std::string(text.substr(text.rfind('/') + 1));
}

std::string runtime_api_of(const Program& program) {
  const char* variable = std::getenv("AWS_LAMBDA_RUNTIME_API");
  return program.runtime_api.empty() && variable != nullptr ? variable : program.runtime_api;
}

/// Calls user code: what it throws becomes an error.
template <class... A>
Result<void> guarded(const std::function<Result<void>(A...)>& call, const std::type_identity_t<A>&... arguments) try {
  return call ? call(arguments...) : Result<void>();
} catch (const std::exception& exception) {
  return fail(Error{.kind = ErrorKind::internal, .message = exception.what(), .code = "Extension.UnhandledException"});
} catch (...) {
  return fail(Error{.kind = ErrorKind::internal,
                    .message = "the extension threw something that is no std::exception",
                    .code = "Extension.UnhandledException"});
}

std::string subscription_body(const Subscription& subscription, std::uint16_t port) {
  return write_json(JsonObject{
      {"schemaVersion", subscription.logs_api ? "2021-03-18" : "2022-12-13"},
      {"types", JsonArray(subscription.types.begin(), subscription.types.end())},
      {"buffering", JsonObject{{"maxItems", subscription.max_items},
                               {"maxBytes", subscription.max_bytes},
                               {"timeoutMs", subscription.timeout.count()}}},
      {"destination",
       JsonObject{{"protocol", "HTTP"}, {"URI", "http://" + subscription.host + ":" + std::to_string(port)}}}});
}

class Extension {
 public:
  explicit Extension(const Program& program)
      : program_(program),
        log_(program.log ? program.log : std::make_shared<Log>(LogOptions::from_env())),
        client_(http::make_curl_transport({.http2 = false, .proxies = false}), runtime_api_of(program)) {}

  int run() {
    if (auto ready = start(); !ready) return end_with(ready.error(), &ExtensionClient::fail_init);
    auto ended = serve();
    return ended ? 0 : end_with(ended.error(), &ExtensionClient::fail_exit);
  }

 private:
  Result<void> start() {
    std::vector<std::string> events{"SHUTDOWN"};
    if (program_.on_invoke) events.insert(events.begin(), "INVOKE");
    auto registration = client_.register_as(program_.name.empty() ? own_name() : program_.name,
                                            {.events = std::move(events), .account_id = program_.account_id});
    if (!registration) return fail(registration.error());
    if (program_.on_registered) program_.on_registered(*registration);
    // After registration, so that its failure can be reported.
    if (auto ready = guarded(program_.init); !ready) return ready;
    return program_.on_telemetry ? subscribe() : Result<void>();
  }

  Result<void> subscribe() {
    const Subscription& wanted = program_.telemetry;
    buffer_ = std::make_unique<TelemetryBuffer>(program_.on_telemetry, log_);
    auto receiver = Receiver::start({.address = wanted.address, .port = wanted.port},
                                    [buffer = buffer_.get()](const std::string& body) { buffer->push(body); });
    if (!receiver) return fail(receiver.error());
    receiver_ = std::move(*receiver);
    return client_.put(wanted.logs_api ? "/2020-08-15/logs" : "/2022-07-01/telemetry",
                       subscription_body(wanted, receiver_->port()));
  }

  Result<void> serve() {
    while (true) {
      const auto event = client_.next();
      if (!event) return fail(event.error());
      if (event->type == "SHUTDOWN") return shut_down(*event);
      if (auto done = guarded(program_.on_invoke, *event); !done) return done;
    }
  }

  Result<void> shut_down(const ExtensionEvent& event) {
    if (receiver_) {
      // The last records come within the time that was agreed for a delivery.
      const auto last = std::chrono::system_clock::now() + program_.telemetry.timeout;
      std::this_thread::sleep_until(std::min(last, event.deadline - kShutdownReserve));
      receiver_.reset();
      buffer_->finish();
    }
    return guarded(program_.on_shutdown, event);
  }

  int end_with(const Error& error, Result<void> (ExtensionClient::*tell)(const ErrorReport&)) {
    log_->error(error.message);
    receiver_.reset();
    if (buffer_) buffer_->finish();
    const std::string type = error.code.starts_with("Extension.") ? error.code : "Extension.Failed";
    if (auto told = (client_.*tell)({.type = type, .message = error.message}); !told) log_->error(told.error().message);
    return 1;
  }

  const Program& program_;
  std::shared_ptr<Log> log_;
  ExtensionClient client_;
  std::unique_ptr<TelemetryBuffer> buffer_;
  std::unique_ptr<Receiver> receiver_;  // ends before the buffer that it fills
};

}  // namespace

int run(const Program& program) {
  std::signal(SIGPIPE, SIG_IGN);
  return Extension(program).run();
}

}  // namespace sloop::extension
