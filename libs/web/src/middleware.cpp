// SPDX-License-Identifier: Apache-2.0
#include "sloop/web/middleware.hpp"

#include <sys/random.h>

#include <algorithm>

namespace sloop::web {
namespace {

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const auto& text : texts) out.append(out.empty() ? "" : ", ").append(text);
  return out;
}

/// What `Access-Control-Allow-Origin` says; empty when the origin may not.
std::string allowed_origin(const CorsOptions& options, std::string_view origin) {
  if (options.origins.empty()) return "*";
  return std::ranges::find(options.origins, origin) != options.origins.end() ? std::string(origin) : "";
}

Response preflight(const CorsOptions& options, const Request& request) {
  Response response = empty();
  response.headers.add("access-control-allow-methods", joined(options.methods));
  const std::string headers = options.headers.empty()
                                  ? std::string(request.headers.get_or("access-control-request-headers", ""))
                                  : joined(options.headers);
  if (!headers.empty()) response.headers.add("access-control-allow-headers", headers);
  response.headers.add("access-control-max-age", std::to_string(options.max_age.count()));
  return response;
}

void mark(const CorsOptions& options, const std::string& origin, Response& response) {
  if (!options.origins.empty()) response.headers.add("vary", "origin");
  if (origin.empty()) return;
  response.headers.set("access-control-allow-origin", origin);
  if (options.credentials && origin != "*") response.headers.set("access-control-allow-credentials", "true");
  if (!options.exposed.empty()) response.headers.set("access-control-expose-headers", joined(options.exposed));
}

/// 128 random bits.
std::string random_id() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  unsigned char bits[16] = {};
  (void)::getrandom(bits, sizeof bits, 0);
  std::string id;
  for (const unsigned char byte : bits) {
    id += kDigits[byte >> 4];
    id += kDigits[byte & 15];
  }
  return id;
}

bool is_id(std::string_view text) {
  constexpr std::size_t kMaxId = 128;
  return !text.empty() && text.size() <= kMaxId && std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127; });
}

/// Puts a context in the place of the request's for as long as it lives.
class ContextScope {
 public:
  ContextScope(Request& request, const lambda::Context& context)
      : request_(request), before_(std::exchange(request.context_pointer, &context)) {}
  ~ContextScope() { request_.context_pointer = before_; }
  ContextScope(const ContextScope&) = delete;
  ContextScope& operator=(const ContextScope&) = delete;

 private:
  Request& request_;
  const lambda::Context* before_;
};

}  // namespace

Middleware cors(CorsOptions options) {
  return [options = std::move(options)](Request& request, const Next& next) {
    const auto given = request.headers.get("origin");
    if (!given) return next(request);
    const std::string origin = allowed_origin(options, *given);
    const bool asks = request.method == "OPTIONS" && request.headers.contains("access-control-request-method");
    Response response = asks ? preflight(options, request) : next(request);
    mark(options, origin, response);
    return response;
  };
}

Middleware request_id(std::string header) {
  return [header = std::move(header)](Request& request, const Next& next) {
    std::string id(request.headers.get_or(header, ""));
    if (!is_id(id)) id = request.context().request_id.empty() ? random_id() : request.context().request_id;
    request.headers.set(header, id);
    Response response = next(request);
    response.headers.set(header, std::move(id));
    return response;
  };
}

Middleware body_limit(std::size_t bytes) {
  return [bytes](Request& request, const Next& next) {
    if (request.body.size() <= bytes) return next(request);
    return problem(413, "the body has more than " + std::to_string(bytes) + " bytes");
  };
}

Middleware timeout(std::chrono::milliseconds limit) {
  return [limit](Request& request, const Next& next) {
    lambda::Context context = request.context();
    context.deadline = std::min(context.deadline, Deadline::after(limit));
    const ContextScope scope(request, context);
    Response response = next(request);
    return context.deadline.passed() ? problem(504, "the answer took too long") : response;
  };
}

Middleware access_log() {
  return [](Request& request, const Next& next) {
    const auto start = std::chrono::steady_clock::now();
    Response response = next(request);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    if (const auto& log = request.context().log)
      log->info(request.method + " " + request.path,
                {{"status", Json(response.status)}, {"bytes", Json(response.body.size())}, {"ms", Json(took.count())}});
    return response;
  };
}

}  // namespace sloop::web
