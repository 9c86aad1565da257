// SPDX-License-Identifier: Apache-2.0
//
// The address of a call: what the user gave as base URL, and what the wire format adds.
#pragma once

#include <string>
#include <string_view>

namespace sloop {

/// `base` and `path` as one address; a query of the base (`?api-version=..`) stands behind the path. A version (`/v1`,
/// `/v1beta`) that both have stands in it once, so that base URLs count with and without it. A path that begins with
/// `//` stands at the root of the base's host.
[[nodiscard]] std::string address_of(std::string_view base, std::string_view path);

/// `url` without slashes at its end; `base_path` is added when it has no path of its own.
[[nodiscard]] std::string with_base_path(std::string url, std::string_view base_path);

/// Azure's addresses with a dated version: `url/openai/deployments/MODEL?api-version=VERSION`; without a model those of
/// the resource. An address that has a path of its own keeps it.
[[nodiscard]] std::string with_api_version(std::string url, std::string_view model, std::string_view version);

[[nodiscard]] std::string lower_case(std::string_view text);

}  // namespace sloop
