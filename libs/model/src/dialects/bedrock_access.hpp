// SPDX-License-Identifier: Apache-2.0
//
// Where Bedrock is, and who we are there.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "authentication.hpp"

namespace sloop::dialects::bedrock_converse {

/// Puts AWS's region where `{region}` stands; empty when there is none.
[[nodiscard]] std::string locate(std::string base_url);

/// Signs with the credentials of AWS's chain. Servers that are not AWS's get unsigned requests where there are none.
[[nodiscard]] std::unique_ptr<Authenticator> signing_authenticator(std::string_view base_url,
                                                                   std::shared_ptr<http::Transport> transport);

}  // namespace sloop::dialects::bedrock_converse
