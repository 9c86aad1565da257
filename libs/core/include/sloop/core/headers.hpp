// SPDX-License-Identifier: Apache-2.0
//
// HTTP header fields in the order they were added; names compare without case.
//
//   Headers headers{{"content-type", "application/json"}};
//   headers.set("authorization", "Bearer ...");
//   headers.get("Content-Type");  // "application/json"
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sloop {

struct Header {
  std::string name;
  std::string value;
  friend bool operator==(const Header&, const Header&) = default;
};

class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<Header> fields) : fields_(fields) {}

  /// The value of the first field of that name; empty optional if there is none.
  /// The view is valid until the next change.
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const;
  /// The value of the first field of that name, or `fallback`.
  [[nodiscard]] std::string_view get_or(std::string_view name, std::string_view fallback) const {
    return get(name).value_or(fallback);
  }
  [[nodiscard]] bool contains(std::string_view name) const { return get(name).has_value(); }

  /// Adds a field after the others, also when one of that name exists.
  void add(std::string name, std::string value);
  /// Replaces the first field of that name and removes the others, or adds one.
  void set(std::string_view name, std::string value);
  void remove(std::string_view name);

  [[nodiscard]] auto begin() const { return fields_.begin(); }
  [[nodiscard]] auto end() const { return fields_.end(); }
  [[nodiscard]] std::size_t size() const { return fields_.size(); }
  [[nodiscard]] bool empty() const { return fields_.empty(); }

  friend bool operator==(const Headers&, const Headers&) = default;

 private:
  std::vector<Header> fields_;
};

/// Whether two ASCII texts are equal without regard to case.
[[nodiscard]] bool equal_ignoring_case(std::string_view left, std::string_view right) noexcept;

}  // namespace sloop
