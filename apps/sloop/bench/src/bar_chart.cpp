// SPDX-License-Identifier: Apache-2.0
#include "bar_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "axis.hpp"
#include "figures.hpp"
#include "svg.hpp"

namespace sloop::bench {
namespace {

constexpr double kWidth = 640;
constexpr double kMargin = 24;
constexpr double kTop = 72;
constexpr double kRow = 27;
constexpr double kBar = 15;
constexpr double kSectionTitle = 24;
constexpr double kAxis = 40;
constexpr std::size_t kLabelLength = 22;

struct Layout {
  double label_end = 0;
  double plot_end = 0;
  double value_end = 0;
  double height = 0;
  /// Whether there is something to compare.
  bool has_ratios = false;
  bool has_section_titles = false;
};

Layout layout_of(const BarChart& chart) {
  Layout layout{.has_section_titles = chart.sections.size() > 1};
  std::size_t longest = 0;
  layout.height = kTop + kAxis;
  for (const auto& section : chart.sections) {
    layout.has_ratios = layout.has_ratios || section.bars.size() > 1;
    layout.height += kRow * static_cast<double>(section.bars.size()) + (layout.has_section_titles ? kSectionTitle : 0);
    for (const auto& bar : section.bars) longest = std::max(longest, character_count(bar.label));
  }
  layout.label_end = kMargin + std::max(7.4 * static_cast<double>(std::min(longest, kLabelLength)), 40.0);
  layout.value_end = kWidth - kMargin - (layout.has_ratios ? 62 : 0);
  layout.plot_end = layout.value_end - 58;
  return layout;
}

Axis axis_of(const BarChart& chart, Span span) {
  double low = std::numeric_limits<double>::max();
  double high = 0;
  for (const auto& section : chart.sections)
    for (const auto& bar : section.bars)
      if (bar.value) {
        low = std::min({low, *bar.value, bar.low});
        high = std::max({high, *bar.value, bar.high});
      }
  return spans_decades(low, high) ? Axis::logarithmic(low, high, span) : Axis::linear(high, span);
}

std::string ratio_text(double ratio) {
  if (ratio == 1) return "1×";
  if (ratio < 0.1) return fmt::format("{:.2g}×", ratio);
  return fmt::format("{:.{}f}×", ratio, ratio < 0.995 ? 2 : ratio < 9.95 ? 1 : 0);
}

/// What the mouse and the screen reader are told of a bar.
std::string words_of(const Bar& bar, const BarSection& section, const BarChart& chart) {
  std::string words = section.title.empty() ? bar.label : fmt::format("{} at {}", bar.label, section.title);
  if (!bar.value) return words + ": not measured";
  words += fmt::format(": {} {}", number_text(*bar.value), chart.unit);
  if (bar.low != bar.high) words += fmt::format(" ({} to {})", number_text(bar.low), number_text(bar.high));
  return words;
}

std::string description_of(const BarChart& chart) {
  std::string text = chart.note;
  for (const auto& section : chart.sections)
    for (const auto& bar : section.bars) text += "; " + words_of(bar, section, chart);
  return text;
}

void draw_grid(Drawing& drawing, const Axis& axis, double bottom) {
  for (const double tick : axis.ticks()) {
    const double x = axis.at(tick);
    drawing.line({x, kTop - 8}, {x, bottom}, tick == axis.ticks().front() ? "base" : "grid");
    drawing.text({x, bottom + 18}, fmt::format("{:g}", tick), "tick", "middle");
  }
}

void draw_whisker(Drawing& drawing, const Axis& axis, const Bar& bar, double y) {
  if (bar.low == bar.high) return;
  const double from = axis.at(bar.low);
  const double to = axis.at(bar.high);
  drawing.line({from, y}, {to, y}, "whisker");
  for (const double end : {from, to}) drawing.line({end, y - 3.5}, {end, y + 3.5}, "whisker");
}

void draw_bar(Drawing& drawing, const Layout& layout, const Axis& axis, const BarSection& section, std::size_t index,
              double y) {
  const Bar& bar = section.bars[index];
  const double baseline = y + 4.5;
  drawing.text({layout.label_end, baseline}, shortened(bar.label, kLabelLength), "", "end");
  const double start = axis.at(axis.ticks().front());
  if (!bar.value) {
    drawing.text({start + 8, baseline}, "not measured", "absent");
    return;
  }
  drawing.box({start, y - kBar / 2}, {std::max(axis.at(*bar.value) - start, 1.0), kBar}, index == 0 ? "first" : "other",
              2.5);
  draw_whisker(drawing, axis, bar, y);
  drawing.text({layout.value_end, baseline}, number_text(*bar.value), "value", "end");
  if (const auto& first = section.bars.front().value; layout.has_ratios && first && *first > 0)
    drawing.text({kWidth - kMargin, baseline}, ratio_text(*bar.value / *first), "ratio", "end");
}

}  // namespace

std::string draw(const BarChart& chart) {
  const Layout layout = layout_of(chart);
  const Axis axis = axis_of(chart, {layout.label_end + 10, layout.plot_end});
  Drawing drawing({kWidth, layout.height}, chart.title, description_of(chart));
  drawing.text({kMargin, 33}, fmt::format("{}, {}", chart.title, chart.unit), "title");
  drawing.text({kMargin, 53}, chart.note + (axis.is_logarithmic() ? " · logarithmic scale" : ""), "note");
  draw_grid(drawing, axis, layout.height - kAxis);
  double y = kTop;
  for (const auto& section : chart.sections) {
    if (layout.has_section_titles) {
      drawing.text({kMargin, y + 14}, section.title, "section");
      y += kSectionTitle;
    }
    for (std::size_t i = 0; i < section.bars.size(); ++i, y += kRow) {
      drawing.begin_group(words_of(section.bars[i], section, chart));
      draw_bar(drawing, layout, axis, section, i, y + kRow / 2);
      drawing.end_group();
    }
  }
  return std::move(drawing).finish();
}

}  // namespace sloop::bench
