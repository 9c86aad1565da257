// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/emulator.hpp"

#include <fmt/format.h>

#include <future>
#include <optional>

#include "invoke_answer.hpp"
#include "invoke_request.hpp"

namespace sloop::emulator {
namespace {

Result<void> check_options(const SandboxOptions& options) {
  if (options.command.empty()) return fail(ErrorKind::invalid_input, "no program given");
  if (options.memory_size < 128 || options.memory_size > 10240)
    return fail(ErrorKind::invalid_input, fmt::format("memory {} MB: must be 128 to 10240", options.memory_size));
  if (options.timeout < std::chrono::seconds(1) || options.timeout > std::chrono::seconds(900))
    return fail(ErrorKind::invalid_input,
                fmt::format("timeout {} s: must be 1 to 900", options.timeout.count() / 1000));
  return {};
}

/// An outcome on its way from the thread of the function to the one that waits; a stream ends with it, whatever
/// happens.
class Pending {
 public:
  explicit Pending(std::shared_ptr<ResponseChannel> channel) : channel_(std::move(channel)) {}
  ~Pending() {
    if (channel_) channel_->close();
  }
  Pending(const Pending&) = delete;
  Pending& operator=(const Pending&) = delete;

  [[nodiscard]] std::future<SandboxOutcome> outcome() { return promise_.get_future(); }
  [[nodiscard]] const std::shared_ptr<ResponseChannel>& channel() const { return channel_; }
  /// The first counts.
  void set(const SandboxOutcome& outcome) {
    if (!std::exchange(set_, true)) promise_.set_value(outcome);
  }

 private:
  std::shared_ptr<ResponseChannel> channel_;
  std::promise<SandboxOutcome> promise_;
  bool set_ = false;
};

}  // namespace

Result<std::unique_ptr<Emulator>> Emulator::start(EmulatorOptions options) {
  if (auto good = check_options(options.sandbox); !good) return fail(good.error());
  const serve::ServerOptions server_options{.address = options.address, .port = options.port};
  std::unique_ptr<Emulator> emulator(new Emulator(std::move(options)));
  auto server = serve::Server::start(server_options, [&self = *emulator](const serve::Request& request,
                                                                         serve::Exchange& exchange) {
    if (!is_invoke_path(request.path()))
      return refuse_call(exchange,
                         {404, "UnknownOperationException", fmt::format("{} is not served here", request.path())});
    const auto call = read_invoke_request(request);
    if (!call) return refuse_call(exchange, call.error());
    if (call->function != self.options().name)
      return refuse_call(
          exchange, {404, "ResourceNotFoundException",
                     fmt::format("Function not found: {} (this local Lambda serves {})", call->function, self.arn())});
    answer_invoke(self, *call, exchange);
  });
  if (!server) return fail(server.error());
  emulator->server_ = std::move(*server);
  return emulator;
}

Emulator::Emulator(EmulatorOptions options)
    : sandbox_(std::move(options.sandbox)), worker_([this](const std::stop_token& stop) { work(stop); }) {}

Emulator::~Emulator() {
  // The worker first: handlers wait for it.
  interrupt();
  worker_.join();
  if (server_) server_->stop();
}

void Emulator::interrupt() {
  worker_.request_stop();
  sandbox_.interrupt();
}

void Emulator::work(const std::stop_token& stop) {
  while (true) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait(lock, stop, [&] { return !jobs_.empty(); })) break;
    const Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job();
  }
  sandbox_.stop();
  const std::lock_guard lock(mutex_);
  jobs_.clear();
}

void Emulator::post(Job job) {
  const std::lock_guard lock(mutex_);
  if (worker_.get_stop_token().stop_requested()) return;
  jobs_.push_back(std::move(job));
  changed_.notify_all();
}

Result<SandboxOutcome> Emulator::invoke(const SandboxInvocation& invocation, const InvokeOptions& options) {
  auto channel = options.receiver ? std::make_shared<ResponseChannel>(sandbox_.options().stream) : nullptr;
  auto pending = std::make_shared<Pending>(channel);
  auto outcome = pending->outcome();
  post([this, pending, invocation, early = options.early] {
    SandboxHooks hooks{.channel = pending->channel()};
    if (early) hooks.on_answer = [&](const SandboxOutcome& answer) { pending->set(answer); };
    pending->set(sandbox_.invoke(invocation, hooks));
    if (hooks.channel) hooks.channel->close();
  });
  pending.reset();
  if (channel) channel->deliver(options.receiver);
  try {
    auto got = outcome.get();
    if (!channel || got.streamed || got.is_error) return got;
    if (options.receiver.on_begin) options.receiver.on_begin(got.content_type);
    (void)options.receiver.on_chunk(got.body);
    got.body.clear();
    return got;
  } catch (const std::future_error&) {
    return fail(ErrorKind::cancelled, "the local Lambda was stopped");
  }
}

void Emulator::enqueue(const SandboxInvocation& invocation) {
  post([this, invocation] { (void)sandbox_.invoke(invocation); });
}

}  // namespace sloop::emulator
