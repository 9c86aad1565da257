// SPDX-License-Identifier: Apache-2.0
//
// A file mapped into memory for reading, for a bundle of which a few pages are looked at:
//
//   const MappedFile file("/etc/ssl/certs/ca-certificates.crt");
//   if (file.text().empty()) ...  // it can't be read, or is empty
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sloop::http {

class MappedFile {
 public:
  explicit MappedFile(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  /// Valid as long as this object; empty when the file can't be read.
  [[nodiscard]] std::string_view text() const { return {static_cast<const char*>(data_), size_}; }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace sloop::http
