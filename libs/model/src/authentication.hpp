// SPDX-License-Identifier: Apache-2.0
//
// The keys that stand in headers.
#pragma once

#include <memory>
#include <string>

#include "sloop/model/authenticator.hpp"
#include "sloop/model/provider.hpp"

namespace sloop {

/// A key that stands in a header.
[[nodiscard]] std::unique_ptr<Authenticator> key_authenticator(Authentication how, std::string key);

}  // namespace sloop
