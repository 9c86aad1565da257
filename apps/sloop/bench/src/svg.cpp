// SPDX-License-Identifier: Apache-2.0
#include "svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "sloop/bench/chart.hpp"

namespace sloop::bench {
namespace {

// Plain rules without variables: some renderers of SVG files know no others.
constexpr std::string_view kStyle = R"css(
svg text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-size:13px;fill:#17202e}
svg .surface{fill:#fff;stroke:#e1e6ee}
svg .title{font-size:16px;font-weight:650}
svg .note,svg .tick{font-size:12px;fill:#5d6b7e}
svg .section{font-size:12px;font-weight:650;fill:#5d6b7e}
svg .value{font-weight:600;font-variant-numeric:tabular-nums}
svg .ratio{fill:#5d6b7e;font-variant-numeric:tabular-nums}
svg .absent{fill:#5d6b7e;font-style:italic}
svg .grid{stroke:#e4e9f0;stroke-width:1}
svg .base{stroke:#b4bfce;stroke-width:1}
svg .whisker{stroke:#17202e;stroke-width:1.4;stroke-opacity:.75}
svg .first{fill:#5048e5}
svg .other{fill:#8b9ab1}
svg .time-mark{fill:#d64a33}
svg .cost-mark{fill:#2467d6}
svg .time-line,svg .cost-line{fill:none;stroke-width:2.5;stroke-linejoin:round;stroke-linecap:round}
svg .time-line{stroke:#d64a33}
svg .cost-line{stroke:#2467d6;stroke-dasharray:7 6}
svg .time-whisker{stroke:#d64a33;stroke-width:1.5;stroke-opacity:.7}
svg .time-text{fill:#c03c27}
svg .cost-text{fill:#2467d6}
svg .halo{font-size:12px;font-weight:600;paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
@media (prefers-color-scheme:dark){
svg text{fill:#e9eef6}
svg .surface{fill:#161c27;stroke:#2b3444}
svg .note,svg .tick,svg .section,svg .ratio,svg .absent{fill:#9ba8bb}
svg .grid{stroke:#28303f}
svg .base{stroke:#4a5669}
svg .whisker{stroke:#e9eef6}
svg .first{fill:#857fff}
svg .other{fill:#5f6f88}
svg .time-mark,svg .time-text{fill:#ff8069}
svg .cost-mark,svg .cost-text{fill:#70aaff}
svg .time-line,svg .time-whisker{stroke:#ff8069}
svg .cost-line{stroke:#70aaff}
svg .halo{stroke:#161c27}
}
)css";

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool continues_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

}  // namespace

std::string escape(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (letter == '&')
      out += "&amp;";
    else if (letter == '<')
      out += "&lt;";
    else if (letter == '>')
      out += "&gt;";
    else if (letter == '"')
      out += "&quot;";
    else if (letter == '\'')
      out += "&#39;";
    else if (static_cast<unsigned char>(letter) < 0x20 && letter != '\n' && letter != '\t')
      out += kReplacement;
    else
      out += letter;
  }
  return out;
}

std::size_t character_count(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, continues_character));
}

std::string shortened(std::string_view text, std::size_t length) {
  if (character_count(text) <= length) return std::string(text);
  std::size_t end = 0;
  for (std::size_t kept = 0; end < text.size(); ++end)
    if (!continues_character(text[end]) && ++kept == length) break;
  return std::string(text.substr(0, end)) + "…";
}

std::string_view chart_style() {
  return kStyle;
}

Drawing::Drawing(Point size, std::string_view title, std::string_view description) {
  out_ = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img">)"
      "<title>{2}</title><desc>{3}</desc>\n",
      size.x, size.y, escape(title), escape(description));
  box({0.5, 0.5}, {size.x - 1, size.y - 1}, "surface", 12);
}

void Drawing::line(Point from, Point to, std::string_view style) {
  fmt::format_to(std::back_inserter(out_), R"(<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>)",
                 style, from.x, from.y, to.x, to.y);
}

void Drawing::path(const std::vector<Point>& points, std::string_view style) {
  out_ += fmt::format(R"(<path class="{}" d=")", style);
  char command = 'M';
  for (const auto& point : points) {
    fmt::format_to(std::back_inserter(out_), "{}{:.1f} {:.1f}", command, point.x, point.y);
    command = 'L';
  }
  out_ += "\"/>";
}

void Drawing::box(Point corner, Point size, std::string_view style, double radius) {
  fmt::format_to(std::back_inserter(out_),
                 R"(<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="{}"/>)", style, corner.x,
                 corner.y, size.x, size.y, radius);
}

void Drawing::circle(Point centre, double radius, std::string_view style) {
  fmt::format_to(std::back_inserter(out_), R"(<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="{}"/>)", style, centre.x,
                 centre.y, radius);
}

void Drawing::text(Point at, std::string_view text, std::string_view style, std::string_view anchor) {
  fmt::format_to(std::back_inserter(out_), R"(<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>)",
                 style, at.x, at.y, anchor, escape(text));
}

void Drawing::begin_group(std::string_view title) {
  out_ += fmt::format("<g><title>{}</title>", escape(title));
}

void Drawing::end_group() {
  out_ += "</g>\n";
}

std::string Drawing::finish() && {
  return std::move(out_) + "</svg>\n";
}

}  // namespace sloop::bench
