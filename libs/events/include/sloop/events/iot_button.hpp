// SPDX-License-Identifier: Apache-2.0
//
// The buttons of AWS IoT: IoT 1-Click and the first IoT button.
//
// Source: AWS IoT 1-Click Developer Guide, "AWS IoT 1-Click callback events".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/rest.hpp"

namespace sloop::events {

struct IoTOneClickButtonClicked {
  /// `SINGLE`, `DOUBLE` or `LONG`.
  std::string clickType = {};
  std::optional<std::string> reportedTime = {};
  Rest rest = {};
};

struct IoTOneClickDeviceEvent {
  IoTOneClickButtonClicked buttonClicked = {};
  Rest rest = {};
};

struct IoTOneClickDeviceInfo {
  std::string deviceId = {};
  std::string type = {};
  std::optional<std::map<std::string, std::string>> attributes = {};
  /// Per cent.
  std::optional<double> remainingLife = {};
  Rest rest = {};
};

struct IoTOneClickPlacementInfo {
  std::string projectName = {};
  std::string placementName = {};
  std::optional<std::map<std::string, std::string>> attributes = {};
  std::optional<std::map<std::string, std::string>> devices = {};
  Rest rest = {};
};

struct IoTOneClickEvent {
  IoTOneClickDeviceEvent deviceEvent = {};
  IoTOneClickDeviceInfo deviceInfo = {};
  std::optional<IoTOneClickPlacementInfo> placementInfo = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "iot_one_click";
};

struct IoTButtonEvent {
  std::string serialNumber = {};
  std::string clickType = {};
  /// `2000mV`.
  std::optional<std::string> batteryVoltage = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "iot_button";
};

}  // namespace sloop::events
