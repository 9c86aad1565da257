// SPDX-License-Identifier: Apache-2.0
#include "sloop/http/curl_transport.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "curl_engine.hpp"
#include "curl_error.hpp"
#include "curl_upload.hpp"
#include "sloop/http/tls.hpp"
#include "trust_roots.hpp"
#include "url.hpp"

namespace sloop::http {
namespace {

// A stream whose reader is slower than the peer is paused beyond this many bytes.
constexpr std::size_t kStreamBuffer = 256u * 1024u;

const Headers kNoHeaders;

class CurlStream final : public BodyStream {
 public:
  CurlStream(std::shared_ptr<CurlEngine> engine, std::shared_ptr<TrustRoots> roots, std::unique_ptr<Exchange> exchange,
             CallOptions options, std::string place)
      : engine_(std::move(engine)),
        roots_(std::move(roots)),
        exchange_(std::move(exchange)),
        options_(std::move(options)),
        place_(std::move(place)) {}
  ~CurlStream() override { close(); }

  Result<void> wait_head() override {
    if (failure_) return fail(*failure_);
    auto& exchange = *exchange_;
    if (has_head_) return {};
    const auto waited = engine_->wait(options_, [&] { return exchange.head_done || exchange.done; });
    if (!waited) return remember(waited.error().within(place_));
    if (exchange.done && exchange.code != CURLE_OK && !exchange.head_done)
      return remember(error_of(exchange, place_, *roots_));
    has_head_ = true;
    return {};
  }

  [[nodiscard]] int status() const override { return has_head_ ? exchange_->status : 0; }
  [[nodiscard]] const Headers& headers() const override { return has_head_ ? exchange_->headers : kNoHeaders; }
  [[nodiscard]] bool ready() override {
    // A stream that waits holds no memory for bytes that were read.
    current_ = {};
    return exchange_->moved.load(std::memory_order_acquire) || failure_ || options_.deadline.passed() ||
           options_.stop.stop_requested();
  }

  Result<std::string_view> read() override {
    if (auto head = wait_head(); !head) return fail(head.error());
    auto& exchange = *exchange_;
    const auto waited = engine_->wait(options_, [&] { return !exchange.body.empty() || exchange.done; });
    if (!waited) return remember(waited.error().within(place_));
    engine_->take_body(exchange, current_);
    if (current_.empty() && exchange.code != CURLE_OK) return remember(error_of(exchange, place_, *roots_));
    return std::string_view(current_);
  }
  void set_deadline(Deadline deadline) override { options_.deadline = deadline; }

 private:
  std::unexpected<Error> remember(Error error) {
    // The peer need not wait for the stream's end to see that nobody listens.
    close();
    failure_ = error;
    return fail(std::move(error));
  }

  void close() {
    if (!std::exchange(closed_, true)) engine_->remove(*exchange_);
  }

  std::shared_ptr<CurlEngine> engine_;
  std::shared_ptr<TrustRoots> roots_;
  std::unique_ptr<Exchange> exchange_;
  CallOptions options_;
  std::string place_;
  std::string current_;
  std::optional<Error> failure_;
  bool has_head_ = false;
  bool closed_ = false;
};

class CurlTransport final : public Transport {
 public:
  CurlTransport(CurlOptions options, StartUpload upload)
      : options_(std::move(options)),
        start_upload_(upload),
        roots_(std::make_shared<TrustRoots>(
            TrustRoots{.file = options_.ca_file.empty() ? system_ca_file() : options_.ca_file,
                       .directory = options_.ca_directory})) {}

  Result<Response> send(const Request& request, const CallOptions& options) override {
    auto prepared = prepare(request, options, Body::borrowed);
    if (!prepared) return fail(prepared.error());
    Exchange& exchange = **prepared;
    exchange.limit = options_.max_body;
    engine_->start(exchange);
    const auto finished = engine_->wait(options, [&] { return exchange.done; });
    engine_->remove(exchange);
    if (!finished) return fail(finished.error().within(origin_of(request.url)));
    if (exchange.code != CURLE_OK) return fail(error_of(exchange, origin_of(request.url), *roots_));
    return Response{
        .status = exchange.status, .headers = std::move(exchange.headers), .body = std::move(exchange.body)};
  }

  Result<std::unique_ptr<BodyStream>> start(const Request& request, const CallOptions& options) override {
    // The request may end before it was sent.
    auto prepared = prepare(request, options, Body::copied);
    if (!prepared) return fail(prepared.error());
    Exchange& exchange = **prepared;
    exchange.limit = kStreamBuffer;
    exchange.streamed = true;
    engine_->start(exchange);
    // From here on the stream removes the exchange.
    return std::make_unique<CurlStream>(engine_, roots_, std::move(*prepared), options, origin_of(request.url));
  }

  Result<std::unique_ptr<UploadStream>> start_upload(const Request& request, const CallOptions& options) override {
    if (start_upload_ == nullptr) return Transport::start_upload(request, options);
    auto prepared = prepare(request, options, Body::uploaded);
    if (!prepared) return fail(prepared.error());
    (*prepared)->limit = options_.max_body;
    return start_upload_(engine_, roots_, std::move(*prepared), options, request);
  }

  [[nodiscard]] std::uint64_t progress() const override { return engine_->progress(); }
  Result<void> wait_progress(std::uint64_t seen, const CallOptions& options) override {
    return engine_->wait(options, [&] { return engine_->progress() > seen; });
  }

  void expect(std::string_view url) override {
    const std::string origin = origin_of(url);
    const std::lock_guard lock(expected_mutex_);
    if (!origin.empty()) expected_.try_emplace(origin, false);
  }

  Result<void> warm_up(const CallOptions& options) override;

  void close_idle() override {
    const std::lock_guard lock(expected_mutex_);
    engine_->close_idle();
    for (auto& [origin, connected] : expected_) connected = false;
  }

 private:
  /// Where the body's bytes are while the request is sent.
  enum class Body { borrowed, copied, uploaded };

  Result<std::unique_ptr<Exchange>> prepare(const Request& request, const CallOptions& options, Body body);
  void set_connection_options(CURL* easy, const CallOptions& options) const;
  void set_body(CURL* easy, const Request& request, Body body) const;
  [[nodiscard]] curl_slist* header_list(const Request& request) const;
  static CURLcode on_ssl_context(CURL*, void* context, void* roots) {
    find_tls()->trust(context, *static_cast<TrustRoots*>(roots));
    return CURLE_OK;
  }

  CurlOptions options_;
  StartUpload start_upload_;
  std::shared_ptr<TrustRoots> roots_;
  std::shared_ptr<CurlEngine> engine_ = std::make_shared<CurlEngine>();
  std::mutex expected_mutex_;
  std::map<std::string, bool> expected_;  // origin, whether it was connected to
};

Result<std::unique_ptr<Exchange>> CurlTransport::prepare(const Request& request, const CallOptions& options,
                                                         Body body) {
  if (auto checked = check_request(request); !checked) return fail(checked.error());
  const bool secure = is_https(request.url);
  if (secure && find_tls() == nullptr)
    return fail(ErrorKind::invalid_input, origin_of(request.url) +
                                              ": this program was built without TLS and can't speak https; remove "
                                              "NO_TLS from its sloop_add_function");
  auto exchange = std::make_unique<Exchange>();
  exchange->easy.reset(curl_easy_init());
  exchange->sent_headers.reset(header_list(request));
  CURL* easy = exchange->easy.get();
  if (easy == nullptr) return fail(ErrorKind::internal, "libcurl gave no handle: out of memory");
  curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, exchange->sent_headers.get());
  if (!options_.user_agent.empty() && !request.headers.contains("user-agent"))
    curl_easy_setopt(easy, CURLOPT_USERAGENT, options_.user_agent.c_str());
  set_connection_options(easy, options);
  // A call waits for a connection in the making to see whether it can share it. With TLS the handshake tells;
  // without, libcurl would wait for a whole answer.
  curl_easy_setopt(easy, CURLOPT_PIPEWAIT, options_.http2 && secure ? 1L : 0L);
  set_body(easy, request, body);
  return exchange;
}

void CurlTransport::set_connection_options(CURL* easy, const CallOptions& options) const {
  const auto idle = options_.max_idle.count() > 0 ? options_.max_idle : std::chrono::milliseconds(60'000);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  // A name lookup that still runs when a call ends must not be waited for.
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
  // The least that libcurl takes: every call under way has one.
  curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, 16L * 1024);
  curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  const auto connect = options.connect_timeout.count() > 0 ? options.connect_timeout : options_.connect_timeout;
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect.count()));
  curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, std::max(1L, static_cast<long>(idle.count() / 1000)));
  curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
                   static_cast<long>(options_.http2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
  if (!options_.proxies) curl_easy_setopt(easy, CURLOPT_PROXY, "");
  // Roots come from the context callback alone; libcurl would read the bundle whole.
  curl_easy_setopt(easy, CURLOPT_CAINFO, nullptr);
  curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  if (find_tls() == nullptr) return;
  curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, &CurlTransport::on_ssl_context);
  curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, roots_.get());
}

void CurlTransport::set_body(CURL* easy, const Request& request, Body body) const {
  if (body == Body::uploaded) return;
  if (request.method == "HEAD") {
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    return;
  }
  const bool has_body =
      !request.body.empty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
  if (has_body) {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(easy, body == Body::copied ? CURLOPT_COPYPOSTFIELDS : CURLOPT_POSTFIELDS, request.body.data());
  }
  if (request.method != (has_body ? "POST" : "GET"))
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

curl_slist* CurlTransport::header_list(const Request& request) const {
  curl_slist* list = nullptr;
  // libcurl adds these two of its own accord; an empty value takes them away.
  list = curl_slist_append(list, "Expect:");
  if (!request.headers.contains("content-type")) list = curl_slist_append(list, "Content-Type:");
  for (const auto& [name, value] : request.headers)
    list = curl_slist_append(list, (value.empty() ? name + ";" : name + ": " + value).c_str());
  return list;
}

Result<void> CurlTransport::warm_up(const CallOptions& options) {
  struct Attempt {
    std::string origin;
    Request request;
    std::unique_ptr<Exchange> exchange;
  };
  std::vector<Attempt> attempts;
  {
    const std::lock_guard lock(expected_mutex_);
    for (const auto& [origin, connected] : expected_)
      if (!connected) attempts.push_back({origin, {.method = "HEAD", .url = origin + "/"}, nullptr});
  }
  Result<void> result;
  std::erase_if(attempts, [&](Attempt& attempt) {
    auto prepared = prepare(attempt.request, options, Body::borrowed);
    if (!prepared) return result = fail(prepared.error()), true;
    attempt.exchange = std::move(*prepared);
    attempt.exchange->limit = options_.max_body;
    engine_->start(*attempt.exchange);
    return false;
  });
  for (auto& [origin, request, exchange] : attempts) {
    const auto waited = engine_->wait(options, [&attempted = exchange] { return attempted->done; });
    engine_->remove(*exchange);
    if (!waited) {
      result = fail(waited.error().within(origin));
    } else if (exchange->code != CURLE_OK) {
      result = fail(error_of(*exchange, origin, *roots_));
    } else {
      const std::lock_guard lock(expected_mutex_);
      expected_[origin] = true;
    }
  }
  return result;
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

CurlOptions CurlOptions::from_env() {
  return {.ca_file = variable("SSL_CERT_FILE"), .ca_directory = variable("SSL_CERT_DIR")};
}

std::shared_ptr<Transport> make_curl_transport_with(CurlOptions options, StartUpload start) {
  return std::make_shared<CurlTransport>(std::move(options), start);
}

std::shared_ptr<Transport> make_curl_transport(CurlOptions options) {
  return make_curl_transport_with(std::move(options), nullptr);
}

std::shared_ptr<Transport> default_transport() {
  static const auto transport = make_curl_transport(CurlOptions::from_env());
  return transport;
}

}  // namespace sloop::http
