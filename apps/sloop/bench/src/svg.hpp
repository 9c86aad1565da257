// SPDX-License-Identifier: Apache-2.0
//
// An SVG drawing in the making. Shapes carry class names; `chart_style` gives these their colours, light and dark.
//
//   Drawing drawing({640, 200}, "Peak memory", "sloop 3.5 MB, rig 13 MB");
//   drawing.text({24, 32}, "Peak memory", "title");
//   std::string svg = std::move(drawing).finish();
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sloop::bench {

struct Point {
  double x = 0;
  double y = 0;
};

/// Text as content or attribute of XML and HTML; control characters, which XML forbids, become U+FFFD.
[[nodiscard]] std::string escape(std::string_view text);

/// At most `length` characters, the last one an ellipsis where something was cut off.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t length);

/// The number of characters of UTF-8 text.
[[nodiscard]] std::size_t character_count(std::string_view text);

class Drawing {
 public:
  /// `title` and `description` are read out by screen readers. The drawing has a background.
  Drawing(Point size, std::string_view title, std::string_view description);

  void line(Point from, Point to, std::string_view style);
  void path(const std::vector<Point>& points, std::string_view style);
  void box(Point corner, Point size, std::string_view style, double radius = 0);
  void circle(Point centre, double radius, std::string_view style);
  /// `anchor` is `start`, `middle` or `end`.
  void text(Point at, std::string_view text, std::string_view style, std::string_view anchor = "start");
  /// What is drawn until `end_group` shows `title` under the mouse.
  void begin_group(std::string_view title);
  void end_group();

  [[nodiscard]] std::string finish() &&;

 private:
  std::string out_;
};

}  // namespace sloop::bench
