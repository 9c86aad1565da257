// SPDX-License-Identifier: Apache-2.0
//
// The models that a provider says it has.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sloop/model/model.hpp"

namespace sloop {

/// The names as they stand behind the slash, sorted. One call; longer lists than one page are asked for to the end.
/// Fails as `Model::complete`. Bedrock's list is asked for at `bedrock.REGION.amazonaws.com` unless a base URL is
/// given.
[[nodiscard]] Result<std::vector<std::string>> list_models(const Provider& provider, const ModelOptions& options = {},
                                                           const CallOptions& call = {});

/// Whether a key is given or set for `provider`, or none is needed.
[[nodiscard]] bool is_configured(const Provider& provider, const ModelOptions& options = {});

}  // namespace sloop
