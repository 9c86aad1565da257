// SPDX-License-Identifier: Apache-2.0
#include "fake_extensions.hpp"

#include <algorithm>
#include <chrono>

namespace sloop::testing {
namespace {

constexpr std::string_view kBase = "/2020-01-01/extension/";

void refuse(serve::Exchange& exchange, std::string_view type) {
  exchange.respond(403, {{"content-type", "application/json"}},
                   write_json(JsonObject{{"errorType", type}, {"errorMessage", "refused"}}));
}

}  // namespace

bool FakeExtensions::handle(const serve::Request& request, serve::Exchange& exchange) {
  const auto path = request.path();
  const bool is_subscription = path == "/2022-07-01/telemetry" || path == "/2020-08-15/logs";
  if (!path.starts_with(kBase) && !is_subscription) return false;
  if (path == "/2020-01-01/extension/register") return enlist(request, exchange), true;
  const std::string identifier(request.headers.get_or("lambda-extension-identifier", ""));
  {
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(identifier);
    if (known == known_.end()) return refuse(exchange, "Extension.UnknownExtensionIdentifier"), true;
    FakeExtension& seen = known->second.seen;
    if (is_subscription) seen.subscriptions.push_back(std::string(path) + " " + request.body);
    if (path.ends_with("/error")) {
      seen.error_path = path.substr(kBase.size());
      seen.error_type = request.headers.get_or("lambda-extension-function-error-type", "");
      seen.error_body = request.body;
    }
  }
  if (path.ends_with("/event/next"))
    hand_out(identifier, exchange);
  else
    exchange.respond(is_subscription ? 200 : 202, {}, is_subscription ? R"("OK")" : R"({"status":"OK"})");
  return true;
}

void FakeExtensions::enlist(const serve::Request& request, serve::Exchange& exchange) {
  const auto body = parse_json(request.body);
  const Json* events = body ? find(*body, "events") : nullptr;
  if (events == nullptr || !events->is_array()) return refuse(exchange, "InvalidRequestFormat");
  std::unique_lock lock(mutex_);
  Known known;
  known.seen.identifier = "extension-" + std::to_string(known_.size() + 1);
  known.seen.name = request.headers.get_or("lambda-extension-name", "");
  known.seen.headers = request.headers;
  for (const auto& event : events->get_array()) known.seen.events.emplace_back(event.as_string());
  const std::string identifier = known.seen.identifier;
  known_[identifier] = std::move(known);
  lock.unlock();
  exchange.respond(200, {{"lambda-extension-identifier", identifier}},
                   R"({"functionName":"test","functionVersion":"$LATEST","handler":"bootstrap","accountId":"0123"})");
}

void FakeExtensions::hand_out(const std::string& identifier, serve::Exchange& exchange) {
  std::unique_lock lock(mutex_);
  Known& known = known_[identifier];
  known.seen.waits = true;
  ++known.seen.calls;
  while (!stopped_ && known.events.empty() && !exchange.client_gone())
    changed_.wait_for(lock, std::chrono::milliseconds(20));
  known.seen.waits = false;
  if (known.events.empty()) return exchange.respond(500, {}, "");
  const std::string event = std::move(known.events.front());
  known.events.pop_front();
  lock.unlock();
  exchange.respond(200, {{"content-type", "application/json"}}, event);
}

void FakeExtensions::send(const JsonObject& event) {
  const std::lock_guard lock(mutex_);
  const std::string type(find_string(event, "eventType"));
  for (auto& [identifier, known] : known_)
    if (std::ranges::find(known.seen.events, type) != known.seen.events.end())
      known.events.push_back(write_json(event));
  changed_.notify_all();
}

std::vector<FakeExtension> FakeExtensions::list() const {
  const std::lock_guard lock(mutex_);
  std::vector<FakeExtension> all;
  for (const auto& [identifier, known] : known_) all.push_back(known.seen);
  return all;
}

void FakeExtensions::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

}  // namespace sloop::testing
