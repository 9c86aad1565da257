// SPDX-License-Identifier: Apache-2.0
//
// The files of `data/`, compiled in.
#pragma once

#include <span>
#include <string_view>

namespace sloop::templates {

struct EmbeddedFile {
  std::string_view name;
  std::string_view text;
};

[[nodiscard]] std::span<const EmbeddedFile> embedded_files();

}  // namespace sloop::templates
