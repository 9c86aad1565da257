// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <system_error>

#include "sloop/model/response_cache.hpp"

namespace sloop {
namespace {

using File = std::unique_ptr<std::FILE, decltype(&std::fclose)>;

File open_file(const std::filesystem::path& path, const char* how) {
  return {std::fopen(path.c_str(), how), &std::fclose};
}

bool write_file(const std::filesystem::path& path, std::string_view bytes) {
  const File file = open_file(path, "wbx");
  return file && std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size() && std::fflush(file.get()) == 0;
}

}  // namespace

std::optional<std::string> MemoryResponses::get(std::string_view key) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return std::nullopt;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->value;
}

void MemoryResponses::put(std::string_view key, std::string_view value) {
  const std::lock_guard lock(mutex_);
  if (value.size() > limits_.bytes || limits_.entries == 0) return;
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    entries_.splice(entries_.end(), entries_, found->second);
    drop_last();
  }
  while (!entries_.empty() && (entries_.size() >= limits_.entries || bytes_ + value.size() > limits_.bytes))
    drop_last();
  entries_.push_front({std::string(key), std::string(value)});
  by_key_.emplace(entries_.front().key, entries_.begin());
  bytes_ += value.size();
}

void MemoryResponses::drop_last() {
  bytes_ -= entries_.back().value.size();
  by_key_.erase(entries_.back().key);
  entries_.pop_back();
}

std::optional<std::string> DirectoryResponses::get(std::string_view key) {
  const File file = open_file(folder_ / key, "rb");
  if (!file) return std::nullopt;
  std::string out;
  char block[16 * 1024];
  while (const std::size_t size = std::fread(block, 1, sizeof block, file.get())) out.append(block, size);
  if (std::ferror(file.get()) != 0) return std::nullopt;
  return out;
}

void DirectoryResponses::put(std::string_view key, std::string_view value) {
  static std::atomic<unsigned> count = 0;
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  // A reader sees a whole file or none, also after a crash.
  const auto draft = folder_ / (std::string(key) + '.' + std::to_string(getpid()) + '.' + std::to_string(count++));
  if (write_file(draft, value)) std::filesystem::rename(draft, folder_ / key, error);
  std::filesystem::remove(draft, error);
}

}  // namespace sloop
