// SPDX-License-Identifier: Apache-2.0
#include "sloop/web/route_tree.hpp"

#include <algorithm>

#include "sloop/core/percent.hpp"

namespace sloop::web {
namespace {

std::unexpected<Error> malformed(std::string_view pattern, std::string_view why) {
  return fail(ErrorKind::invalid_input, "route '" + std::string(pattern) + "': " + std::string(why));
}

bool is_capture(std::string_view segment) {
  return segment.size() > 2 && segment.starts_with('{') && segment.ends_with('}');
}

bool is_rest(std::string_view segment) {
  return is_capture(segment) && segment[1] == '*';
}

/// Calls `visit(segment, is_last)` for each part of `pattern`, which begins with a slash.
template <class Visit>
void for_each_segment(std::string_view pattern, Visit visit) {
  pattern.remove_prefix(1);
  while (true) {
    const std::size_t slash = pattern.find('/');
    visit(pattern.substr(0, slash), slash == std::string_view::npos);
    if (slash == std::string_view::npos) return;
    pattern.remove_prefix(slash + 1);
  }
}

}  // namespace

Result<std::vector<std::string>> names_in_pattern(std::string_view pattern) {
  if (!pattern.starts_with('/')) return malformed(pattern, "it must begin with '/'");
  std::vector<std::string> names;
  std::string_view wrong;
  for_each_segment(pattern, [&](std::string_view segment, bool last) {
    if (segment.find_first_of("{}") == std::string_view::npos) return;
    const std::size_t skipped = is_rest(segment) ? 2 : 1;
    if (!is_capture(segment) || segment.size() <= skipped + 1) {
      wrong = "a capture is a whole segment, '{name}' or '{*name}'";
      return;
    }
    const std::string name(segment.substr(skipped, segment.size() - skipped - 1));
    if (name.find_first_of("{}*") != std::string::npos) wrong = "a capture's name has no '{', '}' or '*'";
    if (is_rest(segment) && !last) wrong = "'{*name}' must be the last segment";
    if (std::ranges::find(names, name) != names.end()) wrong = "a name stands twice";
    names.push_back(name);
  });
  if (names.size() > RouteTree::kMaxCaptures) wrong = "it has more than 16 captures";
  if (!wrong.empty()) return malformed(pattern, wrong);
  return names;
}

const RouteTree::Entry* RouteTree::Match::entry(std::string_view method) const {
  const auto named = [&](std::string_view name) -> const Entry* {
    const auto found = std::ranges::find(entries, name, &Entry::method);
    return found == entries.end() ? nullptr : &*found;
  };
  if (const Entry* exact = named(method)) return exact;
  if (method == "HEAD")
    if (const Entry* get = named("GET")) return get;
  return named("*");
}

std::string RouteTree::Match::allow() const {
  std::string methods;
  const auto add = [&](std::string_view method) { methods.append(methods.empty() ? "" : ", ").append(method); };
  for (const Entry& entry : entries) {
    add(entry.method);
    if (entry.method == "GET" && std::ranges::find(entries, "HEAD", &Entry::method) == entries.end()) add("HEAD");
  }
  return methods;
}

Result<void> RouteTree::add(std::string_view method, std::string_view pattern, std::size_t route) {
  if (auto names = names_in_pattern(pattern); !names) return fail(std::move(names.error()));
  std::uint32_t node = 0;
  bool rest = false;
  for_each_segment(pattern, [&](std::string_view segment, bool) {
    if (is_rest(segment))
      rest = true;
    else
      node = is_capture(segment) ? make_capture(node) : make_child(node, segment);
  });
  auto& entries = rest ? nodes_[node].rest : nodes_[node].entries;
  if (std::ranges::find(entries, method, &Entry::method) != entries.end())
    return malformed(pattern, "another route for " + std::string(method) + " fits the same paths");
  entries.push_back({std::string(method), route});
  return {};
}

std::uint32_t RouteTree::child(std::uint32_t node, std::string_view segment) const {
  const auto& children = nodes_[node].children;
  const auto at = std::ranges::lower_bound(
      children, segment, {}, [&](std::uint32_t index) { return std::string_view(nodes_[index].segment); });
  return at != children.end() && nodes_[*at].segment == segment ? *at : 0;
}

std::uint32_t RouteTree::make_child(std::uint32_t node, std::string_view segment) {
  if (const std::uint32_t found = child(node, segment)) return found;
  const auto made = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back({.segment = std::string(segment)});
  auto& children = nodes_[node].children;
  const auto at = std::ranges::lower_bound(
      children, segment, {}, [&](std::uint32_t index) { return std::string_view(nodes_[index].segment); });
  children.insert(at, made);
  return made;
}

std::uint32_t RouteTree::make_capture(std::uint32_t node) {
  if (nodes_[node].capture != 0) return nodes_[node].capture;
  const auto made = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back({});
  return nodes_[node].capture = made;
}

std::optional<RouteTree::Match> RouteTree::match(std::string_view path) const {
  Match match;
  if (!path.starts_with('/') || !search(nodes_[0], path.substr(1), match)) return std::nullopt;
  return match;
}

/// Goes on behind the segment that `node` stands for. The recursion is as deep as the longest pattern.
bool RouteTree::descend(std::uint32_t node, std::string_view rest, std::size_t slash, Match& match) const {
  if (slash != std::string_view::npos) return search(nodes_[node], rest.substr(slash + 1), match);
  match.entries = nodes_[node].entries;
  return !match.entries.empty();
}

bool RouteTree::search(const Node& node, std::string_view rest, Match& match) const {
  const std::size_t slash = rest.find('/');
  const std::string_view segment = rest.substr(0, slash);
  if (!node.children.empty()) {
    const auto index = static_cast<std::uint32_t>(&node - nodes_.data());
    const bool escaped = segment.contains('%');
    const std::uint32_t found = escaped ? child(index, decode_percent(segment)) : child(index, segment);
    if (found != 0 && descend(found, rest, slash, match)) return true;
  }
  if (node.capture != 0 && !segment.empty()) {
    match.values[match.count++] = segment;
    if (descend(node.capture, rest, slash, match)) return true;
    --match.count;
  }
  if (node.rest.empty() || rest.empty()) return false;
  match.values[match.count++] = rest;
  match.entries = node.rest;
  return true;
}

bool is_safe_path(std::string_view path) {
  if (!path.contains('%') && !path.contains("..") && !path.contains('\0')) return true;
  const std::string decoded = decode_percent(path);
  if (decoded.contains('\0')) return false;
  std::string_view rest = decoded;
  while (true) {
    const std::size_t end = rest.find_first_of("/\\");
    if (rest.substr(0, end) == "..") return false;
    if (end == std::string_view::npos) return true;
    rest.remove_prefix(end + 1);
  }
}

}  // namespace sloop::web
