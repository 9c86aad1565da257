// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/extension_registry.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sloop/emulator/sandbox.hpp"

namespace sloop::emulator {
namespace {

constexpr std::size_t kMostExtensions = 10;
constexpr std::size_t kIdentifier = 36;

Refusal refusal(std::string_view type, std::string message) {
  return {403, "Extension." + std::string(type), std::move(message)};
}

}  // namespace

std::string_view extension_identifier(const Headers& headers) {
  return headers.get_or("lambda-extension-identifier", "");
}

void ExtensionRegistry::expect(std::string name) {
  expected_.insert(std::move(name));
}

void ExtensionRegistry::announce(std::string_view kind, const JsonObject& event) {
  for (auto& [id, extension] : extensions_) {
    if (!extension.events.contains(std::string(kind))) continue;
    extension.waiting.push_back(event);
    extension.ready = false;
  }
}

bool ExtensionRegistry::all_registered() const {
  return std::ranges::all_of(expected_, [&](const std::string& name) {
    return std::ranges::any_of(extensions_, [&](const auto& entry) { return entry.second.name == name; });
  });
}

bool ExtensionRegistry::all_ready() const {
  return all_registered() && std::ranges::all_of(extensions_, [](const auto& entry) { return entry.second.ready; });
}

bool ExtensionRegistry::has_external() const {
  return std::ranges::any_of(extensions_, [](const auto& entry) { return entry.second.external; });
}

const Extension* ExtensionRegistry::find(std::string_view id) const {
  const auto found = extensions_.find(id);
  return found == extensions_.end() ? nullptr : &found->second;
}

std::expected<std::string, Refusal> ExtensionRegistry::add(std::string_view name, std::string_view body) {
  if (name.empty()) return std::unexpected(refusal("InvalidExtensionName", "Invalid extension name"));
  const auto json = parse_json(body);
  const Json* events = json ? sloop::find(*json, "events") : nullptr;
  if (!json || !json->is_object() || (events != nullptr && !events->is_array()))
    return std::unexpected(refusal("InvalidRequestFormat", "The body is no JSON object with a list of events"));
  Extension extension{.name = std::string(name), .external = expected_.contains(name)};
  if (closed_) return std::unexpected(refusal("RegistrationClosed", "Extension registration closed already"));
  if (extensions_.size() >= kMostExtensions)
    return std::unexpected(refusal("TooManyExtensions", fmt::format("Extension limit ({}) reached", kMostExtensions)));
  if (std::ranges::any_of(extensions_, [&](const auto& entry) { return entry.second.name == name; }))
    return std::unexpected(refusal("InvalidExtensionState", "An extension of that name has registered already"));
  for (const auto& event : events == nullptr ? JsonArray() : events->as_array()) {
    const std::string kind(event.is_string() ? std::string_view(event.as_string()) : std::string_view());
    // Internal ones end with the function; with several events at once, none is told of them.
    const bool allowed = (kind == "INVOKE" && !concurrent_) || (kind == "SHUTDOWN" && extension.external);
    if (!allowed)
      return std::unexpected(refusal("InvalidEventType", concurrent_ && !extension.external
                                                             ? "No events allowed for internal extensions"
                                                             : fmt::format("{}: invalid event type", kind)));
    extension.events.insert(kind);
  }
  const std::string id = new_request_id();
  extensions_.emplace(id, std::move(extension));
  return id;
}

std::expected<const Extension*, Refusal> ExtensionRegistry::known(const Headers& headers) const {
  const auto id = extension_identifier(headers);
  if (id.empty())
    return std::unexpected(refusal("MissingExtensionIdentifier", "Missing Lambda-Extension-Identifier header"));
  if (id.size() != kIdentifier)
    return std::unexpected(refusal("InvalidExtensionIdentifier", "Invalid Lambda-Extension-Identifier"));
  const Extension* extension = find(id);
  if (extension == nullptr)
    return std::unexpected(refusal("UnknownExtensionIdentifier", fmt::format("Unknown extension {}", id)));
  return extension;
}

std::optional<Refusal> ExtensionRegistry::ask_next(std::string_view id) {
  Extension& extension = extensions_.find(id)->second;
  if (extension.failed)
    return refusal("InvalidExtensionState", "The extension has reported an error and may only exit");
  extension.ready = extension.waiting.empty();
  return std::nullopt;
}

std::optional<JsonObject> ExtensionRegistry::take_next(std::string_view id) {
  Extension& extension = extensions_.find(id)->second;
  if (extension.waiting.empty()) return std::nullopt;
  auto event = std::move(extension.waiting.front());
  extension.waiting.pop_front();
  extension.ready = false;
  return event;
}

std::optional<Refusal> ExtensionRegistry::fail(std::string_view id, std::string_view kind, const Headers& headers) {
  Extension& extension = extensions_.find(id)->second;
  if (!headers.contains("lambda-extension-function-error-type"))
    return refusal("MissingHeader", "Missing Lambda-Extension-Function-Error-Type header");
  if (extension.failed) return refusal("InvalidExtensionState", "The extension has reported an error already");
  extension.failed = true;
  extension.ready = false;
  if (!failure_) failure_ = std::string(kind);
  return std::nullopt;
}

}  // namespace sloop::emulator
