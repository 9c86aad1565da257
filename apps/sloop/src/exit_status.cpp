// SPDX-License-Identifier: Apache-2.0
#include "sloop/command/exit_status.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sloop::command {
namespace {

struct Row {
  ErrorKind kind;
  int status;
  std::string_view meaning;
};

constexpr std::array kRows = {
    Row{ErrorKind::internal, 1, "the function failed, or a bug"},
    Row{ErrorKind::invalid_input, 2, "wrong input: correct it"},
    Row{ErrorKind::unauthenticated, 3, "no key, or a refused one"},
    Row{ErrorKind::forbidden, 4, "not permitted"},
    Row{ErrorKind::not_found, 5, "no such file, address, model or function"},
    Row{ErrorKind::too_large, 6, "beyond a limit"},
    Row{ErrorKind::rate_limited, 7, "too many requests: wait"},
    Row{ErrorKind::unavailable, 8, "the peer can't be reached or has a fault"},
    Row{ErrorKind::timed_out, 9, "out of time"},
    Row{ErrorKind::cancelled, 10, "interrupted"},
    Row{ErrorKind::untrusted, 11, "the peer's certificate is not trusted"},
    Row{ErrorKind::bad_reply, 12, "the peer's answer is unreadable or cut off"},
    Row{ErrorKind::unsupported, 13, "not possible here"},
};

}  // namespace

int exit_status(ErrorKind kind) noexcept {
  const auto* const row = std::ranges::find(kRows, kind, &Row::kind);
  return row == kRows.end() ? kFunctionError : row->status;
}

std::string exit_status_help() {
  std::string text = "Exit status: 0 success";
  for (const auto& row : kRows) text += fmt::format("\n  {:2} {}", row.status, row.meaning);
  return text;
}

}  // namespace sloop::command
