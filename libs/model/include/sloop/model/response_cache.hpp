// SPDX-License-Identifier: Apache-2.0
//
// Answers that need not be asked for twice.
//
//   auto cache = std::make_shared<DirectoryResponses>(".sloop-cache");
//   auto model = open_model("openai/gpt-4o", {.transport = caching_transport(Dialect::openai_responses, cache)});
//
// The key is made of what is sent: address and body, byte for byte; requests are deterministic, so the same request
// has the same key. Who asks is not in it: do not share a store between users who must not see each other's answers.
// Kept are answers of status 200 that are complete and hold no error, whole or streamed; a stream that was ended early
// is not. A kept stream is replayed as the bytes that came, at once.
#pragma once

#include <filesystem>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "sloop/http/transport.hpp"
#include "sloop/model/provider.hpp"

namespace sloop {

/// Keeps bytes under keys. Threads may use one at the same time.
class ResponseStore {
 public:
  virtual ~ResponseStore() = default;
  ResponseStore() = default;
  ResponseStore(const ResponseStore&) = delete;
  ResponseStore& operator=(const ResponseStore&) = delete;

  [[nodiscard]] virtual std::optional<std::string> get(std::string_view key) = 0;
  /// What can't be kept is not kept: a cache that fails is no failure of the call.
  virtual void put(std::string_view key, std::string_view value) = 0;
};

struct MemoryResponsesLimits {
  std::size_t entries = 1'000;
  /// Of all values together.
  std::size_t bytes = 64u * 1024u * 1024u;
};

/// In memory; what was not used for the longest time goes first.
class MemoryResponses final : public ResponseStore {
 public:
  explicit MemoryResponses(MemoryResponsesLimits limits = {}) : limits_(limits) {}
  [[nodiscard]] std::optional<std::string> get(std::string_view key) override;
  void put(std::string_view key, std::string_view value) override;

 private:
  struct Entry {
    std::string key;
    std::string value;
  };
  void drop_last();

  MemoryResponsesLimits limits_;
  std::mutex mutex_;
  std::list<Entry> entries_;  // the last used first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
  std::size_t bytes_ = 0;
};

/// A file for each answer in a folder, which is made at need. Without limits: delete files as you like, also while it
/// is used; several processes may share it.
class DirectoryResponses final : public ResponseStore {
 public:
  explicit DirectoryResponses(std::filesystem::path folder) : folder_(std::move(folder)) {}
  [[nodiscard]] std::optional<std::string> get(std::string_view key) override;
  void put(std::string_view key, std::string_view value) override;

 private:
  std::filesystem::path folder_;
};

/// The key of a request: 64 hexadecimal digits.
[[nodiscard]] std::string response_key(const http::Request& request);

/// A way to the network that keeps good answers to POST requests in `store`. `dialect` says how an answer is
/// understood. A null `inner` is `http::default_transport()`.
[[nodiscard]] std::shared_ptr<http::Transport> caching_transport(Dialect dialect, std::shared_ptr<ResponseStore> store,
                                                                 std::shared_ptr<http::Transport> inner = {});

}  // namespace sloop
