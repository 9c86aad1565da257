// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/provider.hpp"

#include <algorithm>

namespace sloop {
namespace {

constexpr Provider kProviders[] = {
    {"openai", Dialect::openai_chat, "https://api.openai.com/v1", "OPENAI_API_KEY", "OPENAI_BASE_URL"},
};

}  // namespace

std::span<const Provider> providers() noexcept {
  return kProviders;
}

const Provider* find_provider(std::string_view name) noexcept {
  const auto* row = std::ranges::find(kProviders, name, &Provider::name);
  return row == std::end(kProviders) ? nullptr : row;
}

}  // namespace sloop
