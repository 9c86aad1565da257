// SPDX-License-Identifier: Apache-2.0
//
// Which functions speak which dialect.
#pragma once

#include "sloop/model/dialects/dialect.hpp"
#include "sloop/model/provider.hpp"

namespace sloop::dialects {

[[nodiscard]] const Wire& wire_of(Dialect dialect);

}  // namespace sloop::dialects
