// SPDX-License-Identifier: Apache-2.0
//
// Messages and the parts they are made of, the same for every provider.
//
//   std::vector<Message> history{Message::user("Hello"), Message::assistant("Hi!")};
//
// As JSON (`to_neutral_json`, `message_from_neutral_json`) a message is {"role":"user","content":"Hello"}, or "content"
// is a list of parts, each with a "type". A medium is {"type":"image","base64":"...","media_type":"image/png"}, or with
// "url" or "file_id".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sloop/core/json.hpp"

namespace sloop {

enum class Role { system, user, assistant, tool };

/// Provider-specific additions that must come back unchanged with the part they arrived with (signatures, item
/// ids). Null when there are none. Dialects keep their own keys apart.
using ProviderData = Json;

struct TextPart {
  std::string text = {};
  /// Sources that the provider named for this text, as it sent them; null when there are none.
  Json citations = nullptr;
  ProviderData provider_data = nullptr;
  friend bool operator==(const TextPart&, const TextPart&) = default;
};

/// What the model thought, to be sent back byte for byte where the provider wants it.
struct ReasoningPart {
  std::string text = {};
  /// Proof of origin over `text`.
  std::string signature = {};
  /// Thoughts that only the provider can read (encrypted or redacted).
  std::string encrypted = {};
  ProviderData provider_data = nullptr;
  friend bool operator==(const ReasoningPart&, const ReasoningPart&) = default;
};

/// Bytes of a medium, by exactly one of: base64 text, URL, id of a file at the provider.
struct MediaSource {
  std::string base64 = {};
  std::string url = {};
  std::string file_id = {};
  friend bool operator==(const MediaSource&, const MediaSource&) = default;
};

enum class MediaKind { image, audio, video, document };

/// An image, a recording, a film or a document.
struct MediaPart {
  MediaKind kind = MediaKind::image;
  MediaSource source = {};
  /// `image/png`, `application/pdf`; required with base64.
  std::string media_type = {};
  /// A file name, where the provider shows or needs one.
  std::string name = {};
  /// `low`, `high`, `auto`, for images; empty: the provider's default.
  std::string detail = {};
  friend bool operator==(const MediaPart&, const MediaPart&) = default;
};

/// The model asks for a tool to be run.
struct ToolCallPart {
  std::string id = {};
  std::string name = {};
  /// The arguments as JSON text, exactly as the model wrote them; it may be cut off or invalid. Empty means `{}`.
  std::string arguments = {};
  ProviderData provider_data = nullptr;
  friend bool operator==(const ToolCallPart&, const ToolCallPart&) = default;
};

/// What a tool gave back: text, or JSON, and images where it made any.
struct ToolResultPart {
  std::string id = {};
  std::string name = {};
  std::string text = {};
  /// A structured result; goes before `text`. Formats that have only text send it as JSON text.
  Json json = nullptr;
  std::vector<MediaPart> media = {};
  /// The text tells of a failure.
  bool is_error = false;
  friend bool operator==(const ToolResultPart&, const ToolResultPart&) = default;
};

/// The model declined, in its own words.
struct RefusalPart {
  std::string text = {};
  friend bool operator==(const RefusalPart&, const RefusalPart&) = default;
};

/// Something that only the provider can read (a search it ran by itself, a summary of its own), to be returned as it
/// came. Other providers' parts are not sent.
struct OpaquePart {
  ProviderData provider_data = nullptr;
  friend bool operator==(const OpaquePart&, const OpaquePart&) = default;
};

using Part = std::variant<TextPart, ReasoningPart, MediaPart, ToolCallPart, ToolResultPart, RefusalPart, OpaquePart>;

/// Asks the provider to keep everything up to and including this place in its prompt cache. Providers that cache by
/// themselves need none.
struct CachePoint {
  /// 300 or 3600 with most providers.
  std::int64_t ttl_seconds = 300;
  friend bool operator==(const CachePoint&, const CachePoint&) = default;
};

struct Message {
  Role role = Role::user;
  std::vector<Part> content = {};
  std::optional<CachePoint> cache = {};

  [[nodiscard]] static Message system(std::string text) { return of(Role::system, std::move(text)); }
  [[nodiscard]] static Message user(std::string text) { return of(Role::user, std::move(text)); }
  [[nodiscard]] static Message assistant(std::string text) { return of(Role::assistant, std::move(text)); }

  /// All text parts, joined without separator.
  [[nodiscard]] std::string text() const;

  friend bool operator==(const Message&, const Message&) = default;

 private:
  static Message of(Role role, std::string text) {
    return {.role = role, .content = {TextPart{.text = std::move(text)}}};
  }
};

/// The neutral JSON form. Text-only content is written as a string.
[[nodiscard]] Json to_neutral_json(const Message& message);
/// Fails with `invalid_input`; the message names the path below `path`, e.g. `messages[2].content`.
[[nodiscard]] Result<Message> message_from_neutral_json(const Json& value, std::string_view path = "message");

}  // namespace sloop
