// SPDX-License-Identifier: Apache-2.0
#include "sloop/events/time.hpp"

#include <array>
#include <cmath>

namespace sloop::events {
namespace {

using namespace std::chrono;

/// Reads a text from its beginning; what does not fit makes it bad for good.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool at_end() const { return text_.empty(); }

  bool take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  void need(char c) { good_ = take(c) && good_; }

  /// A number of `least` to `most` digits.
  int number(std::size_t least, std::size_t most) {
    int value = 0;
    std::size_t digits = 0;
    while (digits < most && !text_.empty() && text_.front() >= '0' && text_.front() <= '9') {
      value = value * 10 + (text_.front() - '0');
      text_.remove_prefix(1);
      ++digits;
    }
    good_ = good_ && digits >= least;
    return value;
  }

  /// 1 to 12, by three letters.
  unsigned month_name() {
    static constexpr std::string_view kNames = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const auto at = text_.size() < 3 ? std::string_view::npos : kNames.find(text_.substr(0, 3));
    good_ = good_ && at != std::string_view::npos && at % 3 == 0;
    if (!good_) return 0;
    text_.remove_prefix(3);
    return static_cast<unsigned>(at / 3 + 1);
  }

  /// `.123456`: the thousandths, whatever the number of digits.
  milliseconds fraction() {
    if (!take('.') && !take(',')) return {};
    int value = 0;
    std::size_t digits = 0;
    for (; !text_.empty() && text_.front() >= '0' && text_.front() <= '9'; ++digits) {
      if (digits < 3) value = value * 10 + (text_.front() - '0');
      text_.remove_prefix(1);
    }
    good_ = good_ && digits > 0;
    for (; digits < 3; ++digits) value *= 10;
    return milliseconds(value);
  }

  /// `Z`, `+0200`, `-05:00` or nothing.
  minutes offset() {
    if (at_end() || take('Z')) return {};
    const bool minus = take('-');
    if (!minus) need('+');
    const int hour = number(2, 2);
    take(':');
    const minutes total = hours(hour) + minutes(number(2, 2));
    return minus ? -total : total;
  }

 private:
  std::string_view text_;
  bool good_ = true;
};

struct Parts {
  int year = 0;
  unsigned month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  milliseconds fraction{};
  minutes offset{};
};

std::optional<Time> time_of(const Cursor& cursor, const Parts& parts) {
  const year_month_day date(year(parts.year), month(parts.month), day(static_cast<unsigned>(parts.day)));
  if (!cursor.good() || !cursor.at_end() || !date.ok() || parts.hour > 24 || parts.minute > 59 || parts.second > 60)
    return std::nullopt;
  return Time(sys_days(date)) + hours(parts.hour) + minutes(parts.minute) + seconds(parts.second) + parts.fraction -
         parts.offset;
}

std::optional<Time> iso(std::string_view text) {
  Cursor cursor(text);
  Parts parts;
  parts.year = cursor.number(4, 4);
  cursor.need('-');
  parts.month = static_cast<unsigned>(cursor.number(2, 2));
  cursor.need('-');
  parts.day = cursor.number(2, 2);
  if (!cursor.take(' ')) cursor.need('T');
  parts.hour = cursor.number(2, 2);
  cursor.need(':');
  parts.minute = cursor.number(2, 2);
  if (cursor.take(':')) parts.second = cursor.number(2, 2);
  parts.fraction = cursor.fraction();
  parts.offset = cursor.offset();
  return time_of(cursor, parts);
}

/// As web servers write it: `15/May/2020:06:01:09 +0000`.
std::optional<Time> common_log(std::string_view text) {
  Cursor cursor(text);
  Parts parts;
  parts.day = cursor.number(1, 2);
  cursor.need('/');
  parts.month = cursor.month_name();
  cursor.need('/');
  parts.year = cursor.number(4, 4);
  cursor.need(':');
  parts.hour = cursor.number(2, 2);
  cursor.need(':');
  parts.minute = cursor.number(2, 2);
  cursor.need(':');
  parts.second = cursor.number(2, 2);
  cursor.need(' ');
  parts.offset = cursor.offset();
  return time_of(cursor, parts);
}

/// `Sep 1, 2017 4:12:29 PM`.
std::optional<Time> twelve_hours(std::string_view text) {
  Cursor cursor(text);
  Parts parts;
  parts.month = cursor.month_name();
  cursor.need(' ');
  parts.day = cursor.number(1, 2);
  cursor.need(',');
  cursor.need(' ');
  parts.year = cursor.number(4, 4);
  cursor.need(' ');
  parts.hour = cursor.number(1, 2) % 12;
  cursor.need(':');
  parts.minute = cursor.number(2, 2);
  cursor.need(':');
  parts.second = cursor.number(2, 2);
  cursor.need(' ');
  if (cursor.take('P'))
    parts.hour += 12;
  else
    cursor.need('A');
  cursor.need('M');
  return time_of(cursor, parts);
}

}  // namespace

Result<Time> parse_time(std::string_view text) {
  for (const auto form : {iso, common_log, twelve_hours})
    if (const auto time = form(text)) return *time;
  return fail(ErrorKind::invalid_input,
              "the time is in none of the forms that AWS writes (2015-06-03T17:43:27.123Z ..)");
}

std::optional<Time> time_of_millis(std::optional<std::int64_t> milliseconds) {
  if (!milliseconds) return std::nullopt;
  return Time(std::chrono::milliseconds(*milliseconds));
}

std::optional<Time> time_of_seconds(std::optional<double> seconds) {
  // Beyond 2^53 milliseconds a double is not exact any more; NaN fails as well.
  constexpr double kLimit = 0x1p53 / 1000;
  if (!seconds || !(std::abs(*seconds) < kLimit)) return std::nullopt;
  return Time(std::chrono::milliseconds(std::llround(*seconds * 1000)));
}

}  // namespace sloop::events
