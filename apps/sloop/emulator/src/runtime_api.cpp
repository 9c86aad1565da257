// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/runtime_api.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "api_answer.hpp"
#include "posted_body.hpp"

namespace sloop::emulator {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kBase = "/2018-06-01/runtime/";
constexpr std::string_view kInvocation = "invocation/";
// Read to its end even when it is too large, so that the process reads the answer.
constexpr std::size_t kMaxRead = 1024u * 1024u * 1024u;

bool is_result(const serve::Request& request) {
  return request.path().starts_with(kBase) && request.path().substr(kBase.size()).starts_with(kInvocation) &&
         request.method == "POST";
}

/// Reads a body of known length that nobody wants, so that the process reads the answer and keeps the connection.
void skip_body(const serve::Request& request, serve::Exchange& exchange) {
  if (!request.headers.contains("content-length")) return;
  for (auto piece = exchange.read(); piece && !piece->empty(); piece = exchange.read()) {
  }
}

}  // namespace

Result<std::unique_ptr<RuntimeApi>> RuntimeApi::start(const RuntimeApiOptions& options) {
  std::unique_ptr<RuntimeApi> api(new RuntimeApi(options));
  auto server = serve::Server::start(
      {.port = options.port, .max_body = kMaxRead, .pulls_body = is_result},
      [raw = api.get()](const serve::Request& request, serve::Exchange& exchange) { raw->handle(request, exchange); });
  if (!server) return fail(server.error().within("the Runtime API"));
  api->server_ = std::move(*server);
  return api;
}

std::string RuntimeApi::address() const {
  return "127.0.0.1:" + std::to_string(server_->port());
}

namespace {

template <class Left>
void wait(std::condition_variable& changed, std::unique_lock<std::mutex>& lock, Deadline deadline, Left left) {
  if (deadline.is_never())
    changed.wait(lock, left);
  else
    changed.wait_until(lock, deadline.at(), left);
}

}  // namespace

RuntimePhase RuntimeApi::wait_while(std::initializer_list<RuntimePhase> phases, Deadline deadline) {
  std::unique_lock lock(mutex_);
  wait(changed_, lock, deadline, [&] { return std::ranges::find(phases, machine_.phase()) == phases.end(); });
  return machine_.phase();
}

InvocationPhase RuntimeApi::wait_while(std::string_view id, std::initializer_list<InvocationPhase> phases,
                                       Deadline deadline) {
  std::unique_lock lock(mutex_);
  wait(changed_, lock, deadline, [&] { return std::ranges::find(phases, machine_.invocation(id)) == phases.end(); });
  return machine_.invocation(id);
}

void RuntimeApi::offer(OfferedEvent event) {
  const std::lock_guard lock(mutex_);
  machine_.offer(std::move(event));
  changed_.notify_all();
}

std::optional<PostedResult> RuntimeApi::result(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const PostedResult* result = machine_.result(id);
  return result == nullptr ? std::nullopt : std::optional(*result);
}

std::optional<PostedResult> RuntimeApi::init_error() const {
  const std::lock_guard lock(mutex_);
  return machine_.init_error();
}

void RuntimeApi::restore() {
  const std::lock_guard lock(mutex_);
  machine_.restore();
  changed_.notify_all();
}

void RuntimeApi::expire(std::string_view id) {
  const std::lock_guard lock(mutex_);
  machine_.expire(id);
  changed_.notify_all();
}

void RuntimeApi::forget(std::string_view id) {
  const std::lock_guard lock(mutex_);
  machine_.forget(id);
}

void RuntimeApi::process_ended() {
  const std::lock_guard lock(mutex_);
  machine_.end();
  changed_.notify_all();
}

void RuntimeApi::handle(const serve::Request& request, serve::Exchange& exchange) {
  const auto path = request.path();
  if (extensions_ != nullptr && ExtensionApi::serves(path)) return extensions_->handle(request, exchange);
  if (!path.starts_with(kBase)) return refuse_path(exchange, path);
  const auto rest = path.substr(kBase.size());
  const bool is_get = rest == "invocation/next" || rest == "restore/next";
  if (request.method != (is_get ? "GET" : "POST"))
    return refuse(exchange, {405, "MethodNotAllowed", fmt::format("{} {}", request.method, path)});
  if (rest == "restore/next") return restore_next(exchange);
  if (is_get) return next(exchange);
  if (rest == "init/error" || rest == "restore/error") return take_init_error(request, exchange);
  if (rest.starts_with(kInvocation)) return take_result(rest.substr(kInvocation.size()), request, exchange);
  refuse_path(exchange, path);
}

void RuntimeApi::next(serve::Exchange& exchange) {
  std::unique_lock lock(mutex_);
  if (const auto refusal = machine_.ask_next()) return refuse(exchange, *refusal);
  changed_.notify_all();
  const OfferedEvent* taken = nullptr;
  while ((taken = machine_.take_next()) == nullptr) {
    changed_.wait_for(lock, 50ms);
    if (machine_.phase() != RuntimePhase::serving || exchange.client_gone()) return exchange.abort();
  }
  const Headers headers = taken->headers;
  const std::string body = taken->body;
  changed_.notify_all();
  lock.unlock();
  exchange.respond(200, headers, body);
}

void RuntimeApi::take_result(std::string_view path, const serve::Request& request, serve::Exchange& exchange) {
  const auto slash = path.find('/');
  const auto action = slash == std::string_view::npos ? "" : path.substr(slash + 1);
  if (action != "response" && action != "error") return refuse_path(exchange, request.path());
  const auto id = path.substr(0, slash);
  const bool is_error = action == "error";
  std::unique_lock lock(mutex_);
  const auto refusal = machine_.begin_result(
      id, is_error, is_error ? std::nullopt : request.headers.get("lambda-runtime-function-response-mode"));
  const auto channel = machine_.channel(id);
  changed_.notify_all();
  lock.unlock();
  if (refusal) {
    skip_body(request, exchange);
    return refuse(exchange, *refusal);
  }
  auto taken =
      take_body(request, exchange, {.is_error = is_error, .channel = channel.get(), .max_stream = options_.max_stream});
  // Answered before the state changes: the sandbox may freeze the process as soon as it has.
  lock.lock();
  if (taken.broken)
    exchange.abort();
  else if (taken.refusal)
    refuse(exchange, *taken.refusal);
  else
    accept(exchange);
  machine_.end_result(id, std::move(taken.result));
  if (channel) channel->close();
  changed_.notify_all();
}

void RuntimeApi::restore_next(serve::Exchange& exchange) {
  std::unique_lock lock(mutex_);
  if (const auto refusal = machine_.ask_restore()) return refuse(exchange, *refusal);
  changed_.notify_all();
  while (machine_.phase() == RuntimePhase::restore_ready) {
    changed_.wait_for(lock, 50ms);
    if (exchange.client_gone()) return exchange.abort();
  }
  if (machine_.phase() != RuntimePhase::restoring) return exchange.abort();
  lock.unlock();
  exchange.respond(200, {{"content-type", "application/json"}}, "");
}

void RuntimeApi::take_init_error(const serve::Request& request, serve::Exchange& exchange) {
  PostedResult error{
      .is_error = true, .body = request.body, .error_type = error_type_of(request.headers, "Runtime.Unknown")};
  const std::lock_guard lock(mutex_);
  const auto refusal = request.path().ends_with("restore/error") ? machine_.fail_restore(std::move(error))
                                                                 : machine_.fail_init(std::move(error));
  if (refusal) return refuse(exchange, *refusal);
  accept(exchange);
  changed_.notify_all();
}

}  // namespace sloop::emulator
