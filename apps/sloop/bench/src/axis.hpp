// SPDX-License-Identifier: Apache-2.0
//
// From values to places in a drawing.
//
//   const auto axis = Axis::linear(386, {.from = 80, .to = 560});
//   axis.ticks();  // 0, 80, 160, 240, 320, 400
//   axis.at(200);  // 320
#pragma once

#include <vector>

namespace sloop::bench {

/// Where an axis begins and ends in a drawing; `to` may be less than `from`.
struct Span {
  double from = 0;
  double to = 1;
};

class Axis {
 public:
  /// From 0 in `steps` round steps to a number not below `high`.
  [[nodiscard]] static Axis linear(double high, Span span, int steps = 5);
  /// From a power of ten well below `low`, which must be positive, to one not below `high`; a tick at each.
  [[nodiscard]] static Axis logarithmic(double low, double high, Span span);
  /// Through `values`, which are positive and become the ticks, at distances by their ratios. One value is in the
  /// middle.
  [[nodiscard]] static Axis through(std::vector<double> values, Span span);

  /// Values beyond an end are at the end.
  [[nodiscard]] double at(double value) const;
  [[nodiscard]] const std::vector<double>& ticks() const { return ticks_; }
  [[nodiscard]] bool is_logarithmic() const { return logarithmic_; }

 private:
  Axis(bool logarithmic, std::vector<double> ticks, Span span);

  bool logarithmic_;
  std::vector<double> ticks_;
  Span span_;
};

/// Whether the smaller values would vanish on a linear axis.
[[nodiscard]] bool spans_decades(double low, double high);

}  // namespace sloop::bench
