// SPDX-License-Identifier: Apache-2.0
#include "sloop/lambda/after_reply.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "sloop/http/curl_transport.hpp"
#include "sloop/lambda/extension_client.hpp"

namespace sloop::lambda {
namespace {

class AfterReply final : public Companion {
 public:
  explicit AfterReply(std::function<void(const Context&)> work) : work_(std::move(work)) {}
  ~AfterReply() override { end(); }

  Result<void> start(const CompanionStart& start) override {
    log_ = start.log;
    if (start.environment->initialization_type == "lambda-managed-instances") {
      thread_ = std::jthread([this](const std::stop_token& stop) {
        while (take({}, stop)) {
        }
      });
      return {};
    }
    client_.emplace(http::make_curl_transport({.http2 = false, .proxies = false}), start.environment->runtime_api);
    if (auto registered = client_->register_as("sloop-after-reply", {.events = {"INVOKE"}}); !registered) {
      start.log->debug(registered.error().message);
      return {};
    }
    thread_ = std::jthread([this](const std::stop_token& stop) { follow(stop); });
    return {};
  }

  void replied(const Context& context) override {
    if (!thread_.joinable()) return call(context);
    const std::lock_guard lock(mutex_);
    replied_.push_back(context);
    changed_.notify_all();
  }

  void end() override {
    thread_ = {};  // asks it to stop and waits
    while (!replied_.empty()) call_first();
  }

 private:
  /// The extension's life: each event is done with when the work for its invocation is.
  void follow(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      const auto event = client_->next({.stop = stop});
      if (!event) {
        if (!stop.stop_requested()) log_->error(event.error().message);
        return;
      }
      if (event->type != "INVOKE" || !take(event->request_id, stop)) return;
    }
  }

  /// Works until the invocation `request_id` is done with, or one when that is empty; false when it should stop.
  bool take(std::string_view request_id, const std::stop_token& stop) {
    while (true) {
      std::unique_lock lock(mutex_);
      if (!changed_.wait(lock, stop, [&] { return !replied_.empty(); })) return false;
      const std::string id = replied_.front().request_id;
      lock.unlock();
      call_first();
      if (request_id.empty() || id == request_id) return true;
    }
  }

  void call_first() {
    std::unique_lock lock(mutex_);
    const Context context = std::move(replied_.front());
    replied_.pop_front();
    lock.unlock();
    call(context);
  }

  void call(const Context& context) try { work_(context); } catch (const std::exception& exception) {
    context.log->error("after_reply: the work threw: " + std::string(exception.what()));
  } catch (...) {
    context.log->error("after_reply: the work threw something that is no std::exception");
  }

  std::function<void(const Context&)> work_;
  std::shared_ptr<Log> log_;
  std::optional<ExtensionClient> client_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Context> replied_;
  std::jthread thread_;
};

}  // namespace

std::shared_ptr<Companion> after_reply(std::function<void(const Context&)> work) {
  return std::make_shared<AfterReply>(std::move(work));
}

}  // namespace sloop::lambda
