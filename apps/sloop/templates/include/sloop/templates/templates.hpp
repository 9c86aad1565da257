// SPDX-License-Identifier: Apache-2.0
//
// Sample events of every trigger.
//
//   auto event = make_event("s3-put", {"Records.0.s3.object.key=boat.jpg"});
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/json.hpp"

namespace sloop::templates {

struct Template {
  std::string name;
  /// One line for people.
  std::string about;
  /// What `events::kind_of` says of it.
  std::string kind;
};

/// All of them, by name.
[[nodiscard]] std::vector<Template> all_templates();

/// The event of that name. `settings` are `PATH=VALUE`, with the keys and list indices of PATH separated by dots: a
/// value in the place of a string is that text, else JSON where it is JSON. Fails with `not_found` (name, path) or
/// `invalid_input`.
[[nodiscard]] Result<Json> make_event(std::string_view name, const std::vector<std::string>& settings = {});

}  // namespace sloop::templates
