// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/emulator.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <future>
#include <optional>

#include "invoke_answer.hpp"
#include "invoke_request.hpp"

namespace sloop::emulator {
namespace {

Result<void> check_function(const SandboxOptions& options) {
  if (options.command.empty() && !options.attach) return fail(ErrorKind::invalid_input, "no program given");
  const bool managed = options.max_concurrency > 1;
  const int most_memory = managed ? 32'768 : 10'240;
  if (options.memory_size < 128 || options.memory_size > most_memory)
    return fail(ErrorKind::invalid_input,
                fmt::format("memory {} MB: must be 128 to {}", options.memory_size, most_memory));
  if (options.timeout < std::chrono::seconds(1) || options.timeout > std::chrono::seconds(900))
    return fail(ErrorKind::invalid_input,
                fmt::format("timeout {} s: must be 1 to 900", options.timeout.count() / 1000));
  if (options.max_concurrency < 1 || options.max_concurrency > 1'600)
    return fail(ErrorKind::invalid_input,
                fmt::format("{} events at once in one environment: must be 1 to 1600", options.max_concurrency));
  if (managed && options.snap_start)
    return fail(ErrorKind::invalid_input, "SnapStart and Managed Instances exclude each other");
  return {};
}

Result<void> check_options(const EmulatorOptions& options) {
  if (auto good = check_function(options.sandbox); !good) return good;
  for (const auto& function : options.more) {
    if (auto good = check_function(function); !good) return fail(good.error().within(function.name));
    const auto same = [&](const SandboxOptions& other) { return other.name == function.name; };
    if (same(options.sandbox) || std::ranges::count_if(options.more, same) > 1)
      return fail(ErrorKind::invalid_input, fmt::format("two functions have the name '{}'", function.name));
  }
  if (options.fleet.max_environments < 1)
    return fail(ErrorKind::invalid_input, "at least one environment is needed for a function");
  if (options.async.retries < 0 || options.async.retries > 2)
    return fail(ErrorKind::invalid_input,
                fmt::format("{} repetitions of asynchronous events: must be 0 to 2", options.async.retries));
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
  if (auto good = check_options(options); !good) return fail(good.error());
  const serve::ServerOptions server_options{.address = options.address, .port = options.port};
  std::unique_ptr<Emulator> emulator(new Emulator(std::move(options)));
  auto server = serve::Server::start(server_options,
                                     [raw = emulator.get()](const serve::Request& request, serve::Exchange& exchange) {
                                       raw->handle(request, exchange);
                                     });
  if (!server) return fail(server.error());
  emulator->server_ = std::move(*server);
  return emulator;
}

Emulator::Emulator(EmulatorOptions options) {
  functions_.reserve(options.more.size() + 1);
  add(options.sandbox, options);
  for (const auto& function : options.more) add(function, options);
}

void Emulator::add(SandboxOptions sandbox, const EmulatorOptions& options) {
  // One line at a time, of all environments together.
  if (sandbox.on_log)
    sandbox.on_log = [this, write = sandbox.on_log](std::string_view line) {
      const std::lock_guard lock(log_mutex_);
      write(line);
    };
  auto fleet = std::make_unique<Fleet>(std::move(sandbox), options.fleet);
  auto deliver = [raw = fleet.get()](const SandboxInvocation& invocation, AsyncQueue::Done done) {
    return raw->submit(invocation.tenant_id, [invocation, done = std::move(done)](Sandbox& in) {
      return [done, outcome = in.invoke(invocation)] { done(outcome); };
    });
  };
  auto queue = std::make_unique<AsyncQueue>(options.async, function_arn(fleet->sandbox()), std::move(deliver));
  functions_.push_back({std::move(fleet), std::move(queue)});
}

Emulator::~Emulator() {
  // The functions first: handlers wait for them.
  interrupt();
  if (server_) server_->stop();
  for (auto& function : functions_) {
    function.queue->join();
    function.fleet.reset();
  }
}

void Emulator::interrupt() {
  for (const auto& function : functions_) {
    function.queue->stop();
    function.fleet->interrupt();
  }
}

std::vector<std::string> Emulator::functions() const {
  std::vector<std::string> names;
  for (const auto& function : functions_) names.push_back(function.fleet->sandbox().name);
  return names;
}

bool Emulator::wait_idle(Deadline deadline) {
  return std::ranges::all_of(functions_, [&](const Function& function) { return function.queue->wait_idle(deadline); });
}

Result<Emulator::Function*> Emulator::find(std::string_view name) {
  if (name.empty()) return &functions_.front();
  const auto found =
      std::ranges::find_if(functions_, [&](const Function& one) { return one.fleet->sandbox().name == name; });
  if (found != functions_.end()) return &*found;
  return fail(ErrorKind::not_found,
              fmt::format("Function not found: {} (this local Lambda serves {})", name, fmt::join(functions(), ", ")));
}

void Emulator::handle(const serve::Request& request, serve::Exchange& exchange) {
  if (!is_invoke_path(request.path()))
    return refuse_call(exchange,
                       {404, "UnknownOperationException", fmt::format("{} is not served here", request.path())});
  const auto call = read_invoke_request(request);
  if (!call) return refuse_call(exchange, call.error());
  if (auto known = find(call->function); !known)
    return refuse_call(exchange, {404, "ResourceNotFoundException", known.error().message});
  answer_invoke(*this, *call, exchange);
}

Result<SandboxOutcome> Emulator::invoke(const SandboxInvocation& invocation, const InvokeOptions& options) {
  auto function = find(options.function);
  if (!function) return fail(function.error());
  Fleet& fleet = *(*function)->fleet;
  auto channel = options.receiver ? std::make_shared<ResponseChannel>(fleet.sandbox().stream) : nullptr;
  auto pending = std::make_shared<Pending>(channel);
  auto outcome = pending->outcome();
  auto job = [&fleet, pending, invocation, early = options.early](Sandbox& sandbox) -> std::function<void()> {
    SandboxHooks hooks{.channel = pending->channel()};
    if (early)
      hooks.on_answer = [&](const SandboxOutcome& answer) {
        fleet.answered(sandbox);
        pending->set(answer);
      };
    auto served = sandbox.invoke(invocation, hooks);
    if (hooks.channel) hooks.channel->close();
    return [pending, served = std::move(served)] { pending->set(served); };
  };
  pending.reset();
  if (auto given = fleet.submit(invocation.tenant_id, std::move(job)); !given) return fail(given.error());
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

Result<void> Emulator::enqueue(const SandboxInvocation& invocation, std::string_view function) {
  auto to = find(function);
  if (!to) return fail(to.error());
  SandboxInvocation identified = invocation;
  if (identified.request_id.empty()) identified.request_id = new_request_id();
  (*to)->queue->add(identified);
  return {};
}

}  // namespace sloop::emulator
