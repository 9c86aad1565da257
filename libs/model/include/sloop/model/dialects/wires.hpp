// SPDX-License-Identifier: Apache-2.0
//
// Which wire formats a program has. All of them, unless it defines `find_wire` itself, as
// `sloop_add_function(NAME main.cpp DIALECTS openai-responses)` does for it: the others are not linked then.
#pragma once

#include "sloop/model/dialects/dialect.hpp"
#include "sloop/model/provider.hpp"

namespace sloop::dialects {

/// Null when the program has been linked without it.
[[nodiscard]] const Wire* find_wire(Dialect dialect);

}  // namespace sloop::dialects
