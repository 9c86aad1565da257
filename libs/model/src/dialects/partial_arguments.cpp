// SPDX-License-Identifier: Apache-2.0
#include "partial_arguments.hpp"

#include <charconv>
#include <optional>
#include <vector>

namespace sloop::dialects {
namespace {

/// A longer list than any call has; a path must not make us allocate at will.
constexpr std::size_t kMaxIndex = 10'000;
constexpr std::size_t kMaxDepth = 64;

/// A step of a path: a name, or a position.
struct Step {
  std::string name;
  std::optional<std::size_t> index;
};

/// Takes a step off the front of `path`: `.name`, `[3]`, `['name']`, `["name"]`.
std::optional<Step> take_step(std::string_view& path) {
  if (path.starts_with('.')) {
    const std::size_t end = std::min(path.find_first_of(".[", 1), path.size());
    Step step{.name = std::string(path.substr(1, end - 1)), .index = {}};
    path.remove_prefix(end);
    return step.name.empty() ? std::nullopt : std::optional(std::move(step));
  }
  const std::size_t end = path.find(']');
  if (!path.starts_with('[') || end == std::string_view::npos) return std::nullopt;
  std::string_view inner = path.substr(1, end - 1);
  path.remove_prefix(end + 1);
  if (inner.size() >= 2 && (inner.front() == '\'' || inner.front() == '"') && inner.back() == inner.front())
    return Step{.name = std::string(inner.substr(1, inner.size() - 2)), .index = {}};
  std::size_t index = 0;
  const auto [rest, error] = std::from_chars(inner.data(), inner.data() + inner.size(), index);
  if (error != std::errc() || rest != inner.data() + inner.size() || index > kMaxIndex) return std::nullopt;
  return Step{.name = {}, .index = index};
}

std::optional<std::vector<Step>> steps_of(std::string_view path) {
  if (!path.starts_with('$')) return std::nullopt;
  path.remove_prefix(1);
  std::vector<Step> steps;
  while (!path.empty()) {
    auto step = take_step(path);
    if (!step || steps.size() == kMaxDepth) return std::nullopt;
    steps.push_back(std::move(*step));
  }
  if (steps.empty() || steps.front().index) return std::nullopt;
  return steps;
}

/// The place below `value`, made when it is not there.
Json& place_in(Json& value, const Step& step) {
  if (step.index) {
    if (!value.is_array()) value = JsonArray();
    auto& list = value.get_array();
    if (list.size() <= *step.index) list.resize(*step.index + 1);
    return list[*step.index];
  }
  if (!value.is_object()) value = JsonObject();
  return value.get_object()[step.name];
}

}  // namespace

bool PartialArguments::add(const Json& piece) {
  const auto steps = steps_of(find_string(piece, "jsonPath"));
  if (!steps) return false;
  Json* place = &arguments_[steps->front().name];
  for (std::size_t i = 1; i < steps->size(); ++i) place = &place_in(*place, (*steps)[i]);
  if (const Json* text = find(piece, "stringValue"); text != nullptr && text->is_string()) {
    if (place->is_string())
      place->get_string() += text->get_string();
    else
      *place = *text;
  }
  for (const auto key : {"numberValue", "boolValue"})
    if (const Json* value = find(piece, key)) *place = *value;
  return true;
}

}  // namespace sloop::dialects
