// SPDX-License-Identifier: Apache-2.0
#include "blocks.hpp"

namespace sloop::dialects {

void BlockWriter::info(std::string_view id, std::string_view model) {
  if ((id.empty() || id == id_) && (model.empty() || model == model_)) return;
  if (!id.empty()) id_ = id;
  if (!model.empty()) model_ = model;
  emit(ReplyInfo{.id = id_, .model = model_});
}

void BlockWriter::finish(FinishReason reason, std::string_view raw) {
  if (finished_ && raw == finish_raw_) return;
  finished_ = true;
  finish_raw_ = raw;
  emit(Finish{.reason = reason, .raw = std::string(raw)});
}

std::string BlockWriter::start(BlockKind kind, std::string_view tool_id, std::string_view tool_name) {
  end_text();
  std::string block = next_block();
  emit(BlockStart{.block = block, .kind = kind, .tool_id = std::string(tool_id), .tool_name = std::string(tool_name)});
  return block;
}

void BlockWriter::delta(std::string_view block, BlockKind kind, std::string_view text) {
  if (!text.empty()) emit(BlockDelta{.block = std::string(block), .kind = kind, .text = std::string(text)});
}

void BlockWriter::opaque(ProviderData data) {
  const std::string block = start(BlockKind::opaque);
  end({.block = block, .kind = BlockKind::opaque, .provider_data = std::move(data)});
}

void BlockWriter::call(std::string_view id, std::string_view name, std::string_view arguments, ProviderData data) {
  const std::string block = start(BlockKind::tool_call, id, name);
  delta(block, BlockKind::tool_call, arguments);
  end({.block = block, .kind = BlockKind::tool_call, .provider_data = std::move(data)});
}

void BlockWriter::add_text(BlockKind kind, std::string_view text) {
  if (text.empty()) return;
  if (!text_ || text_->kind != kind) {
    end_text();
    text_ = BlockStart{.block = next_block(), .kind = kind};
    emit(*text_);
  }
  delta(text_->block, kind, text);
}

void BlockWriter::end_text(BlockEnd end) {
  if (!text_) return;
  end.block = text_->block;
  end.kind = text_->kind;
  emit(std::move(end));
  text_.reset();
}

std::optional<BlockKind> BlockWriter::writing() const {
  return text_ ? std::optional(text_->kind) : std::nullopt;
}

}  // namespace sloop::dialects
