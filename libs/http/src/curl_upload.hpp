// SPDX-License-Identifier: Apache-2.0
//
// A request body in chunks, over libcurl: bytes are handed over when libcurl asks for them, and it is told to wait
// meanwhile.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "curl_engine.hpp"
#include "sloop/http/curl_transport.hpp"
#include "sloop/http/transport.hpp"
#include "trust_roots.hpp"

namespace sloop::http {

/// Begins to send `request`, for which `exchange` is prepared but for its body.
using StartUpload = std::unique_ptr<UploadStream> (*)(std::shared_ptr<CurlEngine> engine,
                                                      std::shared_ptr<TrustRoots> roots,
                                                      std::unique_ptr<Exchange> exchange, const CallOptions& options,
                                                      const Request& request);

/// The transport of `make_curl_transport` with `start` for its uploads.
[[nodiscard]] std::shared_ptr<Transport> make_curl_transport_with(CurlOptions options, StartUpload start);

class CurlUpload final : public UploadStream {
 public:
  /// A `StartUpload`.
  static std::unique_ptr<UploadStream> start(std::shared_ptr<CurlEngine> engine, std::shared_ptr<TrustRoots> roots,
                                             std::unique_ptr<Exchange> exchange, const CallOptions& options,
                                             const Request& request);
  ~CurlUpload() override;

  Result<void> write(std::string_view bytes) override;
  Result<Response> finish(const Headers& trailers) override;

 private:
  CurlUpload(std::shared_ptr<CurlEngine> engine, std::shared_ptr<TrustRoots> roots, std::unique_ptr<Exchange> exchange,
             CallOptions options, std::string place);
  void attach(const Request& request);
  static std::size_t on_read(char* to, std::size_t size, std::size_t count, void* upload);
  static int on_trailers(curl_slist** list, void* upload);
  Result<void> write_piece(std::string_view bytes);
  [[nodiscard]] Error early_end() const;
  std::unexpected<Error> remember(Error error);

  std::shared_ptr<CurlEngine> engine_;
  std::shared_ptr<TrustRoots> roots_;
  std::unique_ptr<Exchange> exchange_;
  CallOptions options_;
  std::string place_;
  std::optional<Error> failure_;
  // Changed only while the engine's mutex is held.
  std::string pending_;
  std::size_t sent_ = 0;  // of `pending_`
  Headers trailers_;
  bool ended_ = false;
  bool hungry_ = false;  // libcurl has sent everything and asked for more
};

}  // namespace sloop::http
