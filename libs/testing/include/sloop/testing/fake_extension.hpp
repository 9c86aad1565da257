// SPDX-License-Identifier: Apache-2.0
//
// What a fake Runtime API has seen of one extension.
//
//   api->extensions().at(0).events;  // {"INVOKE"}
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sloop/core/headers.hpp"

namespace sloop::testing {

struct FakeExtension {
  std::string identifier = {};
  std::string name = {};
  std::vector<std::string> events = {};
  /// Of its registration.
  Headers headers = {};
  /// Whether it waits in `event/next`.
  bool waits = false;
  /// How many times it has called that.
  int calls = 0;
  /// What it posted to `init/error` or `exit/error`: the path's last two parts, the type, the body.
  std::string error_path = {};
  std::string error_type = {};
  std::string error_body = {};
  /// Bodies that it put, each after its path: `/2022-07-01/telemetry {..}`.
  std::vector<std::string> subscriptions = {};
};

}  // namespace sloop::testing
