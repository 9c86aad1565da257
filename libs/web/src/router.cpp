// SPDX-License-Identifier: Apache-2.0
#include "sloop/web/router.hpp"

#include <algorithm>

#include "sloop/core/percent.hpp"

namespace sloop::web {
namespace {

/// The error of a bug: its cause is for the log, not for the client.
Response caught(const Request& request, std::string_view what) {
  if (const auto& log = request.context().log)
    log->error("the handler threw: " + std::string(what), {{"path", Json(request.matched_path)}});
  return problem(500, "");
}

/// `path` without `base`, never empty.
std::string_view behind(std::string_view path, std::string_view base) {
  path.remove_prefix(base.size());
  return path.empty() ? "/" : path;
}

bool is_below(std::string_view path, std::string_view prefix) {
  return path.starts_with(prefix) && (path.size() == prefix.size() || prefix.empty() || path[prefix.size()] == '/');
}

}  // namespace

namespace detail {

Response refusal(const Rejection& rejection) {
  return problem(rejection.status, rejection.detail);
}

}  // namespace detail

Router& Router::use(Middleware middleware) {
  middleware_.push_back(std::move(middleware));
  return *this;
}

Router& Router::add(Route route) {
  auto names = names_in_pattern(route.pattern);
  auto added = names ? tree_.add(route.method, route.pattern, routes_.size()) : Result<void>(fail(names.error()));
  if (!added) {
    errors_.push_back(std::move(added.error()));
    return *this;
  }
  route.names = std::move(*names);
  routes_.push_back(std::move(route));
  return *this;
}

void Router::add_state(detail::StateEntry entry) {
  const auto known = std::ranges::find(states_, entry.key, &detail::StateEntry::key);
  if (known == states_.end())
    states_.push_back(std::move(entry));
  else if (known->value != entry.value)
    errors_.push_back({.kind = ErrorKind::invalid_input, .message = "two values of one type are given as state"});
}

Router& Router::nest(std::string_view prefix, Router other) {
  if (!prefix.empty() && (!prefix.starts_with('/') || prefix.ends_with('/'))) {
    errors_.push_back({.kind = ErrorKind::invalid_input,
                       .message = "prefix '" + std::string(prefix) + "' must begin with '/' and not end with it"});
    return *this;
  }
  for (Route& route : other.routes_) {
    auto& own = route.options.middleware;
    own.insert(own.begin(), other.middleware_.begin(), other.middleware_.end());
    if (!prefix.empty()) route.pattern = std::string(prefix) + (route.pattern == "/" ? "" : route.pattern);
    add(std::move(route));
  }
  for (auto& entry : other.states_) add_state(std::move(entry));
  for (auto& fallback : other.fallbacks_)
    fallbacks_.push_back({std::string(prefix) + fallback.prefix, fallback.endpoint});
  errors_.insert(errors_.end(), other.errors_.begin(), other.errors_.end());
  return *this;
}

Response Router::handle(Request request, const lambda::Context& context) const {
  request.context_pointer = &context;
  request.states = &states_;
  const std::string method = request.method;
  const Endpoint endpoint = [this](Request& inner) { return dispatch(inner); };
  // What middleware throws is caught too; a handler's exception has become a response before middleware sees it.
  Response response;
  try {
    response = Next(middleware_, endpoint)(request);
  } catch (const std::exception& exception) {
    response = caught(request, exception.what());
  } catch (...) {
    response = caught(request, "something that is no std::exception");
  }
  return sendable(std::move(response), method);
}

Response Router::dispatch(Request& request) const try {
  if (!errors_.empty()) return caught(request, errors_.front().message);
  if (!is_safe_path(request.path)) return problem(400, "the path climbs or holds a NUL");
  auto match = tree_.match(behind(request.path, request.base_path));
  if (!match && !request.base_path.empty()) match = tree_.match(request.path);
  return match ? call(*match, request) : unrouted(request);
} catch (const std::exception& exception) {
  return caught(request, exception.what());
} catch (...) {
  return caught(request, "something that is no std::exception");
}

Response Router::call(const RouteTree::Match& match, Request& request) const {
  const RouteTree::Entry* entry = match.entry(request.method);
  if (entry == nullptr) return problem(405, "").with("allow", match.allow());
  const Route& route = routes_[entry->route];
  request.captures.clear();
  request.captures.reserve(match.count);
  for (std::size_t i = 0; i < match.count; ++i)
    request.captures.push_back({route.names[i], decode_percent(match.values[i])});
  request.matched_path = route.pattern;
  return Next(route.options.middleware, route.endpoint)(request);
}

Response Router::unrouted(Request& request) const {
  const Fallback* best = nullptr;
  const std::string_view path = behind(request.path, request.base_path);
  for (const Fallback& fallback : fallbacks_)
    if (is_below(path, fallback.prefix) && (best == nullptr || fallback.prefix.size() > best->prefix.size()))
      best = &fallback;
  return best != nullptr ? best->endpoint(request) : problem(404, "no route fits this path");
}

}  // namespace sloop::web
