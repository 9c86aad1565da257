// SPDX-License-Identifier: Apache-2.0
#include "openai_chat_delta.hpp"

#include "json_cursor.hpp"

namespace sloop::dialects::openai_chat {
namespace {

/// Members that are in every event, and that no one reads.
bool is_idle(std::string_view key) {
  return key == "object" || key == "created" || key == "system_fingerprint" || key == "service_tier" ||
         key == "obfuscation" || key == "p" || key == "provider";
}

bool is_reasoning(std::string_view key) {
  return key == "reasoning_content" || key == "reasoning" || key == "reasoning_text";
}

/// Takes an event member by member. A member that has a meaning and comes twice is left to the parser, as is one of any
/// other name that is not empty.
class DeltaReader {
 public:
  DeltaReader(std::string_view event, std::string& unescaped) : cursor_(event), unescaped_(unescaped) {}

  bool read() {
    return cursor_.each_member([this](std::string_view key) { return take_top(key); }) && cursor_.at_end() &&
           (seen_ & kDelta) != 0;
  }
  [[nodiscard]] const Delta& delta() const { return delta_; }

 private:
  enum Seen : unsigned { kId = 1, kModel = 2, kChoices = 4, kIndex = 8, kDelta = 16, kContent = 32, kReasoning = 64 };

  bool is_first(Seen member) {
    const bool first = (seen_ & member) == 0;
    seen_ |= member;
    return first;
  }

  bool take_top(std::string_view key) {
    if (is_idle(key)) return cursor_.skip_scalar();
    if (key == "id") return is_first(kId) && take_name(delta_.id);
    if (key == "model") return is_first(kModel) && take_name(delta_.model);
    if (key == "choices") return is_first(kChoices) && take_choices();
    return cursor_.skip_nothing();
  }

  bool take_name(std::string_view& name) { return cursor_.take_word("null") || cursor_.take_string(name); }

  bool take_choices() {
    return cursor_.take('[') && cursor_.each_member([this](std::string_view key) { return take_choice(key); }) &&
           cursor_.take(']');
  }

  bool take_choice(std::string_view key) {
    if (key == "index") return is_first(kIndex) && cursor_.take_word("0");
    if (key != "delta") return cursor_.skip_nothing();
    return is_first(kDelta) && cursor_.each_member([this](std::string_view member) { return take_piece(member); });
  }

  bool take_piece(std::string_view key) {
    if (key == "role") return cursor_.skip_scalar();
    if (key == "content") return is_first(kContent) && take_text(delta_.content);
    if (is_reasoning(key)) return key != delta_.reasoning_field && take_reasoning(key);
    return cursor_.skip_nothing() || (cursor_.take('[') && cursor_.take(']'));
  }

  /// Some servers send all the names, all but one of them empty.
  bool take_reasoning(std::string_view key) {
    if (cursor_.skip_nothing()) return true;
    delta_.reasoning_field = key;
    return is_first(kReasoning) && take_text(delta_.reasoning);
  }

  /// There is one buffer: two texts with escapes, which no provider sends, are left to the parser.
  bool take_text(std::string_view& text) {
    if (cursor_.take_word("null")) return true;
    if (!unescaped_.empty()) return cursor_.take_string(text);
    return cursor_.take_string(text, unescaped_);
  }

  JsonCursor cursor_;
  std::string& unescaped_;
  Delta delta_;
  unsigned seen_ = 0;
};

}  // namespace

std::optional<Delta> read_delta(std::string_view event, std::string& unescaped) {
  unescaped.clear();
  DeltaReader reader(event, unescaped);
  return reader.read() ? std::optional(reader.delta()) : std::nullopt;
}

}  // namespace sloop::dialects::openai_chat
