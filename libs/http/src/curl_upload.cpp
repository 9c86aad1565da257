// SPDX-License-Identifier: Apache-2.0
#include "curl_upload.hpp"

#include <algorithm>
#include <cstring>

#include "curl_error.hpp"
#include "url.hpp"

namespace sloop::http {
namespace {

// A long write is handed over in pieces of this size, so that it isn't held twice.
constexpr std::size_t kPiece = 256u * 1024u;

}  // namespace

std::unique_ptr<UploadStream> CurlUpload::start(std::shared_ptr<CurlEngine> engine, std::shared_ptr<TrustRoots> roots,
                                                std::unique_ptr<Exchange> exchange, const CallOptions& options,
                                                const Request& request) {
  std::unique_ptr<CurlUpload> upload(
      new CurlUpload(std::move(engine), std::move(roots), std::move(exchange), options, origin_of(request.url)));
  upload->attach(request);
  upload->engine_->start(*upload->exchange_);
  return upload;
}

CurlUpload::CurlUpload(std::shared_ptr<CurlEngine> engine, std::shared_ptr<TrustRoots> roots,
                       std::unique_ptr<Exchange> exchange, CallOptions options, std::string place)
    : engine_(std::move(engine)),
      roots_(std::move(roots)),
      exchange_(std::move(exchange)),
      options_(std::move(options)),
      place_(std::move(place)) {}

CurlUpload::~CurlUpload() {
  engine_->remove(*exchange_);
}

void CurlUpload::attach(const Request& request) {
  CURL* easy = exchange_->easy.get();
  pending_ = request.body;
  // Trailers exist in chunks of HTTP/1.1 only; without a size libcurl sends chunks.
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  curl_easy_setopt(easy, CURLOPT_READFUNCTION, &CurlUpload::on_read);
  curl_easy_setopt(easy, CURLOPT_READDATA, this);
  curl_easy_setopt(easy, CURLOPT_TRAILERFUNCTION, &CurlUpload::on_trailers);
  curl_easy_setopt(easy, CURLOPT_TRAILERDATA, this);
  // A body that is gone when it is sent can't be sent again over another connection when an idle one proves dead.
  curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
}

std::size_t CurlUpload::on_read(char* to, std::size_t size, std::size_t count, void* upload) {
  auto& self = *static_cast<CurlUpload*>(upload);
  const std::size_t length = std::min(size * count, self.pending_.size() - self.sent_);
  self.hungry_ = length == 0;
  if (length == 0) return self.ended_ ? 0 : CURL_READFUNC_PAUSE;
  std::memcpy(to, self.pending_.data() + self.sent_, length);
  self.sent_ += length;
  return length;
}

int CurlUpload::on_trailers(curl_slist** list, void* upload) {
  for (const auto& [name, value] : static_cast<CurlUpload*>(upload)->trailers_)
    *list = curl_slist_append(*list, (name + ": " + value).c_str());
  return CURL_TRAILERFUNC_OK;
}

Result<void> CurlUpload::write(std::string_view bytes) {
  if (failure_) return fail(*failure_);
  if (ended_) return fail(ErrorKind::internal, "a body is written to after its end");
  while (!bytes.empty()) {
    const auto piece = bytes.substr(0, kPiece);
    if (auto written = write_piece(piece); !written) return written;
    bytes.remove_prefix(piece.size());
  }
  return {};
}

Result<void> CurlUpload::write_piece(std::string_view bytes) {
  engine_->feed(*exchange_, [&] {
    pending_.erase(0, sent_).append(bytes);
    sent_ = 0;
    hungry_ = false;
  });
  const auto waited = engine_->wait(options_, [&] { return hungry_ || exchange_->done; });
  if (!waited) return remember(waited.error().within(place_));
  if (exchange_->done) return remember(early_end());
  return {};
}

Error CurlUpload::early_end() const {
  if (exchange_->code != CURLE_OK) return error_of(*exchange_, place_, *roots_);
  return {.kind = kind_of_status(exchange_->status),
          .message = place_ + ": answered status " + std::to_string(exchange_->status) + " before the body had ended",
          .status = exchange_->status};
}

Result<Response> CurlUpload::finish(const Headers& trailers) {
  if (failure_) return fail(*failure_);
  if (auto checked = check_headers(trailers); !checked) return fail(checked.error());
  engine_->feed(*exchange_, [&] {
    trailers_ = trailers;
    ended_ = true;
  });
  const auto waited = engine_->wait(options_, [&] { return exchange_->done; });
  if (!waited) return remember(waited.error().within(place_));
  if (exchange_->code != CURLE_OK) return remember(error_of(*exchange_, place_, *roots_));
  return Response{
      .status = exchange_->status, .headers = std::move(exchange_->headers), .body = std::move(exchange_->body)};
}

std::unexpected<Error> CurlUpload::remember(Error error) {
  failure_ = error;
  return fail(std::move(error));
}

std::shared_ptr<Transport> make_curl_upload_transport(CurlOptions options) {
  return make_curl_transport_with(std::move(options), &CurlUpload::start);
}

}  // namespace sloop::http
