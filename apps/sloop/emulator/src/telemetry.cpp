// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/telemetry.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <thread>

#include "sloop/http/curl_transport.hpp"
#include "telemetry_buffer.hpp"

namespace sloop::emulator {
namespace {

using namespace std::chrono_literals;

/// A frozen subscriber answers when it runs again.
constexpr std::chrono::minutes kPatience{15};

bool send_lines(int port, std::string_view lines) {
  const int client = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  bool good = ::connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  while (good && !lines.empty()) {
    const auto sent = ::send(client, lines.data(), lines.size(), MSG_NOSIGNAL);
    good = sent > 0;
    if (good) lines.remove_prefix(static_cast<std::size_t>(sent));
  }
  ::close(client);
  return good;
}

}  // namespace

/// One destination and the thread that serves it.
class Telemetry::Subscriber {
 public:
  explicit Subscriber(Subscription subscription)
      : subscription_(std::move(subscription)),
        buffer_(subscription_),
        thread_([this](const std::stop_token& stop) { work(stop); }) {}
  ~Subscriber() { stop(); }

  void add(const TelemetryRecord& record) {
    const std::lock_guard lock(mutex_);
    buffer_.add(record, TelemetryBuffer::Clock::now());
    changed_.notify_all();
  }

  void stop() {
    if (!thread_.joinable()) return;
    std::unique_lock lock(mutex_);
    last_call_ = true;
    changed_.notify_all();
    changed_.wait_for(lock, 500ms, [&] { return over_; });
    lock.unlock();
    thread_.request_stop();
    thread_.join();
  }

 private:
  void work(const std::stop_token& stop) {
    const auto transport = http::make_curl_transport({.http2 = false, .proxies = false});
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
      if (buffer_.due() > TelemetryBuffer::Clock::now() && !last_call_) {
        const auto due = buffer_.due();
        const auto sooner = [&] { return last_call_ || buffer_.due() < due; };
        if (due == TelemetryBuffer::Clock::time_point::max())
          changed_.wait(lock, stop, sooner);
        else
          changed_.wait_until(lock, stop, due, sooner);
        continue;
      }
      if (buffer_.empty()) break;
      const std::string batch = buffer_.take();
      lock.unlock();
      deliver(*transport, batch, stop);
      lock.lock();
    }
    over_ = true;
    changed_.notify_all();
  }

  void deliver(http::Transport& transport, const std::string& batch, const std::stop_token& stop) const {
    if (subscription_.tcp_port != 0) {
      (void)send_lines(subscription_.tcp_port, batch);
      return;
    }
    // What a subscriber does not take is lost, as on Lambda after its retries.
    (void)transport.send({.method = subscription_.method,
                          .url = subscription_.url,
                          .headers = {{"content-type", "application/json"}},
                          .body = batch},
                         {.deadline = Deadline::after(kPatience), .stop = stop});
  }

  const Subscription subscription_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  TelemetryBuffer buffer_;
  bool last_call_ = false;
  bool over_ = false;
  std::jthread thread_;
};

Telemetry::Telemetry() = default;

Telemetry::~Telemetry() {
  stop();
}

std::expected<std::vector<std::string>, Refusal> Telemetry::subscribe(const TelemetryRequest& request) {
  auto subscription = read_subscription(request);
  if (!subscription) return std::unexpected(subscription.error());
  std::vector<std::string> types(subscription->types.begin(), subscription->types.end());
  const std::lock_guard lock(mutex_);
  auto& subscriber = subscribers_.emplace_back(std::make_unique<Subscriber>(std::move(*subscription)));
  for (const auto& record : earlier_) subscriber->add(record);
  return types;
}

void Telemetry::publish(const TelemetryRecord& record) {
  const std::lock_guard lock(mutex_);
  if (initialising_) earlier_.push_back(record);
  for (const auto& subscriber : subscribers_) subscriber->add(record);
}

void Telemetry::forget_earlier() {
  const std::lock_guard lock(mutex_);
  initialising_ = false;
  earlier_.clear();
}

void Telemetry::stop() {
  std::list<std::unique_ptr<Subscriber>> ending;
  const std::lock_guard lock(mutex_);
  ending.swap(subscribers_);
}

}  // namespace sloop::emulator
