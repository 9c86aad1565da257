// SPDX-License-Identifier: Apache-2.0
//
// What memory buys: time and cost of one function by memory size, as a chart and as a link.
#pragma once

#include <string>
#include <vector>

#include "figures.hpp"

namespace sloop::bench {

enum class Start { cold, warm };

struct TuningPoint {
  int memory_mb = 0;
  /// Median, p10 and p90.
  double time_ms = 0;
  double low_ms = 0;
  double high_ms = 0;
  /// USD for a million invocations, requests included.
  double cost = 0;
};

/// exec to first reply (`cold`) or warm invocations, by memory size; sizes without samples are left out.
[[nodiscard]] std::vector<TuningPoint> tuning_points(const Function& function, Start start);

/// Time on the left axis, cost on the right one, both from zero. `time_name` says which time.
[[nodiscard]] std::string draw_tuning(const std::vector<TuningPoint>& points, const std::string& title,
                                      const std::string& time_name);

/// The address at which AWS Lambda Power Tuning's viewer shows these points; costs are USD for one invocation.
/// Everything is in the fragment, which browsers don't send.
[[nodiscard]] std::string tuner_url(const std::vector<TuningPoint>& points);

}  // namespace sloop::bench
