// SPDX-License-Identifier: Apache-2.0
#include "sloop/serve/server.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <list>
#include <mutex>
#include <optional>
#include <thread>

namespace sloop::serve {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using TlsStream = asio::ssl::stream<tcp::socket&>;

http::response<http::string_body> whole_answer(int status, const Headers& headers, std::string_view body) {
  http::response<http::string_body> response;
  response.result(static_cast<unsigned>(status));
  for (const auto& [name, value] : headers) response.insert(name, value);
  response.body() = body;
  return response;
}

Headers headers_of(const http::fields& fields) {
  Headers headers;
  for (const auto& field : fields) headers.add(std::string(field.name_string()), std::string(field.value()));
  return headers;
}

// One piece of a pulled body holds no more.
constexpr std::size_t kPiece = 64u * 1024u;

/// One connection: reads requests and lets the handler answer, until either side closes.
template <class Stream>
class Connection final : public Exchange {
 public:
  Connection(Stream& stream, tcp::socket& socket, const std::atomic<bool>& stopping, std::atomic<bool>& idle,
             const ServerOptions& options)
      : stream_(stream), socket_(socket), stopping_(stopping), idle_(idle), options_(options) {}

  void serve(const Handler& handler) {
    while (!stopping_ && read_request()) {
      answered_ = ended_ = false;
      try {
        handler(request_, *this);
        if (!answered_) respond(500, {{"content-type", "text/plain"}}, "The handler gave no answer.\n");
      } catch (const std::exception&) {
        if (!answered_) respond(500, {{"content-type", "text/plain"}}, "The handler failed.\n");
      }
      // What is left of a body would be taken for the next request.
      if (!ended_ || !keep_alive_ || !parser_->is_done()) return;
    }
  }

  Result<std::string_view> read() override {
    if (body_failure_) return fail(*body_failure_);
    // More than once where only the head of a chunk has come.
    while (!parser_->is_done()) {
      piece_.resize(kPiece);
      error_code error;
      auto& body = parser_->get().body();
      body.data = piece_.data();
      body.size = piece_.size();
      http::read_some(stream_, buffer_, *parser_, error);
      if (error && error != http::error::need_buffer) return fail_body(error);
      if (const std::size_t got = piece_.size() - body.size; got > 0) return std::string_view(piece_).substr(0, got);
    }
    trailers_ = headers_of(parser_->get());
    return std::string_view();
  }

  [[nodiscard]] const Headers& trailers() const override { return trailers_; }

  void respond(int status, const Headers& headers, std::string_view body) override {
    answered_ = ended_ = true;
    auto response = whole_answer(status, headers, body);
    response.keep_alive(keep_alive_);
    if (request_.method == "HEAD") {
      if (!headers.contains("content-length")) response.content_length(body.size());
      response.body().clear();
      http::serializer<false, http::string_body> serializer(response);
      http::write_header(stream_, serializer, failed_);
    } else {
      if (status != 204 && status != 304) response.prepare_payload();
      http::write(stream_, response, failed_);
    }
    ended_ = !failed_;
  }

  void begin(int status, const Headers& headers) override {
    answered_ = true;
    http::response<http::empty_body> response;
    response.result(static_cast<unsigned>(status));
    for (const auto& [name, value] : headers) response.insert(name, value);
    response.chunked(true);
    response.keep_alive(keep_alive_);
    http::response_serializer<http::empty_body> serializer(response);
    http::write_header(stream_, serializer, failed_);
  }

  bool write(std::string_view bytes) override {
    if (!failed_ && !bytes.empty()) asio::write(stream_, http::make_chunk(asio::buffer(bytes)), failed_);
    return !failed_;
  }

  void end(const Headers& trailers) override {
    http::fields fields;
    for (const auto& [name, value] : trailers) fields.insert(name, value);
    if (!failed_) asio::write(stream_, http::make_chunk_last(fields), failed_);
    ended_ = !failed_;
  }

  void send_raw(std::string_view bytes) override {
    answered_ = true;
    asio::write(stream_, asio::buffer(bytes), failed_);
  }

  void abort() override {
    answered_ = true;
    ended_ = false;
    error_code ignored;
    // Closing then sends a reset and drops what is not yet sent.
    (void)socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    failed_ = asio::error::operation_aborted;
  }

  [[nodiscard]] bool client_gone() const override {
    if (stopping_ || failed_) return true;
    pollfd state{.fd = socket_.native_handle(), .events = POLLRDHUP, .revents = 0};
    return ::poll(&state, 1, 0) > 0 && (state.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
  }

 private:
  using Parser = http::request_parser<http::buffer_body>;

  bool read_request() {
    parser_.emplace();
    parser_->body_limit(options_.max_body);
    body_failure_.reset();
    trailers_ = {};
    error_code error;
    idle_ = buffer_.size() == 0;
    http::read_header(stream_, buffer_, *parser_, error);
    idle_ = false;
    if (error) return refuse(error == http::error::body_limit);
    auto& message = parser_->get();
    keep_alive_ = message.keep_alive();
    request_ = {.method = std::string(message.method_string()),
                .target = std::string(message.target()),
                .headers = headers_of(message),
                .body = {}};
    if (beast::iequals(message[http::field::expect], "100-continue")) {
      asio::write(stream_, asio::buffer(std::string_view("HTTP/1.1 100 Continue\r\n\r\n")), error);
      if (error) return false;
    }
    // The parser puts trailers where the headers were.
    message.base().clear();
    return (options_.pulls_body && options_.pulls_body(request_)) || read_body();
  }

  std::unexpected<Error> fail_body(const error_code& error) {
    keep_alive_ = false;
    body_failure_ = error == http::error::body_limit
                        ? Error{.kind = ErrorKind::too_large, .message = "the request body is too long"}
                        : Error{.kind = ErrorKind::bad_reply, .message = "the request body was cut off"};
    return fail(*body_failure_);
  }

  bool read_body() {
    while (true) {
      const auto piece = read();
      if (!piece) return refuse(piece.error().kind == ErrorKind::too_large);
      if (piece->empty()) break;
      request_.body += *piece;
    }
    request_.trailers = trailers_;
    return true;
  }

  /// Answers a request that can't be read, where an answer makes sense; the connection ends.
  bool refuse(bool too_long) {
    keep_alive_ = false;
    if (too_long) respond(413, {{"content-type", "text/plain"}}, "The request body is too long.\n");
    return false;
  }

  Stream& stream_;
  tcp::socket& socket_;
  const std::atomic<bool>& stopping_;
  std::atomic<bool>& idle_;
  const ServerOptions& options_;
  beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  std::string piece_;
  std::optional<Error> body_failure_;
  Headers trailers_;
  Request request_;
  error_code failed_;
  bool keep_alive_ = true;
  bool answered_ = false;
  bool ended_ = false;
};

class BeastServer final : public Server {
 public:
  BeastServer(const ServerOptions& options, Handler handler) : options_(options), handler_(std::move(handler)) {}
  ~BeastServer() override { stop(); }

  Result<void> listen() {
    error_code error;
    const auto address = asio::ip::make_address(options_.address, error);
    if (error) return fail(ErrorKind::invalid_input, "'" + options_.address + "' is no IP address to listen on");
    if (auto prepared = prepare_tls(); !prepared) return prepared;
    const tcp::endpoint endpoint(address, options_.port);
    (void)acceptor_.open(endpoint.protocol(), error);
    if (!error) (void)acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) (void)acceptor_.bind(endpoint, error);
    if (!error) (void)acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error)
      return fail(ErrorKind::unavailable, "can't listen on " + options_.address + ":" + std::to_string(options_.port) +
                                              ": " + error.message() + "; choose another port");
    port_ = acceptor_.local_endpoint().port();
    thread_ = std::thread([this] { accept(); });
    return {};
  }

  [[nodiscard]] std::uint16_t port() const override { return port_; }
  [[nodiscard]] std::string url() const override {
    const bool v6 = options_.address.contains(':');
    return (tls_ ? "https://" : "http://") + (v6 ? "[" + options_.address + "]" : options_.address) + ":" +
           std::to_string(port_);
  }
  [[nodiscard]] std::size_t connections() const override { return accepted_; }

  std::size_t close_idle() override {
    const std::lock_guard lock(mutex_);
    std::size_t closed = 0;
    for (auto& peer : peers_) {
      if (!peer.idle.exchange(false)) continue;
      ::shutdown(peer.socket.native_handle(), SHUT_RDWR);
      ++closed;
    }
    return closed;
  }

  void stop() override {
    if (stopping_.exchange(true)) return;
    ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
    if (thread_.joinable()) thread_.join();
    {
      const std::lock_guard lock(mutex_);
      for (auto& peer : peers_)
        if (peer.socket.is_open()) ::shutdown(peer.socket.native_handle(), SHUT_RDWR);
    }
    for (auto& peer : peers_)
      if (peer.thread.joinable()) peer.thread.join();
  }

 private:
  struct Peer {
    explicit Peer(tcp::socket accepted) : socket(std::move(accepted)) {}
    tcp::socket socket;
    std::thread thread;
    std::atomic<bool> idle = false;
    std::atomic<bool> finished = false;
  };

  Result<void> prepare_tls() {
    if (options_.tls.certificate_pem.empty()) return {};
    error_code error;
    tls_.emplace(asio::ssl::context::tls_server);
    (void)tls_->use_certificate_chain(asio::buffer(options_.tls.certificate_pem), error);
    if (!error) (void)tls_->use_private_key(asio::buffer(options_.tls.key_pem), asio::ssl::context::pem, error);
    if (error) return fail(ErrorKind::invalid_input, "the TLS certificate or key can't be used: " + error.message());
    return {};
  }

  void accept() {
    while (!stopping_) {
      error_code error;
      tcp::socket socket(io_);
      (void)acceptor_.accept(socket, error);
      if (stopping_) return;
      if (error) continue;
      ++accepted_;
      (void)socket.set_option(tcp::no_delay(true), error);
      const std::lock_guard lock(mutex_);
      forget_finished();
      Peer& peer = peers_.emplace_back(std::move(socket));
      peer.thread = std::thread([this, &peer] { run(peer); });
    }
  }

  void forget_finished() {
    for (auto peer = peers_.begin(); peer != peers_.end();) {
      if (peer->finished) {
        peer->thread.join();
        peer = peers_.erase(peer);
      } else {
        ++peer;
      }
    }
  }

  void run(Peer& peer) {
    error_code error;
    if (tls_) {
      TlsStream stream(peer.socket, *tls_);
      (void)stream.handshake(asio::ssl::stream_base::server, error);
      if (!error) Connection(stream, peer.socket, stopping_, peer.idle, options_).serve(handler_);
    } else {
      Connection(peer.socket, peer.socket, stopping_, peer.idle, options_).serve(handler_);
    }
    const std::lock_guard lock(mutex_);
    peer.idle = false;
    (void)peer.socket.close(error);
    peer.finished = true;
  }

  ServerOptions options_;
  Handler handler_;
  asio::io_context io_{1};
  tcp::acceptor acceptor_{io_};
  std::optional<asio::ssl::context> tls_;
  std::uint16_t port_ = 0;
  std::thread thread_;
  std::mutex mutex_;  // of the list and the closing of its sockets
  std::list<Peer> peers_;
  std::atomic<bool> stopping_ = false;
  std::atomic<std::size_t> accepted_ = 0;
};

}  // namespace

std::string_view Request::query() const {
  const std::size_t mark = target.find('?');
  return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, Handler handler) {
  auto server = std::make_unique<BeastServer>(options, std::move(handler));
  if (auto listening = server->listen(); !listening) return fail(listening.error());
  return server;
}

}  // namespace sloop::serve
