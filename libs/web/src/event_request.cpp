// SPDX-License-Identifier: Apache-2.0
//
// Events to requests. Sources: AWS Lambda Developer Guide (API Gateway, Function URLs, ALB); Amazon VPC Lattice User
// Guide, "Lambda functions as targets".
#include <cstdlib>

#include "sloop/core/base64.hpp"
#include "sloop/core/percent.hpp"
#include "sloop/web/event.hpp"

namespace sloop::web {
namespace {

using sloop::find;

// What may stand in a query's name or value without an escape.
constexpr std::string_view kQueryCharacters = "!$'()*,:;@/?";

std::string_view view(const Json& value) {
  return value.is_string() ? std::string_view(value.get_string()) : std::string_view();
}

std::unexpected<Error> odd(std::string_view what) {
  return fail(ErrorKind::invalid_input, "the HTTP event is odd: " + std::string(what));
}

/// Builds one request from one event; the first oddity is kept.
class Reader {
 public:
  Reader(Trigger trigger, Json event) { request_ = {.trigger = trigger, .event = std::move(event)}; }

  Result<Request> read(std::string_view trace_id, const EventOptions& options) {
    read_method();
    read_path(options);
    read_query();
    read_headers();
    if (!trace_id.empty()) request_.headers.set("x-amzn-trace-id", std::string(trace_id));
    complete_host();
    if (const auto proto = request_.headers.get("x-forwarded-proto"); proto && !proto->empty())
      request_.scheme = *proto;
    read_body();
    if (oddity_) return odd(oddity_);
    return std::move(request_);
  }

 private:
  [[nodiscard]] const Json& event() const { return request_.event; }
  [[nodiscard]] std::string_view context_text(std::string_view key) const {
    const Json* context = find(event(), "requestContext");
    return context == nullptr ? std::string_view() : find_string(*context, key);
  }

  void read_method() {
    std::string_view method = find_string(event(), "httpMethod");
    if (request_.trigger == Trigger::http_api || request_.trigger == Trigger::function_url) {
      if (const Json* http = find(event(), {"requestContext", "http"})) method = find_string(*http, "method");
    } else if (request_.trigger == Trigger::lattice_v1 || request_.trigger == Trigger::lattice_v2) {
      method = find_string(event(), "method");
    } else if (method.empty() && request_.trigger == Trigger::websocket) {
      method = "POST";
    }
    if (!is_header(method, "")) oddity_ = "it has no method";
    request_.method = method;
  }

  void read_path(const EventOptions& options) {
    const Trigger trigger = request_.trigger;
    const bool v2 = trigger == Trigger::http_api || trigger == Trigger::function_url;
    std::string_view path = find_string(event(), v2 ? "rawPath" : trigger == Trigger::lattice_v1 ? "raw_path" : "path");
    if (trigger == Trigger::lattice_v1 || trigger == Trigger::lattice_v2) {
      const std::size_t question = std::min(path.find('?'), path.size());
      request_.query = path.substr(std::min(question + 1, path.size()));
      path = path.substr(0, question);
    }
    request_.path = path.starts_with('/') ? std::string(path) : "/" + std::string(path);
    if (!path.empty() && (v2 || trigger == Trigger::rest_api || trigger == Trigger::websocket)) read_stage(v2, options);
  }

  /// A REST API's path lacks the stage, an HTTP API's has it, unless a domain of one's own is in front of them.
  void read_stage(bool v2, const EventOptions& options) {
    const std::string_view stage = context_text("stage");
    if (stage.empty() || stage == "$default") return;
    const std::string prefix = "/" + std::string(stage);
    const bool there = request_.path.starts_with(prefix) &&
                       (request_.path.size() == prefix.size() || request_.path[prefix.size()] == '/');
    if (!there && options.ignore_stage) return;
    if (!there) request_.path.insert(0, prefix);
    if (!there || v2) request_.base_path = prefix;
  }

  void read_query() {
    if (request_.trigger == Trigger::http_api || request_.trigger == Trigger::function_url) {
      // The parsed map joins repeated names by commas: it can't be told apart from commas in a value.
      request_.query = find_string(event(), "rawQueryString");
      return;
    }
    if (!request_.query.empty()) return;
    const Json* multiple = find(event(), "multiValueQueryStringParameters");
    const bool use_multiple = multiple != nullptr && multiple->is_object() && !multiple->get_object().empty();
    const bool lattice_v1 = request_.trigger == Trigger::lattice_v1;
    const Json* map =
        use_multiple ? multiple : find(event(), lattice_v1 ? "query_string_parameters" : "queryStringParameters");
    if (map == nullptr || !map->is_object()) return;
    for (const auto& member : map->get_object()) {
      if (const auto* values = member.value().if_array())
        for (const Json& value : *values) add_parameter(member.key(), view(value));
      else
        add_parameter(member.key(), view(member.value()));
    }
  }

  void add_parameter(std::string_view name, std::string_view value) {
    if (!request_.query.empty()) request_.query += '&';
    // A load balancer leaves names and values encoded; the others decode them.
    const bool encoded = request_.trigger == Trigger::load_balancer;
    request_.query += encoded ? std::string(name) : encode_percent(name, kQueryCharacters);
    request_.query += '=';
    request_.query += encoded ? std::string(value) : encode_percent(value, kQueryCharacters);
  }

  void read_headers() {
    const Json* multiple = find(event(), "multiValueHeaders");
    const JsonObject* lists = multiple != nullptr ? multiple->if_object() : nullptr;
    if (lists != nullptr)
      for (const auto& member : *lists) add_header(member.key(), member.value());
    const Json* single = find(event(), "headers");
    if (single != nullptr && single->is_object())
      for (const auto& member : single->get_object())
        if (lists == nullptr || !lists->contains(member.key())) add_header(member.key(), member.value());
    const Json* cookies = find(event(), "cookies");
    if (cookies == nullptr || !cookies->is_array() || cookies->get_array().empty()) return;
    std::string joined;
    for (const Json& cookie : cookies->get_array()) {
      if (!joined.empty()) joined += "; ";
      joined += view(cookie);
    }
    add_field("cookie", joined);
  }

  void add_header(std::string_view name, const Json& value) {
    if (const auto* values = value.if_array()) {
      for (const Json& one : *values) add_field(name, view(one));
    } else if (value.is_string()) {
      add_field(name, view(value));
    } else if (!value.is_null()) {
      oddity_ = "the value of a header is no text";
    }
  }

  void add_field(std::string_view name, std::string_view value) {
    if (!is_header(name, value))
      oddity_ = "a header is none that HTTP allows";
    else
      request_.headers.add(std::string(name), std::string(value));
  }

  void complete_host() {
    if (request_.headers.contains("host")) return;
    const std::string_view domain = context_text("domainName");
    if (!domain.empty()) add_field("host", domain);
  }

  void read_body() {
    JsonObject& object = request_.event.get_object();
    Json* body = object.if_contains("body");
    if (body == nullptr || body->is_null()) return;
    if (!body->is_string()) {
      oddity_ = "the body is no text";
      return;
    }
    const Json* flag =
        object.if_contains(request_.trigger == Trigger::lattice_v1 ? "is_base64_encoded" : "isBase64Encoded");
    // VPC Lattice writes its flag as a text in the first version.
    const bool base64 = flag != nullptr && ((flag->is_bool() && flag->get_bool()) || view(*flag) == "true");
    if (base64) {
      auto bytes = decode_base64(view(*body));
      if (!bytes) oddity_ = "the body should be base64 and is not";
      request_.body = std::move(bytes).value_or("");
    } else {
      request_.body = view(*body);
    }
    *body = nullptr;
  }

  Request request_;
  const char* oddity_ = nullptr;
};

}  // namespace

EventOptions EventOptions::from_env() {
  const char* ignore = std::getenv("AWS_LAMBDA_HTTP_IGNORE_STAGE_IN_PATH");
  const std::string_view value = ignore != nullptr ? ignore : "";
  return {.ignore_stage = !value.empty() && value != "false" && value != "0"};
}

Trigger trigger_of(const Json& event) {
  const Json* context = find(event, "requestContext");
  const bool has_context = context != nullptr && context->is_object();
  if (has_context && find(*context, "elb") != nullptr) return Trigger::load_balancer;
  if (has_context && find(*context, "connectionId") != nullptr) return Trigger::websocket;
  if (has_context && find(*context, "http") != nullptr)
    return find_string(*context, "domainName").contains(".lambda-url.") ? Trigger::function_url : Trigger::http_api;
  if (!find_string(event, "httpMethod").empty()) return Trigger::rest_api;
  if (find_string(event, "method").empty()) return Trigger::none;
  if (find(event, "raw_path") != nullptr) return Trigger::lattice_v1;
  return has_context && find(event, "path") != nullptr ? Trigger::lattice_v2 : Trigger::none;
}

Result<Request> request_of(Trigger trigger, Json event, std::string_view trace_id, const EventOptions& options) {
  if (trigger == Trigger::none || !event.is_object())
    return fail(ErrorKind::invalid_input,
                "this is no HTTP event: neither of API Gateway, a Function URL, a load balancer nor VPC Lattice");
  return Reader(trigger, std::move(event)).read(trace_id, options);
}

}  // namespace sloop::web
