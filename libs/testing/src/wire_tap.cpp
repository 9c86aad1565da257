// SPDX-License-Identifier: Apache-2.0
#include "sloop/testing/wire_tap.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <list>
#include <mutex>
#include <thread>

namespace sloop::testing {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

struct Pair {
  int client = -1;
  int server = -1;
  TappedConnection seen = {};
};

class Tap final : public WireTap {
 public:
  explicit Tap(std::uint16_t port) : port_(port) {}
  ~Tap() override {
    if (listener_ < 0) return;
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    cut();
    for (auto& thread : threads_) thread.join();
    for (const auto& pair : pairs_) {
      ::close(pair.client);
      ::close(pair.server);
    }
    ::close(listener_);
  }

  Result<void> listen() {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (listener_ < 0 || ::bind(listener_, any, size) != 0 || ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, any, &size) != 0) {
      if (listener_ >= 0) ::close(listener_);
      listener_ = -1;
      return fail(ErrorKind::unavailable, "can't listen on a port of the loopback address");
    }
    own_port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept(); });
    return {};
  }

  [[nodiscard]] std::string address() const override { return "127.0.0.1:" + std::to_string(own_port_); }

  [[nodiscard]] std::vector<TappedConnection> connections() const override {
    const std::lock_guard lock(mutex_);
    std::vector<TappedConnection> all;
    for (const auto& pair : pairs_) all.push_back(pair.seen);
    return all;
  }

  void cut() override {
    const std::lock_guard lock(mutex_);
    for (const auto& pair : pairs_) {
      ::shutdown(pair.client, SHUT_RDWR);
      ::shutdown(pair.server, SHUT_RDWR);
    }
  }

 private:
  void accept() {
    while (true) {
      const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) return;
      const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      const sockaddr_in address = loopback(port_);
      if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        ::shutdown(client, SHUT_RDWR);
      const std::lock_guard lock(mutex_);
      Pair& pair = pairs_.emplace_back(Pair{client, server});
      threads_.emplace_back([this, &pair] { pump(pair); });
    }
  }

  void pump(Pair& pair) {
    bool client_open = true;
    bool server_open = true;
    while (client_open || server_open) {
      // A negative descriptor is passed over.
      pollfd states[] = {{.fd = client_open ? pair.client : -1, .events = POLLIN, .revents = 0},
                         {.fd = server_open ? pair.server : -1, .events = POLLIN, .revents = 0}};
      if (::poll(states, 2, -1) < 0) return;
      if (states[0].revents != 0 && !pass(pair.client, pair.server, pair.seen.sent)) {
        client_open = false;
        const std::lock_guard lock(mutex_);
        pair.seen.closed_by_client = server_open;
      }
      if (states[1].revents != 0 && !pass(pair.server, pair.client, pair.seen.received)) server_open = false;
    }
  }

  /// Passes on what has come; false at the end, which is passed on as well.
  bool pass(int from, int to, std::string& seen) {
    char buffer[16'384];
    const ssize_t count = ::recv(from, buffer, sizeof buffer, 0);
    const std::string_view bytes(buffer, count > 0 ? static_cast<std::size_t>(count) : 0);
    if (!bytes.empty()) {
      const std::lock_guard lock(mutex_);
      seen.append(bytes);
    }
    if (!bytes.empty() && send_all(to, bytes)) return true;
    ::shutdown(to, SHUT_WR);
    return false;
  }

  std::uint16_t port_;
  std::uint16_t own_port_ = 0;
  int listener_ = -1;
  mutable std::mutex mutex_;
  std::list<Pair> pairs_;  // threads hold references
  std::list<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace

Result<std::unique_ptr<WireTap>> WireTap::start(std::uint16_t port) {
  auto tap = std::make_unique<Tap>(port);
  if (auto listening = tap->listen(); !listening) return fail(listening.error());
  return tap;
}

}  // namespace sloop::testing
