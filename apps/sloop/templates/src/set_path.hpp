// SPDX-License-Identifier: Apache-2.0
//
// `Records.0.s3.object.key=boat.jpg`: a value put to its place.
#pragma once

#include <string_view>

#include "sloop/core/error.hpp"
#include "sloop/core/json.hpp"

namespace sloop::templates {

/// The longest key that fits is taken, as AWS has keys with dots in them. Directives are passed through. The last key
/// of a path may be new. Fails with `not_found` or `invalid_input`; the message names the keys that there are.
[[nodiscard]] Result<void> set_path(Json& event, std::string_view setting);

}  // namespace sloop::templates
