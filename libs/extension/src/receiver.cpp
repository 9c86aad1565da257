// SPDX-License-Identifier: Apache-2.0
#include "sloop/extension/receiver.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "delivery_parser.hpp"

namespace sloop::extension {
namespace {

constexpr std::string_view kTaken = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
constexpr std::string_view kTooLarge =
    "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
constexpr std::string_view kBroken = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

class PollReceiver final : public Receiver {
 public:
  PollReceiver(const ReceiverOptions& options, std::function<void(std::string)> deliver)
      : options_(options), deliver_(std::move(deliver)) {}

  ~PollReceiver() override {
    if (thread_.joinable()) {
      [[maybe_unused]] const ssize_t written = ::write(wake_[1], "", 1);
      thread_.join();
    }
    for (const auto& peer : peers_) ::close(peer.socket);
    for (const int descriptor : {listener_, wake_[0], wake_[1]})
      if (descriptor >= 0) ::close(descriptor);
  }

  Result<void> listen() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(options_.port);
    if (::inet_pton(AF_INET, options_.address.c_str(), &address.sin_addr) != 1)
      return fail(ErrorKind::invalid_input, "'" + options_.address + "' is no IPv4 address to listen on");
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    (void)::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (listener_ < 0 || ::bind(listener_, any, size) != 0 || ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, any, &size) != 0 || ::pipe(wake_) != 0)
      return fail(ErrorKind::unavailable,
                  "can't listen on port " + std::to_string(options_.port) + " for telemetry; choose another");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
    return {};
  }

  [[nodiscard]] std::uint16_t port() const override { return port_; }

 private:
  struct Peer {
    int socket = -1;
    DeliveryParser parser;
  };

  void serve() {
    while (true) {
      std::vector<pollfd> states{{wake_[0], POLLIN, 0}, {listener_, POLLIN, 0}};
      for (const auto& peer : peers_) states.push_back({peer.socket, POLLIN, 0});
      if (::poll(states.data(), states.size(), -1) < 0) continue;
      if (states[0].revents != 0) return;
      // From the back, so that those that go leave the places of the others.
      for (std::size_t i = peers_.size(); i-- > 0;) {
        if (states[i + 2].revents == 0 || receive(peers_[i])) continue;
        ::close(peers_[i].socket);
        peers_.erase(peers_.begin() + static_cast<std::ptrdiff_t>(i));
      }
      if (states[1].revents != 0) accept();
    }
  }

  void accept() {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket >= 0) peers_.push_back({socket, DeliveryParser(options_.max_body)});
  }

  /// False when the connection is to be closed.
  bool receive(Peer& peer) {
    char buffer[65'536];
    const ssize_t count = ::recv(peer.socket, buffer, sizeof buffer, 0);
    if (count <= 0) return false;
    peer.parser.feed({buffer, static_cast<std::size_t>(count)});
    while (true) {
      switch (peer.parser.next()) {
        case DeliveryParser::State::more: return true;
        case DeliveryParser::State::request:
          deliver_(std::move(peer.parser.body()));
          if (!answer(peer, kTaken)) return false;
          break;
        case DeliveryParser::State::too_large: return answer(peer, kTooLarge) && false;
        case DeliveryParser::State::broken: return answer(peer, kBroken) && false;
      }
    }
  }

  static bool answer(const Peer& peer, std::string_view bytes) {
    return ::send(peer.socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
  }

  ReceiverOptions options_;
  std::function<void(std::string)> deliver_;
  int listener_ = -1;
  int wake_[2] = {-1, -1};
  std::uint16_t port_ = 0;
  std::vector<Peer> peers_;  // of the thread
  std::thread thread_;
};

}  // namespace

Result<std::unique_ptr<Receiver>> Receiver::start(const ReceiverOptions& options,
                                                  std::function<void(std::string)> deliver) {
  auto receiver = std::make_unique<PollReceiver>(options, std::move(deliver));
  if (auto listening = receiver->listen(); !listening) return fail(listening.error());
  return receiver;
}

}  // namespace sloop::extension
