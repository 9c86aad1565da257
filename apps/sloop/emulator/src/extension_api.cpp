// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/extension_api.hpp"

#include <chrono>

#include "api_answer.hpp"

namespace sloop::emulator {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kExtension = "/2020-01-01/extension/";
constexpr std::string_view kTelemetry = "/2022-07-01/telemetry";
constexpr std::string_view kLogs = "/2020-08-15/logs";

JsonArray array_of(const auto& texts) {
  JsonArray array;
  for (const auto& text : texts) array.emplace_back(text);
  return array;
}

}  // namespace

ExtensionApi::ExtensionApi(ExtensionApiOptions options, EnvironmentLog& log)
    : options_(std::move(options)), log_(log), registry_(options_.concurrent) {
  log_.listen([this](const TelemetryRecord& record) { telemetry_.publish(record); });
}

ExtensionApi::~ExtensionApi() {
  log_.listen({});
}

bool ExtensionApi::serves(std::string_view path) {
  return path.starts_with(kExtension) || path == kTelemetry || path == kLogs;
}

void ExtensionApi::handle(const serve::Request& request, serve::Exchange& exchange) {
  const auto path = request.path();
  const std::string call = request.method + " " + std::string(path);
  if (call == "POST /2020-01-01/extension/register") return register_extension(request, exchange);
  if (call == "GET /2020-01-01/extension/event/next") return next(request, exchange);
  if (call == "POST /2020-01-01/extension/init/error") return fail(request, "Extension.InitError", exchange);
  if (call == "POST /2020-01-01/extension/exit/error") return fail(request, "Extension.ExitError", exchange);
  if (request.method == "PUT" && (path == kTelemetry || path == kLogs)) return subscribe(request, exchange);
  refuse_path(exchange, call);
}

void ExtensionApi::expect(std::string name) {
  const std::lock_guard lock(mutex_);
  registry_.expect(std::move(name));
}

void ExtensionApi::ended(std::string_view) {
  const std::lock_guard lock(mutex_);
  if (!crash_) crash_ = registry_.failure().value_or("Extension.Crash");
  changed_.notify_all();
}

template <class Reached>
bool ExtensionApi::wait(Deadline deadline, Reached reached) {
  std::unique_lock lock(mutex_);
  const auto over = [&] { return cancelled_ || crash_ || registry_.failure() || reached(); };
  if (deadline.is_never())
    changed_.wait(lock, over);
  else
    changed_.wait_until(lock, deadline.at(), over);
  return !cancelled_ && !crash_ && !registry_.failure() && reached();
}

bool ExtensionApi::wait_registered(Deadline deadline) {
  return wait(deadline, [&] { return registry_.all_registered(); });
}

bool ExtensionApi::wait_ready(Deadline deadline) {
  return wait(deadline, [&] { return registry_.all_ready(); });
}

void ExtensionApi::close() {
  const std::lock_guard lock(mutex_);
  registry_.close();
  telemetry_.forget_earlier();
}

void ExtensionApi::announce(std::string_view kind, const JsonObject& event) {
  const std::lock_guard lock(mutex_);
  registry_.announce(kind, event);
  changed_.notify_all();
}

void ExtensionApi::cancel() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  changed_.notify_all();
}

std::optional<std::string> ExtensionApi::failure() const {
  const std::lock_guard lock(mutex_);
  return registry_.failure() ? registry_.failure() : crash_;
}

bool ExtensionApi::empty() const {
  const std::lock_guard lock(mutex_);
  return registry_.empty();
}

bool ExtensionApi::has_external() const {
  const std::lock_guard lock(mutex_);
  return registry_.has_external();
}

void ExtensionApi::register_extension(const serve::Request& request, serve::Exchange& exchange) {
  const auto name = request.headers.get_or("lambda-extension-name", "");
  std::unique_lock lock(mutex_);
  const auto id = registry_.add(name, request.body);
  if (!id) return refuse(exchange, id.error());
  const auto events = array_of(registry_.find(*id)->events);
  changed_.notify_all();
  lock.unlock();
  log_.platform("platform.extension", {{"name", name}, {"state", "Registered"}, {"events", events}});
  JsonObject answer{
      {"functionName", options_.function_name}, {"functionVersion", "$LATEST"}, {"handler", options_.handler}};
  if (request.headers.get_or("lambda-extension-accept-feature", "").contains("accountId"))
    answer["accountId"] = "000000000000";
  exchange.respond(200, {{"content-type", "application/json"}, {"lambda-extension-identifier", *id}},
                   write_json(answer));
}

void ExtensionApi::next(const serve::Request& request, serve::Exchange& exchange) {
  const std::string id(extension_identifier(request.headers));
  std::unique_lock lock(mutex_);
  if (const auto known = registry_.known(request.headers); !known) return refuse(exchange, known.error());
  if (const auto refusal = registry_.ask_next(id)) return refuse(exchange, *refusal);
  changed_.notify_all();
  std::optional<JsonObject> event;
  while (!(event = registry_.take_next(id))) {
    changed_.wait_for(lock, 50ms);
    if (exchange.client_gone()) return exchange.abort();
  }
  lock.unlock();
  exchange.respond(200, {{"content-type", "application/json"}, {"lambda-extension-event-identifier", id}},
                   write_json(*event));
}

void ExtensionApi::fail(const serve::Request& request, std::string_view kind, serve::Exchange& exchange) {
  const std::lock_guard lock(mutex_);
  const auto extension = registry_.known(request.headers);
  if (!extension) return refuse(exchange, extension.error());
  if (const auto refusal = registry_.fail(extension_identifier(request.headers), kind, request.headers))
    return refuse(exchange, *refusal);
  accept(exchange);
  changed_.notify_all();
}

void ExtensionApi::subscribe(const serve::Request& request, serve::Exchange& exchange) {
  std::unique_lock lock(mutex_);
  const auto extension = registry_.known(request.headers);
  if (!extension) return refuse(exchange, extension.error());
  const std::string name = (*extension)->name;
  lock.unlock();
  const bool older = request.path() == kLogs;
  const auto types = telemetry_.subscribe({.body = request.body, .older = older});
  if (!types) return refuse(exchange, types.error());
  log_.platform(older ? "platform.logsSubscription" : "platform.telemetrySubscription",
                {{"name", name}, {"state", "Subscribed"}, {"types", array_of(*types)}});
  exchange.respond(200, {{"content-type", "application/json"}}, R"("OK")");
}

}  // namespace sloop::emulator
