// SPDX-License-Identifier: Apache-2.0
#include "axis.hpp"

#include <algorithm>
#include <cmath>

namespace sloop::bench {
namespace {

constexpr double kRound[] = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};

/// The smallest number of few digits that is not below `value`.
double round_up(double value) {
  if (!(value > 0)) return 1;
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double round : kRound)
    if (round * power >= value * (1 - 1e-9)) return round * power;
  return 10 * power;
}

}  // namespace

Axis::Axis(bool logarithmic, std::vector<double> ticks, Span span)
    : logarithmic_(logarithmic), ticks_(std::move(ticks)), span_(span) {}

Axis Axis::linear(double high, Span span, int steps) {
  const double step = round_up(high / steps);
  std::vector<double> ticks;
  for (int i = 0; i <= steps; ++i) ticks.push_back(i * step);
  return {false, std::move(ticks), span};
}

Axis Axis::logarithmic(double low, double high, Span span) {
  // The shortest bar is to be seen, so the axis begins at half of it at most.
  const int first = static_cast<int>(std::floor(std::log10(low / 2)));
  const int last = std::max(first + 1, static_cast<int>(std::ceil(std::log10(high) - 1e-9)));
  std::vector<double> ticks;
  for (int power = first; power <= last; ++power) ticks.push_back(std::pow(10, power));
  return {true, std::move(ticks), span};
}

Axis Axis::through(std::vector<double> values, Span span) {
  std::ranges::sort(values);
  if (values.empty()) values.push_back(1);
  return {true, std::move(values), span};
}

double Axis::at(double value) const {
  const auto scaled = [&](double x) { return logarithmic_ ? std::log(x) : x; };
  const double low = scaled(ticks_.front());
  const double high = scaled(ticks_.back());
  if (low == high) return (span_.from + span_.to) / 2;
  const double inside = std::clamp(value, ticks_.front(), ticks_.back());
  return span_.from + (span_.to - span_.from) * (scaled(inside) - low) / (high - low);
}

bool spans_decades(double low, double high) {
  return low > 0 && high / low >= 20;
}

}  // namespace sloop::bench
