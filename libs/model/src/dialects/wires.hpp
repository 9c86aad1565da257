// SPDX-License-Identifier: Apache-2.0
//
// Which functions speak which dialect.
#pragma once

#include "sloop/model/dialects/dialect.hpp"
#include "sloop/model/provider.hpp"

namespace sloop::dialects {

/// Null when this version does not speak it yet.
[[nodiscard]] const Wire* find_wire(Dialect dialect);
/// Of a dialect that is spoken.
[[nodiscard]] inline const Wire& wire_of(Dialect dialect) {
  return *find_wire(dialect);
}

}  // namespace sloop::dialects
