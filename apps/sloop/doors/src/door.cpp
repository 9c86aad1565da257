// SPDX-License-Identifier: Apache-2.0
#include "sloop/doors/door.hpp"

#include "event_parts.hpp"
#include "proxy_reply.hpp"
#include "sloop/core/percent.hpp"
#include "sloop/core/utf8.hpp"
#include "sloop/doors/prelude.hpp"
#include "sloop/emulator/runtime_api.hpp"

namespace sloop::doors {
namespace {

constexpr std::size_t kBalancerLimit = 1024 * 1024;

/// The door's own answer; each speaks in its own way.
Answer own_answer(DoorKind kind, int status, std::string_view text) {
  switch (kind) {
    case DoorKind::url:
      return {status, {{"content-type", "application/json"}}, write_json(JsonObject{{"Message", text}})};
    case DoorKind::load_balancer: {
      const std::string title = std::to_string(status) + " " + std::string(text);
      return {status,
              {{"content-type", "text/html"}},
              "<html>\r\n<head><title>" + title + "</title></head>\r\n<body><center><h1>" + title +
                  "</h1></center></body>\r\n</html>\r\n"};
    }
    default: return {status, {{"content-type", "application/json"}}, write_json(JsonObject{{"message", text}})};
  }
}

/// The path behind the stage, or nothing when it is another's.
std::optional<std::string> path_behind_stage(std::string_view path, const std::string& stage) {
  if (stage.empty()) return std::string(path);
  if (!path.starts_with('/') || path.substr(1, stage.size()) != stage) return std::nullopt;
  const auto rest = path.substr(1 + stage.size());
  if (rest.empty()) return "/";
  return rest.starts_with('/') ? std::optional<std::string>(rest) : std::nullopt;
}

/// An HTTP API hands the path over decoded, and takes a decoded question mark for the end of the path.
std::string http_api_path(std::string_view path) {
  std::string decoded = mend_utf8(decode_percent(path));
  return decoded.substr(0, decoded.find('?'));
}

std::vector<Route> routes_of(const DoorOptions& options) {
  if (!options.routes.empty()) return options.routes;
  if (options.kind == DoorKind::http_api) return {Route{}};
  return {{"ANY", "/"}, {"ANY", "/{proxy+}"}};
}

std::variant<std::string, Answer> enter_api(const DoorOptions& options, const serve::Request& request,
                                            const Visit& visit) {
  const bool http_api = options.kind == DoorKind::http_api;
  const std::string whole = http_api ? http_api_path(request.path()) : mend_utf8(request.path());
  const auto path = path_behind_stage(whole, stage_of(options));
  if (!path) return own_answer(options.kind, http_api ? 404 : 403, http_api ? "Not Found" : "Forbidden");
  auto match = find_route(routes_of(options), request.method, *path);
  if (!match) {
    if (http_api) return own_answer(options.kind, 404, "Not Found");
    return own_answer(options.kind, 403, "Missing Authentication Token");
  }
  if (http_api) return write_json(http_api_event(options, request, *match, *path, visit));
  for (auto& [name, value] : match->parameters) value = mend_utf8(decode_percent(value));
  return write_json(rest_api_event(options, request, *match, *path, visit));
}

ReplyRules rules_of(const DoorOptions& options, const serve::Request& request) {
  switch (options.kind) {
    case DoorKind::rest_api: {
      // Bytes only for clients that ask for a binary media type first of all.
      const auto accept = request.headers.get_or("accept", "");
      return {.multiple = true, .binary = holds_media_type(options.binary, accept.substr(0, accept.find(',')))};
    }
    case DoorKind::load_balancer: return {.single = !options.multi_value, .multiple = options.multi_value};
    default: return {.v2 = true};
  }
}

Result<Answer> read_result(const DoorOptions& options, const serve::Request& request, const Outcome& outcome) {
  if (outcome.content_type != kPreludeType) return read_reply(outcome.body, rules_of(options, request));
  PreludeReader reader;
  auto body = reader.feed(outcome.body);
  if (!body) return fail(body.error());
  if (!reader.head()) return fail(ErrorKind::bad_reply, "the prelude of the stream has no end");
  Answer answer = *reader.head();
  answer.body = std::move(*body);
  return answer;
}

bool has_cors(DoorKind kind) {
  return kind == DoorKind::url || kind == DoorKind::http_api;
}

}  // namespace

std::variant<std::string, Answer> enter(const DoorOptions& options, const serve::Request& request, const Visit& visit) {
  if (has_cors(options.kind))
    if (auto headers = answer_preflight(options.cors, request.method, request.headers))
      return Answer{.status = options.kind == DoorKind::url ? 200 : 204, .headers = std::move(*headers)};
  if (options.kind == DoorKind::load_balancer && request.body.size() > kBalancerLimit)
    return own_answer(options.kind, 413, "Request Entity Too Large");
  std::variant<std::string, Answer> entry;
  switch (options.kind) {
    case DoorKind::url: entry = write_json(function_url_event(request, visit)); break;
    case DoorKind::load_balancer: entry = write_json(load_balancer_event(options, request, visit)); break;
    default: entry = enter_api(options, request, visit);
  }
  const auto* event = std::get_if<std::string>(&entry);
  if (event != nullptr && event->size() > emulator::kMaxPayload)
    return own_answer(options.kind, 413, "Request Entity Too Large");
  return entry;
}

Answer leave(const DoorOptions& options, const serve::Request& request, const Outcome& outcome) {
  auto answer = outcome.failed ? Result<Answer>(fail(ErrorKind::bad_reply, "the function failed"))
                               : read_result(options, request, outcome);
  if (answer && options.kind == DoorKind::load_balancer && answer->body.size() > kBalancerLimit)
    answer = fail(ErrorKind::too_large, "the reply is larger than a load balancer takes");
  if (!answer) answer = failure_answer(options.kind, outcome.timed_out);
  if (has_cors(options.kind)) apply_cors(options.cors, request.headers, answer->headers);
  return std::move(*answer);
}

Answer failure_answer(DoorKind kind, bool timed_out) {
  switch (kind) {
    case DoorKind::url: return own_answer(kind, timed_out ? 504 : 502, "Internal Server Error");
    case DoorKind::http_api:
      return timed_out ? own_answer(kind, 503, "Service Unavailable") : own_answer(kind, 500, "Internal Server Error");
    case DoorKind::rest_api:
      return timed_out ? own_answer(kind, 504, "Endpoint request timed out")
                       : own_answer(kind, 502, "Internal server error");
    case DoorKind::load_balancer:
      return timed_out ? own_answer(kind, 504, "Gateway Time-out") : own_answer(kind, 502, "Bad Gateway");
  }
  return {};
}

}  // namespace sloop::doors
