// SPDX-License-Identifier: Apache-2.0
#include "telemetry_buffer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace sloop::emulator {
namespace {

// A subscriber that takes nothing loses what comes beyond this.
constexpr std::size_t kMostWaiting = 16u * 1024u * 1024u;

Refusal wrong(std::string message) {
  return {400, "ValidationError", std::move(message)};
}

std::string json_of(const TelemetryRecord& record) {
  return write_json(JsonObject{{"time", record.time}, {"type", record.type}, {"record", record.record}});
}

/// The number `key` of `buffering`, within its bounds; `value` keeps what it is when it is absent.
std::optional<Refusal> read_bound(const Json& body, std::string_view key, std::int64_t least, std::int64_t most,
                                  std::int64_t& value) {
  const Json* number = find(body, {"buffering", key});
  if (number == nullptr) return std::nullopt;
  if (!number->is_int64() || number->as_int64() < least || number->as_int64() > most)
    return wrong(fmt::format("buffering.{} must be {} to {}", key, least, most));
  value = number->as_int64();
  return std::nullopt;
}

std::optional<Refusal> read_buffering(const Json& body, Subscription& out) {
  auto items = static_cast<std::int64_t>(out.max_items);
  auto bytes = static_cast<std::int64_t>(out.max_bytes);
  std::int64_t timeout = out.timeout.count();
  if (auto refusal = read_bound(body, "maxItems", 1'000, 10'000, items)) return refusal;
  if (auto refusal = read_bound(body, "maxBytes", 262'144, 1'048'576, bytes)) return refusal;
  if (auto refusal = read_bound(body, "timeoutMs", 25, 30'000, timeout)) return refusal;
  out.max_items = static_cast<std::size_t>(items);
  out.max_bytes = static_cast<std::size_t>(bytes);
  out.timeout = std::chrono::milliseconds(timeout);
  return std::nullopt;
}

std::optional<Refusal> read_types(const Json& body, Subscription& out) {
  const Json* types = find(body, "types");
  if (types == nullptr || !types->is_array() || types->as_array().empty())
    return wrong("types must name one of platform, function, extension at least");
  for (const auto& type : types->as_array()) {
    const std::string name(type.is_string() ? std::string_view(type.as_string()) : std::string_view());
    if (name != "platform" && name != "function" && name != "extension")
      return wrong(fmt::format("types: '{}' is none of platform, function, extension", name));
    out.types.insert(name);
  }
  return std::nullopt;
}

std::optional<Refusal> read_destination(const Json& body, Subscription& out) {
  const Json* destination = find(body, "destination");
  if (destination == nullptr) return wrong("destination is missing");
  const auto protocol = find_string(*destination, "protocol");
  if (protocol == "TCP") {
    const Json* port = find(*destination, "port");
    if (port == nullptr || !port->is_int64() || port->as_int64() < 1 || port->as_int64() > 65'535)
      return wrong("destination.port is no port");
    out.tcp_port = static_cast<int>(port->as_int64());
    return std::nullopt;
  }
  if (protocol != "HTTP") return wrong("destination.protocol is neither HTTP nor TCP");
  out.url = find_string(*destination, "URI");
  for (const std::string_view host : {"http://sandbox.localdomain", "http://sandbox"})
    if (out.url.starts_with(host)) {
      out.url.replace(0, host.size(), "http://127.0.0.1");
      break;
    }
  if (!out.url.starts_with("http://")) return wrong("destination.URI is no http address");
  if (find_string(*destination, "method") == "PUT") out.method = "PUT";
  return std::nullopt;
}

}  // namespace

bool Subscription::wants(const TelemetryRecord& record) const {
  if (!types.contains(record.type.substr(0, record.type.find('.')))) return false;
  // The Logs API knows fewer records, and one that the Telemetry API has no more.
  if (older) return !record.type.starts_with("platform.init") && !record.type.starts_with("platform.restore");
  return record.type != "platform.end";
}

std::expected<Subscription, Refusal> read_subscription(const TelemetryRequest& request) {
  const auto body = parse_json(request.body);
  if (!body || !body->is_object()) return std::unexpected(wrong("the body is no JSON object"));
  constexpr std::string_view kVersions[] = {"2022-07-01", "2022-12-13", "2025-01-29"};
  constexpr std::string_view kOlderVersions[] = {"2020-08-15", "2021-03-18"};
  const auto version = find_string(*body, "schemaVersion");
  const bool known = request.older ? version.empty() || std::ranges::count(kOlderVersions, version) > 0
                                   : std::ranges::count(kVersions, version) > 0;
  if (!known) return std::unexpected(wrong(fmt::format("schemaVersion '{}' is not known", version)));
  Subscription out{.older = request.older};
  if (auto refusal = read_types(*body, out)) return std::unexpected(*refusal);
  if (auto refusal = read_buffering(*body, out)) return std::unexpected(*refusal);
  if (auto refusal = read_destination(*body, out)) return std::unexpected(*refusal);
  return out;
}

void TelemetryBuffer::add(const TelemetryRecord& record, Clock::time_point now) {
  if (!subscription_.wants(record)) return;
  std::string item = json_of(record);
  if (bytes_ + item.size() > kMostWaiting) {
    ++dropped_;
    dropped_bytes_ += item.size();
    return;
  }
  if (items_.empty()) first_ = now;
  bytes_ += item.size();
  items_.push_back(std::move(item));
}

TelemetryBuffer::Clock::time_point TelemetryBuffer::due() const {
  if (items_.empty()) return Clock::time_point::max();
  if (items_.size() >= subscription_.max_items || bytes_ >= subscription_.max_bytes) return first_;
  return first_ + subscription_.timeout;
}

std::string TelemetryBuffer::take() {
  if (dropped_ > 0) {
    items_.push_back(json_of({.time = log_time(),
                              .type = "platform.logsDropped",
                              .record = {{"reason", "The subscriber is too slow"},
                                         {"droppedRecords", dropped_},
                                         {"droppedBytes", dropped_bytes_}}}));
    dropped_ = dropped_bytes_ = 0;
  }
  const std::size_t count = std::min(items_.size(), subscription_.max_items);
  const bool lines = subscription_.tcp_port != 0;
  std::string out = lines ? "" : "[";
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0 && !lines) out += ',';
    out += items_[i];
    if (lines) out += '\n';
  }
  items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(count));
  bytes_ = 0;
  for (const auto& item : items_) bytes_ += item.size();
  if (!lines) out += ']';
  return out;
}

}  // namespace sloop::emulator
