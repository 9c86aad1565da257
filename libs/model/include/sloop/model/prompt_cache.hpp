// SPDX-License-Identifier: Apache-2.0
//
// Prompts that Gemini keeps, so that requests which begin with them are cheaper.
//
//   auto caches = PromptCaches::open();
//   auto cache = caches->create({.model = "gemini-2.5-flash", .request = {.messages = {...}}, .time_to_live = 600s});
//   model->complete({.messages = {Message::user("...")}, .extra = {{"cachedContent", cache->name}}}, {});
//
// Not for: Anthropic's and OpenAI's caches, which need no objects (`CachePoint`).
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/model/model.hpp"

namespace sloop {

struct PromptCacheRequest {
  /// Without the provider's name.
  std::string model = {};
  /// Its messages, tools and tool choice are kept.
  ModelRequest request = {};
  std::chrono::seconds time_to_live{3'600};
  /// For people.
  std::string display_name = {};
};

struct PromptCache {
  /// `cachedContents/...`
  std::string name = {};
  std::string model = {};
  std::string display_name = {};
  /// As the provider writes it: `2026-08-18T07:45:23Z`.
  std::string expires = {};
  std::int64_t tokens = 0;
};

/// Every function is a call or several; errors as of `Model::complete`.
class PromptCaches {
 public:
  /// Fails as `open_model`.
  [[nodiscard]] static Result<PromptCaches> open(const ModelOptions& options = {});
  PromptCaches(PromptCaches&&) noexcept;
  PromptCaches& operator=(PromptCaches&&) noexcept;
  ~PromptCaches();

  [[nodiscard]] Result<PromptCache> create(const PromptCacheRequest& request, const CallOptions& options = {});
  [[nodiscard]] Result<PromptCache> get(std::string_view name, const CallOptions& options = {});
  /// All of them, page by page.
  [[nodiscard]] Result<std::vector<PromptCache>> list(const CallOptions& options = {});
  /// Lets it live for so long from now on.
  [[nodiscard]] Result<PromptCache> extend(std::string_view name, std::chrono::seconds time_to_live,
                                           const CallOptions& options = {});
  [[nodiscard]] Result<void> remove(std::string_view name, const CallOptions& options = {});

 private:
  struct Access;
  explicit PromptCaches(std::unique_ptr<Access> access);
  std::unique_ptr<Access> access_;
};

}  // namespace sloop
