// SPDX-License-Identifier: Apache-2.0
#include "anthropic_models.hpp"

#include <algorithm>
#include <charconv>

namespace sloop::dialects::anthropic {
namespace {

constexpr int kNewest = 9999;

/// Takes the next word of a model's name.
std::string_view next_word(std::string_view& name) {
  const std::size_t end = std::min(name.find_first_of("-.@:/_"), name.size());
  const auto word = name.substr(0, end);
  name.remove_prefix(std::min(end + 1, name.size()));
  return word;
}

/// 406 for 4.6. The numbers of one or two digits are the version, longer ones a date.
int version_in(std::string_view name) {
  int version = -1;
  while (!name.empty()) {
    const auto word = next_word(name);
    int number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc() || end != word.data() + word.size() || word.size() > 2) continue;
    if (version >= 0) return version + number;
    version = number * 100;
  }
  return version >= 0 ? version : kNewest;
}

// Source: Anthropic, "Models overview", maximal output.
std::int64_t max_output_of(int version, bool opus) {
  if (version < 305) return 4096;
  if (version < 307) return 8192;
  if (opus && version < 405) return 32000;
  return version < 406 ? 64000 : 128000;
}

bool always_thinks(std::string_view name, int version) {
  return name.contains("fable") || name.contains("mythos") || (name.contains("opus") && version >= 505);
}

std::string_view thinking_off(std::string_view name, int version) {
  // 4.7 and 4.8 think only when told to, and refuse to be told not to.
  if (version == 407 || version == 408 || always_thinks(name, version)) return {};
  return name.contains("sonnet") && version >= 505 ? "between_tools" : "disabled";
}

Thinking thinking_of(int version) {
  if (version < 307) return Thinking::none;
  return version < 406 ? Thinking::budget : Thinking::adaptive;
}

}  // namespace

ModelTraits traits_of(std::string_view model) {
  const std::size_t begin = model.find("claude");
  if (begin == std::string_view::npos) return {};
  model.remove_prefix(begin);
  const int version = version_in(model);
  return {.max_output = max_output_of(version, model.contains("opus")),
          .thinking = thinking_of(version),
          .thinking_off = thinking_off(model, version),
          .always_thinks = always_thinks(model, version),
          .takes_sampling = version < 407,
          .takes_both = version < 401};
}

}  // namespace sloop::dialects::anthropic
