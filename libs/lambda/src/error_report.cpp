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
  std::string body = R"({"errorMessage":)";
  append_json_string(body, report.message);
  body += R"(,"errorType":)";
  append_json_string(body, report.type);
  body += R"(,"stackTrace":[)";
  for (const auto& frame : report.stack_trace) {
    if (body.back() != '[') body += ',';
    append_json_string(body, frame);
  }
  return mend_utf8(body += "]}");
}

std::string xray_cause(const ErrorReport& report) {
  char folder[1024];
  std::string cause = R"({"working_directory":)";
  append_json_string(cause, ::getcwd(folder, sizeof folder) != nullptr ? folder : "");
  cause += R"(,"exceptions":[{"type":)";
  append_json_string(cause, report.type);
  cause += R"(,"message":)";
  append_json_string(cause, cut_for_header(report.message));
  cause += R"(,"stack":[)";
  const std::size_t frames = std::min<std::size_t>(report.stack_trace.size(), 10);
  for (std::size_t i = 0; i < frames; ++i) {
    cause += i == 0 ? R"({"label":)" : R"(,{"label":)";
    append_json_string(cause, report.stack_trace[i].substr(0, 200));
    cause += '}';
  }
  return mend_utf8(cause += R"(]}],"paths":[]})");
}

std::string cut_for_header(std::string_view text) {
  std::size_t size = std::min(text.size(), kHeaderText);
  // Not in the middle of a character: its later bytes begin with the bits 10.
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return std::string(text.substr(0, size));
}

}  // namespace sloop::lambda
