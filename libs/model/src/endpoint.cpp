// SPDX-License-Identifier: Apache-2.0
#include "endpoint.hpp"

#include <cstdlib>

#include "address.hpp"
#include "sloop/http/curl_transport.hpp"
#include "sloop/model/dialects/wires.hpp"

namespace sloop {
namespace {

std::string from_environment(std::string_view variable) {
  const char* value = std::getenv(std::string(variable).c_str());
  return value != nullptr ? value : "";
}

std::string known_providers() {
  std::string names;
  for (const auto& provider : providers()) names += (names.empty() ? "" : ", ") + std::string(provider.name);
  return names;
}

std::string first_not_empty(const std::string& first, const std::string& second, std::string_view third) {
  if (!first.empty()) return first;
  return second.empty() ? std::string(third) : second;
}

/// The key of the options, else of the first variable that is set.
std::string key_of(const Provider& provider, const ModelOptions& options) {
  if (!options.api_key.empty()) return options.api_key;
  for (const auto variable : provider.key_variables)
    if (!variable.empty())
      if (auto key = from_environment(variable); !key.empty()) return key;
  return "";
}

Result<std::string> base_url_of(const Provider& provider, const dialects::Wire& wire, const ModelOptions& options,
                                std::string_view model) {
  std::string url = first_not_empty(options.base_url, from_environment(provider.base_url_variable), provider.base_url);
  if (wire.locate != nullptr) url = wire.locate(std::move(url));
  if (url.empty())
    return fail(ErrorKind::invalid_input, "no address for " + std::string(provider.name) + ": set " +
                                              (wire.locate != nullptr ? "AWS_REGION, " : "") +
                                              std::string(provider.base_url_variable) + " or give a base URL");
  // OLLAMA_HOST is a host and a port by custom.
  if (provider.dialect == Dialect::ollama && !url.contains("://")) url = "http://" + url;
  if (!url.starts_with("http://") && !url.starts_with("https://"))
    return fail(ErrorKind::invalid_input, "the base URL of " + std::string(provider.name) +
                                              " is no http or https address; correct " +
                                              std::string(provider.base_url_variable));
  const std::string version = from_environment(provider.version_variable);
  return version.empty()
             ? with_base_path(std::move(url), provider.base_path)
             : with_api_version(std::move(url), provider.dialect == Dialect::openai_responses ? "" : model, version);
}

}  // namespace

Result<Endpoint> Endpoint::open(const Provider& provider, const ModelOptions& options, std::string_view model) {
  const dialects::Wire* wire = dialects::find_wire(provider.dialect);
  if (wire == nullptr)
    return fail(ErrorKind::unsupported, "this program is linked without the wire format " +
                                            std::string(to_string(provider.dialect)) +
                                            "; name it in the DIALECTS of sloop_add_function");
  auto base_url = base_url_of(provider, *wire, options, model);
  if (!base_url) return fail(base_url.error());
  const auto transport = options.transport ? options.transport : http::default_transport();
  Endpoint out;
  out.provider_ = &provider;
  auto key = key_of(provider, options);
  const bool sign = key.empty() && wire->authenticator != nullptr;
  if (options.authenticator)
    out.authenticator_ = options.authenticator;
  else
    out.authenticator_ =
        sign ? wire->authenticator(*base_url, transport) : key_authenticator(provider.authentication, std::move(key));
  out.base_url_ = std::move(*base_url);
  out.transport_ = http::with_retries(transport, options.retry);
  out.timeouts_ = options.timeouts;
  out.transport_->expect(out.base_url_);
  return out;
}

Result<http::Request> Endpoint::request(std::string_view method, std::string_view path, std::string_view accept,
                                        std::string body, const CallOptions& options,
                                        std::string_view content_type) const {
  http::Request out{.method = std::string(method), .url = address_of(base_url_, path), .body = std::move(body)};
  if (!out.body.empty()) out.headers.add("content-type", std::string(content_type));
  out.headers.add("accept", std::string(accept));
  if (auto applied = authenticator_->apply(out, options); !applied) return fail(applied.error());
  return out;
}

Result<http::Response> Endpoint::post(std::string_view path, const JsonObject& body, const CallOptions& options) const {
  return send("POST", path, write_json(body), options);
}

Result<http::Response> Endpoint::send(std::string_view method, std::string_view path, std::string body,
                                      const CallOptions& options, std::string_view content_type,
                                      std::string_view accept) const {
  const CallOptions limits = limited(options);
  const auto sent = request(method, path, accept, std::move(body), limits, content_type);
  if (!sent) return fail(sent.error());
  return transport_->send(*sent, limits);
}

CallOptions Endpoint::limited(CallOptions options) const {
  if (options.deadline.is_never()) options.deadline = Deadline::after(timeouts_.whole);
  if (options.connect_timeout.count() == 0) options.connect_timeout = timeouts_.connect;
  return options;
}

Result<NamedModel> named_model(std::string_view name, const ModelOptions& options) {
  const std::size_t slash = name.find('/');
  const std::string quoted = "'" + std::string(name) + "'";
  if (slash == std::string_view::npos || slash == 0 || slash + 1 == name.size())
    return fail(ErrorKind::invalid_input,
                "the model " + quoted + " is not of the form provider/model; write for instance openai/gpt-4o");
  const Provider* provider = find_provider(name.substr(0, slash));
  if (provider == nullptr)
    return fail(ErrorKind::invalid_input,
                "the provider of model " + quoted + " is unknown; known are: " + known_providers());
  if (!has_key(*provider, options))
    return fail(ErrorKind::unauthenticated,
                "no API key for model " + quoted + ": set " + std::string(provider->key_variables.front()));
  return NamedModel{.provider = *provider, .model = std::string(name.substr(slash + 1))};
}

bool has_key(const Provider& provider, const ModelOptions& options) {
  return provider.key_optional || options.authenticator != nullptr || !key_of(provider, options).empty();
}

}  // namespace sloop
