// SPDX-License-Identifier: Apache-2.0
#include "sloop/lambda/shutdown.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <exception>
#include <thread>

#include "sloop/http/curl_transport.hpp"
#include "sloop/lambda/extension_client.hpp"

namespace sloop::lambda {
namespace {

constexpr std::uint64_t kSignalled = 1;
constexpr std::uint64_t kEnding = std::uint64_t(1) << 32;

// A signal handler has no argument to find its object by.
std::atomic<int> signal_descriptor = -1;

extern "C" void on_terminate(int) {
  const std::uint64_t value = kSignalled;
  // Nothing can be done about a failure here.
  [[maybe_unused]] const ssize_t written = ::write(signal_descriptor, &value, sizeof value);
}

class Shutdown final : public Companion {
 public:
  explicit Shutdown(std::function<void()> callback) : callback_(std::move(callback)) {}
  ~Shutdown() override { end(); }

  Result<void> start(const CompanionStart& start) override {
    start_ = start;
    descriptor_ = ::eventfd(0, EFD_CLOEXEC);
    if (descriptor_ < 0) return fail(ErrorKind::internal, "on_shutdown: no file descriptor is left");
    int none = -1;
    if (!signal_descriptor.compare_exchange_strong(none, descriptor_))
      return fail(ErrorKind::invalid_input,
                  "on_shutdown: there is one already in this process; put both in one callback");
    catches_ = true;
    struct sigaction action{};
    action.sa_handler = on_terminate;
    ::sigaction(SIGTERM, &action, &before_);
    watcher_ = std::jthread([this] { watch(); });
    client_.emplace(http::make_curl_transport({.http2 = false, .proxies = false}), start.environment->runtime_api);
    if (auto registered = client_->register_as("sloop-graceful-shutdown"); !registered) {
      // An emulator without extensions may still send the signal.
      start.log->debug(registered.error().message);
      return {};
    }
    // Initialisation lasts until every extension has asked for its next event; without events it never comes.
    extension_ = std::jthread([this](const std::stop_token& stop) { (void)client_->next({.stop = stop}); });
    return {};
  }

  void end() override {
    extension_ = {};
    if (watcher_.joinable()) {
      [[maybe_unused]] const ssize_t written = ::write(descriptor_, &kEnding, sizeof kEnding);
      watcher_.join();
    }
    if (catches_) {
      ::sigaction(SIGTERM, &before_, nullptr);
      signal_descriptor = -1;
    }
    catches_ = false;
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
  }

 private:
  void watch() {
    std::uint64_t value = 0;
    while (value < kEnding) {
      if (::read(descriptor_, &value, sizeof value) != sizeof value) continue;
      if (value % kEnding == 0 || start_.stop.stop_requested()) continue;
      start_.stop.request_stop();
      call();
    }
  }

  void call() try { callback_(); } catch (const std::exception& exception) {
    start_.log->error("on_shutdown: the callback threw: " + std::string(exception.what()));
  } catch (...) {
    start_.log->error("on_shutdown: the callback threw something that is no std::exception");
  }

  std::function<void()> callback_;
  CompanionStart start_;
  int descriptor_ = -1;
  bool catches_ = false;
  struct sigaction before_{};
  std::optional<ExtensionClient> client_;
  std::jthread watcher_;
  std::jthread extension_;
};

}  // namespace

std::shared_ptr<Companion> on_shutdown(std::function<void()> callback) {
  return std::make_shared<Shutdown>(std::move(callback));
}

}  // namespace sloop::lambda
