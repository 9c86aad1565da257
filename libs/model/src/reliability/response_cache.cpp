// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/response_cache.hpp"

#include <openssl/evp.h>

#include <array>

#include "sloop/core/json.hpp"
#include "sloop/http/curl_transport.hpp"
#include "sloop/model/dialects/wires.hpp"

namespace sloop {
namespace {

/// What is kept of an answer: its type in the first line, the body behind.
std::string packed(std::string_view type, std::string_view body) {
  return std::string(type) + '\n' + std::string(body);
}

http::Response unpacked(std::string_view kept) {
  const auto line = kept.substr(0, kept.find('\n'));
  http::Response out{.status = 200, .headers = {{"content-type", std::string(line)}}};
  out.body = kept.substr(std::min(line.size() + 1, kept.size()));
  return out;
}

/// Whether an answer is complete and holds no error, by the format's own decoder.
bool is_good(const dialects::Wire& wire, const http::Response& answer) {
  if (answer.status != 200) return false;
  const auto type = answer.headers.get_or("content-type", "");
  if (type.contains('\n')) return false;
  if (!type.starts_with(wire.stream_type))
    return wire.decode_whole(answer.status, answer.headers, answer.body).has_value();
  const auto decoder = wire.event_decoder();
  std::vector<StreamEvent> events;
  return decoder->feed(answer.body, events).has_value() && decoder->finish(events).has_value();
}

class Cache {
 public:
  Cache(const dialects::Wire& wire, std::shared_ptr<ResponseStore> store) : wire_(wire), store_(std::move(store)) {}

  [[nodiscard]] std::optional<http::Response> find(const std::string& key) const {
    const auto kept = store_->get(key);
    if (!kept) return std::nullopt;
    auto answer = unpacked(*kept);
    // A file may have been damaged.
    if (!is_good(wire_, answer)) return std::nullopt;
    return answer;
  }
  void keep(const std::string& key, const http::Response& answer) const {
    if (is_good(wire_, answer)) store_->put(key, packed(answer.headers.get_or("content-type", ""), answer.body));
  }

 private:
  const dialects::Wire& wire_;
  std::shared_ptr<ResponseStore> store_;
};

/// An answer that is there already.
class KeptStream final : public http::BodyStream {
 public:
  explicit KeptStream(http::Response answer) : answer_(std::move(answer)) {}

  Result<void> wait_head() override { return {}; }
  [[nodiscard]] int status() const override { return answer_.status; }
  [[nodiscard]] const Headers& headers() const override { return answer_.headers; }
  [[nodiscard]] bool ready() override { return true; }
  Result<std::string_view> read() override {
    if (std::exchange(read_, true)) return std::string_view();
    return std::string_view(answer_.body);
  }

 private:
  http::Response answer_;
  bool read_ = false;
};

/// Keeps what it hands out once it has come to a good end.
class KeepingStream final : public http::BodyStream {
 public:
  KeepingStream(std::unique_ptr<http::BodyStream> stream, std::shared_ptr<const Cache> cache, std::string key)
      : stream_(std::move(stream)), cache_(std::move(cache)), key_(std::move(key)) {}

  Result<void> wait_head() override { return stream_->wait_head(); }
  [[nodiscard]] int status() const override { return stream_->status(); }
  [[nodiscard]] const Headers& headers() const override { return stream_->headers(); }
  [[nodiscard]] bool ready() override { return stream_->ready(); }
  void set_deadline(Deadline deadline) override { stream_->set_deadline(deadline); }
  Result<std::string_view> read() override {
    auto bytes = stream_->read();
    if (!bytes || kept_) return bytes;
    body_ += *bytes;
    if (bytes->empty()) {
      cache_->keep(key_, {.status = status(), .headers = headers(), .body = std::move(body_)});
      kept_ = true;
    }
    return bytes;
  }

 private:
  std::unique_ptr<http::BodyStream> stream_;
  std::shared_ptr<const Cache> cache_;
  std::string key_;
  std::string body_;
  bool kept_ = false;
};

class CachingTransport final : public http::Transport {
 public:
  CachingTransport(std::shared_ptr<http::Transport> inner, std::shared_ptr<const Cache> cache)
      : inner_(std::move(inner)), cache_(std::move(cache)) {}

  Result<http::Response> send(const http::Request& request, const CallOptions& options) override {
    if (request.method != "POST") return inner_->send(request, options);
    const auto key = response_key(request);
    if (auto kept = cache_->find(key)) return std::move(*kept);
    auto answer = inner_->send(request, options);
    if (answer) cache_->keep(key, *answer);
    return answer;
  }

  Result<std::unique_ptr<http::BodyStream>> start(const http::Request& request, const CallOptions& options) override {
    if (request.method != "POST") return inner_->start(request, options);
    auto key = response_key(request);
    if (auto kept = cache_->find(key)) return std::make_unique<KeptStream>(std::move(*kept));
    auto stream = inner_->start(request, options);
    if (!stream) return stream;
    return std::make_unique<KeepingStream>(std::move(*stream), cache_, std::move(key));
  }

  [[nodiscard]] std::uint64_t progress() const override { return inner_->progress(); }
  Result<void> wait_progress(std::uint64_t seen, const CallOptions& options) override {
    return inner_->wait_progress(seen, options);
  }
  void expect(std::string_view url) override { inner_->expect(url); }
  Result<void> warm_up(const CallOptions& options) override { return inner_->warm_up(options); }

 private:
  std::shared_ptr<http::Transport> inner_;
  std::shared_ptr<const Cache> cache_;
};

}  // namespace

std::string response_key(const http::Request& request) {
  const std::string text = request.method + '\n' + request.url + '\n' + request.body;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (unsigned i = 0; i < size; ++i) {
    out += kDigits[digest[i] >> 4U];
    out += kDigits[digest[i] & 15U];
  }
  return out;
}

std::shared_ptr<http::Transport> caching_transport(Dialect dialect, std::shared_ptr<ResponseStore> store,
                                                   std::shared_ptr<http::Transport> inner) {
  if (!inner) inner = http::default_transport();
  const dialects::Wire* wire = dialects::find_wire(dialect);
  // A model of a format that is not linked can't be opened either.
  if (wire == nullptr) return inner;
  return std::make_shared<CachingTransport>(std::move(inner), std::make_shared<Cache>(*wire, std::move(store)));
}

}  // namespace sloop
