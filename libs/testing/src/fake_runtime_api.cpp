// SPDX-License-Identifier: Apache-2.0
#include "sloop/testing/fake_runtime_api.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>

#include "fake_extensions.hpp"
#include "sloop/serve/server.hpp"

namespace sloop::testing {
namespace {

using namespace std::chrono_literals;

struct Pending {
  std::string id;
  std::string event;
  FakeInvocation invocation;
};

class Fake final : public FakeRuntimeApi {
 public:
  ~Fake() override { stop(); }

  Result<void> listen() {
    auto server = serve::Server::start(
        {}, [this](const serve::Request& request, serve::Exchange& exchange) { handle(request, exchange); });
    if (!server) return fail(server.error());
    server_ = std::move(*server);
    return {};
  }

  [[nodiscard]] std::string address() const override { return "127.0.0.1:" + std::to_string(server_->port()); }

  [[nodiscard]] std::uint16_t port() const override { return server_->port(); }

  [[nodiscard]] std::shared_ptr<const lambda::Environment> environment() const override {
    return std::make_shared<const lambda::Environment>(lambda::Environment{
        .runtime_api = address(), .function_name = "test", .function_version = "$LATEST", .memory_mb = 128});
  }

  Result<InvocationOutcome> invoke(std::string event, const FakeInvocation& invocation) override {
    std::unique_lock lock(mutex_);
    const std::string id = "request-" + std::to_string(++ids_);
    statuses_[id] = invocation.answer_status;
    pending_.push_back({id, std::move(event), invocation});
    changed_.notify_all();
    if (!changed_.wait_for(lock, invocation.patience, [&] { return outcomes_.contains(id); }))
      return fail(ErrorKind::timed_out, "the function posted no result in time");
    return outcomes_[id];
  }

  void answer_idle(int count) override {
    const std::lock_guard lock(mutex_);
    idle_answers_ = count;
    changed_.notify_all();
  }

  [[nodiscard]] std::optional<InvocationOutcome> init_error() const override {
    const std::lock_guard lock(mutex_);
    return init_error_;
  }

  [[nodiscard]] int restores() const override {
    const std::lock_guard lock(mutex_);
    return restores_;
  }

  [[nodiscard]] std::optional<InvocationOutcome> restore_error() const override {
    const std::lock_guard lock(mutex_);
    return restore_error_;
  }

  [[nodiscard]] std::vector<FakeExtension> extensions() const override { return extensions_.list(); }

  void shut_down(const std::string& reason) override {
    extensions_.send(
        {{"eventType", "SHUTDOWN"}, {"shutdownReason", reason}, {"deadlineMs", milliseconds_from_now(2s)}});
  }

  void stop() override {
    extensions_.stop();
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }

 private:
  void handle(const serve::Request& request, serve::Exchange& exchange) {
    constexpr std::string_view kBase = "/2018-06-01/runtime/";
    if (extensions_.handle(request, exchange)) return;
    const auto path = request.path();
    if (!path.starts_with(kBase)) return exchange.respond(404, {}, "");
    const auto rest = path.substr(kBase.size());
    if (rest == "invocation/next") return hand_out(exchange);
    if (rest == "init/error") return keep(init_error_, request, exchange);
    if (rest == "restore/error") return keep(restore_error_, request, exchange);
    if (rest == "restore/next") {
      const std::lock_guard lock(mutex_);
      ++restores_;
      return exchange.respond(200, {}, "");
    }
    take(rest, request, exchange);
  }

  void keep(std::optional<InvocationOutcome>& place, const serve::Request& request, serve::Exchange& exchange) {
    const std::lock_guard lock(mutex_);
    place = InvocationOutcome{true, request.body, request.headers};
    exchange.respond(202, {}, R"({"status":"OK"})");
  }

  static std::int64_t milliseconds_from_now(std::chrono::milliseconds duration) {
    const auto at = std::chrono::system_clock::now() + duration;
    return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
  }

  void hand_out(serve::Exchange& exchange) {
    std::unique_lock lock(mutex_);
    while (!stopped_ && pending_.empty() && idle_answers_ == 0 && !exchange.client_gone())
      changed_.wait_for(lock, 50ms);
    if (idle_answers_ > 0) {
      --idle_answers_;
      return exchange.respond(204, {}, "");
    }
    if (pending_.empty()) return exchange.respond(500, {}, "");
    const Pending pending = std::move(pending_.front());
    pending_.pop_front();
    lock.unlock();
    const std::string arn = "arn:aws:lambda:us-east-1:000000000000:function:test";
    const auto deadline = milliseconds_from_now(pending.invocation.time);
    Headers headers{{"content-type", "application/json"},
                    {"lambda-runtime-aws-request-id", pending.id},
                    {"lambda-runtime-deadline-ms", std::to_string(deadline)},
                    {"lambda-runtime-invoked-function-arn", arn}};
    for (const auto& [name, value] : pending.invocation.headers) headers.set(name, value);
    extensions_.send({{"eventType", "INVOKE"},
                      {"requestId", pending.id},
                      {"deadlineMs", deadline},
                      {"invokedFunctionArn", arn},
                      {"tracing", JsonObject{{"type", "X-Amzn-Trace-Id"}, {"value", "Root=1"}}}});
    exchange.respond(200, headers, pending.event);
  }

  /// `invocation/ID/response` or `invocation/ID/error`.
  void take(std::string_view path, const serve::Request& request, serve::Exchange& exchange) {
    const std::size_t begin = path.find('/') + 1;
    const std::size_t end = path.rfind('/');
    const std::string id(path.substr(begin, end - begin));
    int status = 404;
    {
      const std::lock_guard lock(mutex_);
      if (const auto known = statuses_.find(id); known != statuses_.end()) status = known->second;
    }
    exchange.respond(status, {},
                     status == 202 ? R"({"status":"OK"})" : R"({"errorType":"Fake","errorMessage":"on purpose"})");
    const std::lock_guard lock(mutex_);
    outcomes_[id] = {path.substr(end + 1) == "error", request.body, request.headers, request.trailers};
    changed_.notify_all();
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int ids_ = 0;
  int idle_answers_ = 0;
  bool stopped_ = false;
  std::deque<Pending> pending_;
  std::map<std::string, int> statuses_;
  std::map<std::string, InvocationOutcome> outcomes_;
  int restores_ = 0;
  std::optional<InvocationOutcome> init_error_;
  std::optional<InvocationOutcome> restore_error_;
  FakeExtensions extensions_;
  std::unique_ptr<serve::Server> server_;  // last: its threads end before what they use
};

}  // namespace

Result<std::unique_ptr<FakeRuntimeApi>> FakeRuntimeApi::start() {
  auto fake = std::make_unique<Fake>();
  if (auto listening = fake->listen(); !listening) return fail(listening.error());
  return fake;
}

}  // namespace sloop::testing
