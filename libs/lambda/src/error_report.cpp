// SPDX-License-Identifier: Apache-2.0
#include "sloop/lambda/error_report.hpp"

#include <unistd.h>

#include <algorithm>

#include "sloop/core/json.hpp"
#include "sloop/core/utf8.hpp"

namespace sloop::lambda {
namespace {

constexpr std::size_t kHeaderText = 4'000;

/// `RateLimited` for `rate_limited`.
std::string pascal_case(std::string_view name) {
  std::string out;
  bool upper = true;
  for (const char c : name) {
    if (c != '_') out += upper ? static_cast<char>(c - 'a' + 'A') : c;
    upper = c == '_';
  }
  return out;
}

}  // namespace

bool is_error_type(std::string_view text) {
  for (const std::string_view category : {"Runtime.", "Function."}) {
    if (!text.starts_with(category)) continue;
    const auto reason = text.substr(category.size());
    return !reason.empty() && reason[0] >= 'A' && reason[0] <= 'Z' &&
           std::ranges::all_of(reason, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  }
  return false;
}

ErrorReport report_of(const Error& error) {
  return {.type = is_error_type(error.code) ? error.code : "Function." + pascal_case(to_string(error.kind)),
          .message = error.message};
}

std::string error_body(const ErrorReport& report) {
  JsonArray frames;
  for (const auto& frame : report.stack_trace) frames.emplace_back(frame);
  std::string body = write_json(
      JsonObject{{"errorMessage", report.message}, {"errorType", report.type}, {"stackTrace", std::move(frames)}});
  return is_utf8(body) ? body : mend_utf8(body);
}

std::string xray_cause(const ErrorReport& report) {
  char folder[1024];
  JsonArray frames;
  for (const auto& frame : report.stack_trace) {
    if (frames.size() == 10) break;
    frames.push_back(JsonObject{{"label", cut_for_header(frame).substr(0, 200)}});
  }
  std::string cause =
      write_json(JsonObject{{"working_directory", ::getcwd(folder, sizeof folder) != nullptr ? folder : ""},
                            {"exceptions", JsonArray{JsonObject{{"type", report.type},
                                                                {"message", cut_for_header(report.message)},
                                                                {"stack", std::move(frames)}}}},
                            {"paths", JsonArray()}});
  return is_utf8(cause) ? cause : mend_utf8(cause);
}

std::string cut_for_header(std::string_view text) {
  std::size_t size = std::min(text.size(), kHeaderText);
  // Not in the middle of a character: its later bytes begin with the bits 10.
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return std::string(text.substr(0, size));
}

}  // namespace sloop::lambda
