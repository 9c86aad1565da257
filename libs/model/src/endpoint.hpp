// SPDX-License-Identifier: Apache-2.0
//
// A provider's API that can be called: its address, who we are there, and the way to it. What calls of all kinds
// (models, embeddings, lists) have in common.
//
//   auto endpoint = Endpoint::open(*find_provider("openai"), options);
//   auto response = endpoint->post("/embeddings", body, limits);
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "authentication.hpp"
#include "sloop/http/transport.hpp"
#include "sloop/model/model.hpp"
#include "sloop/model/provider.hpp"

namespace sloop {

class Endpoint {
 public:
  /// Does no I/O; tells the transport to expect the address. `model` is for providers whose addresses name it (Azure
  /// with a dated version). Fails with `invalid_input` when there is no address.
  [[nodiscard]] static Result<Endpoint> open(const Provider& provider, const ModelOptions& options,
                                             std::string_view model = {});

  /// A request to `path` below the address, or from the root of its host where `path` begins with `//`, with the proof
  /// of who sends it.
  [[nodiscard]] Result<http::Request> request(std::string_view method, std::string_view path, std::string_view accept,
                                              std::string body, const CallOptions& options,
                                              std::string_view content_type = "application/json") const;
  [[nodiscard]] Result<http::Response> post(std::string_view path, const JsonObject& body,
                                            const CallOptions& options) const;
  [[nodiscard]] Result<http::Response> get(std::string_view path, const CallOptions& options) const {
    return send("GET", path, {}, options);
  }
  /// Any method, with or without a body.
  [[nodiscard]] Result<http::Response> send(std::string_view method, std::string_view path, std::string body,
                                            const CallOptions& options,
                                            std::string_view content_type = "application/json",
                                            std::string_view accept = "application/json") const;

  /// The limits of a call: those of the caller, and the endpoint's where the caller sets none.
  [[nodiscard]] CallOptions limited(CallOptions options) const;
  [[nodiscard]] const Timeouts& timeouts() const { return timeouts_; }
  [[nodiscard]] http::Transport& transport() const { return *transport_; }
  [[nodiscard]] const Provider& provider() const { return *provider_; }

 private:
  Endpoint() = default;

  const Provider* provider_ = nullptr;
  std::string base_url_;
  std::shared_ptr<Authenticator> authenticator_;
  std::shared_ptr<http::Transport> transport_;
  Timeouts timeouts_;
};

/// A provider of the table, and what stands behind the slash.
struct NamedModel {
  const Provider& provider;
  std::string model;
};

/// Reads `provider/model`. Fails with `invalid_input` (form, unknown provider) or `unauthenticated` (no key).
[[nodiscard]] Result<NamedModel> named_model(std::string_view name, const ModelOptions& options);

/// Whether a key for `provider` is given or set.
[[nodiscard]] bool has_key(const Provider& provider, const ModelOptions& options);

}  // namespace sloop
