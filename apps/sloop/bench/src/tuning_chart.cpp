// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "axis.hpp"
#include "svg.hpp"
#include "tuning.hpp"

namespace sloop::bench {
namespace {

constexpr double kWidth = 640;
constexpr double kHeight = 400;
constexpr double kMargin = 24;
constexpr Span kAcross{.from = 92, .to = 548};
constexpr Span kUp{.from = 338, .to = 104};
constexpr double kOverhang = 26;
/// With more sizes than this the values at the points would cover each other.
constexpr std::size_t kMostLabels = 7;

struct Axes {
  Axis memory;
  Axis time;
  Axis cost;
};

Axes axes_of(const std::vector<TuningPoint>& points) {
  std::vector<double> sizes;
  double time = 0;
  double cost = 0;
  for (const auto& point : points) {
    sizes.push_back(point.memory_mb);
    time = std::max({time, point.time_ms, point.high_ms});
    cost = std::max(cost, point.cost);
  }
  // Some room above the highest point, for its label.
  return {Axis::through(sizes, kAcross), Axis::linear(time * 1.06, kUp), Axis::linear(cost * 1.06, kUp)};
}

void draw_scales(Drawing& drawing, const Axes& axes) {
  const double left = kAcross.from - kOverhang;
  const double right = kAcross.to + kOverhang;
  for (std::size_t i = 0; i < axes.time.ticks().size(); ++i) {
    const double y = axes.time.at(axes.time.ticks()[i]);
    drawing.line({left, y}, {right, y}, i == 0 ? "base" : "grid");
    drawing.text({left - 8, y + 4}, fmt::format("{:g}", axes.time.ticks()[i]), "tick time-text", "end");
    drawing.text({right + 8, y + 4}, fmt::format("{:g}", axes.cost.ticks()[i]), "tick cost-text");
  }
  double free_from = 0;
  for (const double size : axes.memory.ticks()) {
    const double x = axes.memory.at(size);
    drawing.line({x, kUp.from}, {x, kUp.from + 5}, "base");
    if (x < free_from) continue;
    drawing.text({x, kUp.from + 21}, fmt::format("{:g}", size), "tick", "middle");
    free_from = x + 36;
  }
  drawing.text({(kAcross.from + kAcross.to) / 2, kHeight - 18}, "Memory (MB)", "tick", "middle");
}

void draw_legend(Drawing& drawing, const std::string& time_name) {
  drawing.line({kMargin, 76}, {kMargin + 26, 76}, "time-line");
  drawing.circle({kMargin + 13, 76}, 4.5, "time-mark");
  drawing.text({kMargin + 34, 80.5}, time_name + ", ms", "time-text");
  drawing.text({kWidth - kMargin - 34, 80.5}, "USD per million", "cost-text", "end");
  drawing.line({kWidth - kMargin - 26, 76}, {kWidth - kMargin, 76}, "cost-line");
  drawing.box({kWidth - kMargin - 17, 72}, {8, 8}, "cost-mark", 1);
}

void draw_lines(Drawing& drawing, const Axes& axes, const std::vector<TuningPoint>& points) {
  std::vector<Point> times;
  std::vector<Point> costs;
  for (const auto& point : points) {
    times.push_back({axes.memory.at(point.memory_mb), axes.time.at(point.time_ms)});
    costs.push_back({axes.memory.at(point.memory_mb), axes.cost.at(point.cost)});
  }
  drawing.path(costs, "cost-line");
  drawing.path(times, "time-line");
}

void draw_whisker(Drawing& drawing, double x, double top, double bottom) {
  drawing.line({x, top}, {x, bottom}, "time-whisker");
  for (const double y : {top, bottom}) drawing.line({x - 5, y}, {x + 5, y}, "time-whisker");
}

/// The upper one of the two values is written above its mark, the lower one below.
void draw_values(Drawing& drawing, const Axes& axes, const TuningPoint& point) {
  const double x = axes.memory.at(point.memory_mb);
  const double time = axes.time.at(point.time_ms);
  const double cost = axes.cost.at(point.cost);
  const bool time_above = time <= cost;
  const double time_at = time_above ? axes.time.at(point.high_ms) - 9 : axes.time.at(point.low_ms) + 18;
  const double cost_at = time_above ? cost + 20 : cost - 11;
  drawing.text({x, std::min(time_at, kUp.from - 5)}, number_text(point.time_ms), "halo time-text", "middle");
  drawing.text({x, std::min(cost_at, kUp.from - 5)}, "$" + cost_text(point.cost), "halo cost-text", "middle");
}

std::string words_of(const TuningPoint& point) {
  return fmt::format("{} MB: {} ms ({} to {}), {} USD per million", point.memory_mb, number_text(point.time_ms),
                     number_text(point.low_ms), number_text(point.high_ms), cost_text(point.cost));
}

void draw_point(Drawing& drawing, const Axes& axes, const TuningPoint& point, bool with_values) {
  const double x = axes.memory.at(point.memory_mb);
  drawing.begin_group(words_of(point));
  if (point.low_ms != point.high_ms) draw_whisker(drawing, x, axes.time.at(point.high_ms), axes.time.at(point.low_ms));
  drawing.box({x - 4.5, axes.cost.at(point.cost) - 4.5}, {9, 9}, "cost-mark", 1.5);
  drawing.circle({x, axes.time.at(point.time_ms)}, 5, "time-mark");
  if (with_values) draw_values(drawing, axes, point);
  drawing.end_group();
}

}  // namespace

std::string draw_tuning(const std::vector<TuningPoint>& points, const std::string& title,
                        const std::string& time_name) {
  std::string description = time_name + " and cost by memory";
  for (const auto& point : points) description += "; " + words_of(point);
  Drawing drawing({kWidth, kHeight}, title, description);
  drawing.text({kMargin, 33}, shortened(title, 64), "title");
  drawing.text({kMargin, 53}, "median, whiskers from p10 to p90", "note");
  draw_legend(drawing, time_name);
  const Axes axes = axes_of(points);
  draw_scales(drawing, axes);
  draw_lines(drawing, axes, points);
  for (const auto& point : points) draw_point(drawing, axes, point, points.size() <= kMostLabels);
  return std::move(drawing).finish();
}

}  // namespace sloop::bench
