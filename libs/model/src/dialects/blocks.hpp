// SPDX-License-Identifier: Apache-2.0
//
// Writes stream events: keeps the ids of blocks and the one text that is being written.
//
//   blocks.write_to(events);
//   blocks.add_text(BlockKind::text, "Hel");   // start, delta
//   blocks.add_text(BlockKind::text, "lo");    // delta
//   blocks.end_text();                         // end
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/model/stream_event.hpp"

namespace sloop::dialects {

class BlockWriter {
 public:
  /// Where events go from here on; must outlive the calls until the next `write_to`.
  void write_to(std::vector<StreamEvent>& out) { out_ = &out; }

  template <class Event>
  void emit(Event event) {
    out_->push_back({.value = std::move(event)});
  }
  void warn(std::string text) { emit(Warning{.text = std::move(text)}); }
  /// Tells id and model of the reply when they are new; empty ones are not told.
  void info(std::string_view id, std::string_view model);
  /// Tells the reason; a repetition is not told, and another one later counts.
  void finish(FinishReason reason, std::string_view raw);
  [[nodiscard]] bool finished() const { return finished_; }
  /// Whether any block was told.
  [[nodiscard]] bool any() const { return blocks_ > 0; }

  [[nodiscard]] std::string next_block() { return std::to_string(blocks_++); }
  /// Starts a block that the caller ends; a text that is being written is ended before.
  [[nodiscard]] std::string start(BlockKind kind, std::string_view tool_id = {}, std::string_view tool_name = {});
  void delta(std::string_view block, BlockKind kind, std::string_view text);
  void end(BlockEnd end) { emit(std::move(end)); }
  /// A whole block that holds `data` for the provider's own eyes.
  void opaque(ProviderData data);
  /// A tool call that came in one piece.
  void call(std::string_view id, std::string_view name, std::string_view arguments, ProviderData data = nullptr);

  /// More of the current text; begins a new block when another kind is being written. Nothing for an empty text.
  void add_text(BlockKind kind, std::string_view text);
  /// Ends the current text, if there is one; the block's id and kind are put in.
  void end_text(BlockEnd end = {});
  /// The kind of the text that is being written.
  [[nodiscard]] std::optional<BlockKind> writing() const;

 private:
  std::vector<StreamEvent>* out_ = nullptr;
  std::string id_;
  std::string model_;
  std::optional<BlockStart> text_;
  std::size_t blocks_ = 0;
  bool finished_ = false;
  std::string finish_raw_;
};

}  // namespace sloop::dialects
