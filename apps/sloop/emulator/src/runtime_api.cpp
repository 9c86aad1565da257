// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/runtime_api.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sloop/core/json.hpp"

namespace sloop::emulator {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kBase = "/2018-06-01/runtime/";
constexpr std::string_view kInvocation = "invocation/";

std::string_view name_of(RuntimeState state) {
  switch (state) {
    case RuntimeState::started: return "Started";
    case RuntimeState::ready:
    case RuntimeState::offered: return "Ready";
    case RuntimeState::running: return "Running";
    case RuntimeState::responded: return "ResponseSent";
    case RuntimeState::init_failed: return "InitError";
    case RuntimeState::ended: return "Ended";
  }
  return "";
}

std::string error_body(std::string_view type, std::string_view message) {
  return write_json(JsonObject{{"errorMessage", message}, {"errorType", type}});
}

void refuse(serve::Exchange& exchange, int status, std::string_view type, std::string_view message) {
  exchange.respond(status, {{"content-type", "application/json"}}, error_body(type, message));
}

void accept(serve::Exchange& exchange) {
  exchange.respond(202, {{"content-type", "application/json"}}, R"({"status":"OK"})");
}

std::string transition(RuntimeState from, std::string_view to) {
  return fmt::format("Transition from {} to {} is not allowed.", name_of(from), to);
}

/// The type that the runtime stated, if it has the form that Lambda lets through.
std::string error_type_of(const Headers& headers, std::string_view unknown) {
  const auto type = headers.get_or("lambda-runtime-function-error-type", "");
  const auto dot = type.find('.');
  if (dot == std::string_view::npos || (type.substr(0, dot) != "Runtime" && type.substr(0, dot) != "Function"))
    return std::string(unknown);
  return std::string(type);
}

}  // namespace

Result<std::unique_ptr<RuntimeApi>> RuntimeApi::start() {
  std::unique_ptr<RuntimeApi> api(new RuntimeApi);
  auto server = serve::Server::start({}, [raw = api.get()](const serve::Request& request, serve::Exchange& exchange) {
    raw->handle(request, exchange);
  });
  if (!server) return fail(server.error().within("the Runtime API"));
  api->server_ = std::move(*server);
  return api;
}

std::string RuntimeApi::address() const {
  return "127.0.0.1:" + std::to_string(server_->port());
}

RuntimeState RuntimeApi::wait_while(std::initializer_list<RuntimeState> states, Deadline deadline) {
  std::unique_lock lock(mutex_);
  const auto left = [&] { return std::ranges::find(states, state_) == states.end(); };
  if (deadline.is_never())
    changed_.wait(lock, left);
  else
    changed_.wait_until(lock, deadline.at(), left);
  return state_;
}

void RuntimeApi::offer(OfferedEvent event) {
  const std::lock_guard lock(mutex_);
  event_ = std::move(event);
  posted_.reset();
  if (state_ == RuntimeState::ready) state_ = RuntimeState::offered;
  changed_.notify_all();
}

std::optional<PostedResult> RuntimeApi::posted() const {
  const std::lock_guard lock(mutex_);
  return posted_;
}

void RuntimeApi::process_ended() {
  const std::lock_guard lock(mutex_);
  // A process that reported its failed initialisation ends by itself; the report is what counts.
  if (state_ != RuntimeState::init_failed) state_ = RuntimeState::ended;
  changed_.notify_all();
}

void RuntimeApi::handle(const serve::Request& request, serve::Exchange& exchange) {
  const auto path = request.path();
  if (!path.starts_with(kBase)) return refuse(exchange, 404, "NotFound", fmt::format("{} is not served here", path));
  const auto rest = path.substr(kBase.size());
  const bool is_get = rest == "invocation/next";
  if (request.method != (is_get ? "GET" : "POST"))
    return refuse(exchange, 405, "MethodNotAllowed", fmt::format("{} {}", request.method, path));
  if (is_get) return next(exchange);
  if (rest == "init/error") return take_init_error(request, exchange);
  if (rest.starts_with(kInvocation)) return take_result(rest.substr(kInvocation.size()), request, exchange);
  refuse(exchange, 404, "NotFound", fmt::format("{} is not served here", path));
}

void RuntimeApi::next(serve::Exchange& exchange) {
  std::unique_lock lock(mutex_);
  if (state_ == RuntimeState::init_failed)
    return refuse(exchange, 403, "InvalidStateTransition", transition(state_, "Ready"));
  // A runtime that asks again without having answered gets the same event: its first answer may have been lost.
  if (state_ == RuntimeState::started || state_ == RuntimeState::responded) {
    state_ = RuntimeState::ready;
    changed_.notify_all();
  }
  while (state_ == RuntimeState::ready) {
    changed_.wait_for(lock, 50ms);
    if (exchange.client_gone()) return exchange.abort();
  }
  if (state_ == RuntimeState::ended) return exchange.abort();
  state_ = RuntimeState::running;
  const OfferedEvent event = event_;
  changed_.notify_all();
  lock.unlock();
  exchange.respond(200, event.headers, event.body);
}

void RuntimeApi::take_result(std::string_view path, const serve::Request& request, serve::Exchange& exchange) {
  const auto slash = path.find('/');
  const auto action = slash == std::string_view::npos ? "" : path.substr(slash + 1);
  if (action != "response" && action != "error")
    return refuse(exchange, 404, "NotFound", fmt::format("{} is not served here", request.path()));
  // Answered before the state changes: the sandbox may freeze the process as soon as it has.
  std::unique_lock lock(mutex_);
  const auto refusal = accept_result(path.substr(0, slash), action == "error", request);
  if (refusal)
    refuse(exchange, refusal->status, refusal->type, refusal->message);
  else
    accept(exchange);
  changed_.notify_all();
}

std::optional<RuntimeApi::Refusal> RuntimeApi::accept_result(std::string_view id, bool is_error,
                                                             const serve::Request& request) {
  if (id != event_.request_id) return Refusal{400, "InvalidRequestID", "Invalid request ID"};
  if (state_ != RuntimeState::running)
    return Refusal{403, "InvalidStateTransition",
                   transition(state_, is_error ? "InvocationErrorResponse" : "InvocationResponse")};
  const auto mode = request.headers.get("lambda-runtime-function-response-mode");
  if (mode && !equal_ignoring_case(*mode, "streaming"))
    return Refusal{400, "InvalidFunctionResponseMode", "Invalid function response mode: " + std::string(*mode)};
  state_ = RuntimeState::responded;
  if (request.body.size() > kMaxPayload) {
    posted_ = PostedResult{.is_error = true,
                           .body = error_body("Function.ResponseSizeTooLarge",
                                              fmt::format("Response payload size ({} bytes) exceeded maximum allowed "
                                                          "payload size ({} bytes).",
                                                          request.body.size(), kMaxPayload)),
                           .error_type = "Function.ResponseSizeTooLarge"};
    return Refusal{413, "RequestEntityTooLarge",
                   fmt::format("Exceeded maximum allowed payload size ({} bytes).", kMaxPayload)};
  }
  posted_ = PostedResult{.is_error = is_error,
                         .body = request.body,
                         .error_type = is_error ? error_type_of(request.headers, "Function.Unknown") : ""};
  return std::nullopt;
}

void RuntimeApi::take_init_error(const serve::Request& request, serve::Exchange& exchange) {
  const std::lock_guard lock(mutex_);
  if (state_ != RuntimeState::started)
    return refuse(exchange, 403, "InvalidStateTransition", transition(state_, "InitError"));
  state_ = RuntimeState::init_failed;
  posted_ = PostedResult{
      .is_error = true, .body = request.body, .error_type = error_type_of(request.headers, "Runtime.Unknown")};
  accept(exchange);
  changed_.notify_all();
}

}  // namespace sloop::emulator
