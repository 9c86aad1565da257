// SPDX-License-Identifier: Apache-2.0
//
// Patterns of paths, and which of them a path fits.
//
//   tree.add("GET", "/items/{id}", 0);
//   auto match = tree.match("/items/7");  // match->values[0] == "7"
//
// A tree of segments: what is written out goes before `{capture}`, and that before `{*rest}`, which takes all that is
// left. A capture or rest is never empty. `/a` and `/a/` are different.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"

namespace sloop::web {

/// The names in a pattern, in order. Fails with `invalid_input` and what is wrong with the pattern.
[[nodiscard]] Result<std::vector<std::string>> names_in_pattern(std::string_view pattern);

class RouteTree {
 public:
  static constexpr std::size_t kMaxCaptures = 16;
  /// The method `*` stands for every one that is not named.
  struct Entry {
    std::string method;
    std::size_t route;
  };
  struct Match {
    std::span<const Entry> entries;
    /// Parts of the path, not decoded.
    std::array<std::string_view, kMaxCaptures> values;
    std::size_t count = 0;

    /// The entry for `method`; HEAD is served by GET. Null when the path is known but not the method.
    [[nodiscard]] const Entry* entry(std::string_view method) const;
    /// For the header `Allow`: `GET, HEAD, POST`.
    [[nodiscard]] std::string allow() const;
  };

  /// Fails with `invalid_input` when the pattern is malformed, or another one of the same shape has this method.
  [[nodiscard]] Result<void> add(std::string_view method, std::string_view pattern, std::size_t route);

  /// `path` begins with a slash; the match refers to its bytes and to the tree.
  [[nodiscard]] std::optional<Match> match(std::string_view path) const;

 private:
  struct Node {
    std::string segment = {};
    /// Of nodes with written-out segments, sorted by these.
    std::vector<std::uint32_t> children = {};
    /// 0: none; the root is nobody's child.
    std::uint32_t capture = 0;
    std::vector<Entry> entries = {};
    std::vector<Entry> rest = {};
  };

  [[nodiscard]] std::uint32_t child(std::uint32_t node, std::string_view segment) const;
  std::uint32_t make_child(std::uint32_t node, std::string_view segment);
  std::uint32_t make_capture(std::uint32_t node);
  bool search(const Node& node, std::string_view rest, Match& match) const;
  bool descend(std::uint32_t node, std::string_view rest, std::size_t slash, Match& match) const;

  std::vector<Node> nodes_ = std::vector<Node>(1);
};

/// Whether a path may be routed: no NUL, and no segment that climbs (`..`), however it is escaped.
[[nodiscard]] bool is_safe_path(std::string_view path);

}  // namespace sloop::web
