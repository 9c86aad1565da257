// SPDX-License-Identifier: Apache-2.0
#include "loop.hpp"

#include <csignal>
#include <exception>
#include <thread>

#include "invocation_context.hpp"

namespace sloop::lambda::detail {
namespace {

// Between two questions to a peer that answered "nothing yet"; only emulators do.
constexpr std::chrono::milliseconds kIdlePause{20};

class Loop {
 public:
  Loop(const Serve& serve, MakeTransport make_transport, const RunOptions& options)
      : serve_(serve),
        make_transport_(make_transport),
        options_(options),
        environment_(options.environment ? options.environment
                                         : std::make_shared<const Environment>(Environment::from_env())),
        log_(options.log ? options.log : std::make_shared<Log>(LogOptions::from_env())),
        is_concurrent_(environment_->max_concurrency > 1 ||
                       environment_->initialization_type == "lambda-managed-instances") {}

  int run() {
    if (environment_->runtime_api.empty()) {
      log_->fatal(
          "AWS_LAMBDA_RUNTIME_API is not set: this program is a Lambda function; start it with `sloop watch PROGRAM`");
      return 1;
    }
    int status = 1;
    RuntimeClient client = make_client();
    if (initialise(client)) status = start_workers(client);
    for (std::size_t i = 0; i < started_; ++i) options_.companions[i]->end();
    return status;
  }

 private:
  [[nodiscard]] RuntimeClient make_client() const {
    return {make_transport_({.http2 = false, .proxies = false}), environment_->runtime_api};
  }

  bool initialise(RuntimeClient& client) {
    const auto init = [this]() -> Result<std::string> {
      for (const auto& companion : options_.companions) {
        ++started_;
        if (auto ready = companion->start({environment_, log_, stop_}); !ready) return sloop::fail(ready.error());
      }
      if (options_.init)
        if (auto ready = options_.init(); !ready) return sloop::fail(ready.error());
      return std::string();
    };
    if (const auto ready = outcome_of(init, {}); !ready) {
      log_->error(ready.error().message, {{"errorType", Json(ready.error().type)}});
      if (auto told = client.fail_init(ready.error()); !told) log_->error(told.error().message);
      return false;
    }
    const auto transport = options_.transport ? options_.transport : http::default_transport();
    for (const auto& companion : options_.companions) {
      if (auto ready = companion->initialised(client, *transport); !ready) {
        log_->error(ready.error().message, {{"errorType", Json(ready.error().code)}});
        return false;
      }
    }
    warm_up(*transport);
    return true;
  }

  void warm_up(http::Transport& transport) {
    if (!options_.warm_up || !environment_->warm_up) return;
    // The first real call reports what is wrong, with its own place; here it costs nothing but time.
    if (auto warm = transport.warm_up({.deadline = Deadline::after(options_.warm_up_limit)}); !warm)
      log_->debug("no connection was opened ahead of use: " + warm.error().message);
  }

  int start_workers(RuntimeClient& client) {
    if (environment_->max_concurrency <= 1) return work(client);
    if (options_.workers != nullptr)
      return options_.workers(environment_->max_concurrency, [this] {
        // Each worker has its own connection, so that none depends on another.
        RuntimeClient own = make_client();
        return work(own);
      });
    log_->warn("Lambda offers several invocations at once, this program takes one: see lambda::run_concurrent");
    return work(client);
  }

  /// One worker's life; nothing that goes wrong in it reaches the others.
  int work(RuntimeClient& client) try {
    while (true) {
      const auto invocation = client.next({.stop = stop_.get_token()});
      if (stop_.stop_requested()) return 0;
      if (!invocation) {
        log_->fatal(invocation.error().message);
        return 1;
      }
      if (!*invocation)
        std::this_thread::sleep_for(kIdlePause);
      else if (!take(client, **invocation))
        return 1;
    }
  } catch (const std::exception& exception) {
    log_->fatal(exception.what());
    return 1;
  }

  /// False when the process should end.
  bool take(RuntimeClient& client, const Invocation& invocation) {
    if (!is_concurrent_) set_trace_variable(invocation.trace_id);
    Context context = context_of(invocation);
    context.function = environment_;
    context.log =
        std::make_shared<Log>(log_->with({.request_id = invocation.request_id, .tenant_id = invocation.tenant_id}));
    context.stop = stop_.get_token();
    const auto told = serve_({client, invocation, context});
    if (!told) context.log->error(told.error().message);
    for (const auto& companion : options_.companions) companion->replied(context);
    // The Runtime API's word for "the environment is broken" (its documentation: exit promptly).
    return told || told.error().status != 500;
  }

  const Serve& serve_;
  MakeTransport make_transport_;
  const RunOptions& options_;
  std::shared_ptr<const Environment> environment_;
  std::shared_ptr<Log> log_;
  bool is_concurrent_;
  std::stop_source stop_;
  std::size_t started_ = 0;  // of the companions
};

}  // namespace

int run_loop(const Serve& serve, MakeTransport make_transport, const RunOptions& options) {
  link_terminate_handler();
  // A peer that closes its socket must be an error of one call, not the end of the process.
  std::signal(SIGPIPE, SIG_IGN);
  return Loop(serve, make_transport, options).run();
}

}  // namespace sloop::lambda::detail
