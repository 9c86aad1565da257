// SPDX-License-Identifier: Apache-2.0
//
// What the event formats have in common: parameters, bodies, times, the headers that a door adds.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sloop/core/headers.hpp"
#include "sloop/core/json.hpp"
#include "sloop/doors/door.hpp"

namespace sloop::doors {

inline constexpr std::string_view kAccount = "000000000000";
/// Stands for the id of an API, a URL or a load balancer.
inline constexpr std::string_view kLocalId = "sloop";

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// The parameters of a query string in their order; `decoded`: `+` and `%XX` as they are meant.
[[nodiscard]] Pairs query_pairs(std::string_view query, bool decoded);

/// Each name once, with its last value.
[[nodiscard]] JsonObject last_values(const Pairs& pairs);
/// Each name once, with all its values.
[[nodiscard]] JsonObject all_values(const Pairs& pairs);
/// Each name once, its values separated by commas.
[[nodiscard]] JsonObject joined_values(const Pairs& pairs);

/// The client's headers and those that a door adds, names in small letters where `lower`.
[[nodiscard]] Pairs door_headers(const serve::Request& request, const Visit& visit, bool lower);

/// Sets `body` and `isBase64Encoded`. Text that is no UTF-8 is mended where it may not be base64.
void put_body(JsonObject& event, std::string_view body, bool base64);

/// Whether a body of this content type (and encoding) is text to a Function URL, an HTTP API and a load balancer.
[[nodiscard]] bool is_text(const Headers& headers);

/// `12/Mar/2020:19:03:58 +0000`.
[[nodiscard]] std::string request_time(std::chrono::system_clock::time_point at);
[[nodiscard]] std::int64_t epoch_milliseconds(std::chrono::system_clock::time_point at);

/// An object, or null in the place of an empty one, as API Gateway has it.
[[nodiscard]] Json object_or_null(JsonObject object);

/// The events, one function for each format; routes and paths are settled by `enter`.
[[nodiscard]] JsonObject function_url_event(const serve::Request& request, const Visit& visit);
[[nodiscard]] JsonObject http_api_event(const DoorOptions& options, const serve::Request& request,
                                        const RouteMatch& match, std::string_view path, const Visit& visit);
[[nodiscard]] JsonObject rest_api_event(const DoorOptions& options, const serve::Request& request,
                                        const RouteMatch& match, std::string_view path, const Visit& visit);
[[nodiscard]] JsonObject load_balancer_event(const DoorOptions& options, const serve::Request& request,
                                             const Visit& visit);

/// `prod` of a REST API without a setting; empty: `$default`.
[[nodiscard]] std::string stage_of(const DoorOptions& options);
/// Whether `types` (`image/png`, `image/*`, `*/*`) holds this media type.
[[nodiscard]] bool holds_media_type(const std::vector<std::string>& types, std::string_view type);

}  // namespace sloop::doors
