// SPDX-License-Identifier: Apache-2.0
//
// A function that behaves and misbehaves as its event says, for the tests of the emulator.
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "sloop/lambda.hpp"

namespace {

using namespace sloop;

struct Event {
  std::string act = "echo";
  std::string text = {};
};

void allocate_without_end() {
  while (true) {
    constexpr std::size_t kPiece = 1 << 20;
    auto* piece = static_cast<volatile char*>(std::malloc(kPiece));
    for (std::size_t i = 0; i < kPiece; i += 4096) piece[i] = 1;
  }
}

Result<Json> handle(const Json& json, const lambda::Context& context) {
  const auto event = from_json<Event>(json, {.defaults = true});
  if (!event) return fail(event.error());
  if (event->act == "exit") std::_Exit(3);
  if (event->act == "hang") std::this_thread::sleep_for(std::chrono::hours(1));
  if (event->act == "allocate") allocate_without_end();
  if (event->act == "fail") return fail(ErrorKind::rate_limited, "asked to fail");
  if (event->act == "large") return Json(std::string(7'000'000, 'x'));
  if (event->act == "log") std::fputs((event->text + "\n").c_str(), stderr);
  if (event->act == "environment") return Json(std::getenv(event->text.c_str()));
  if (event->act == "remaining") return Json(context.remaining_time().count());
  if (event->act == "context")
    return Json{{"arn", context.invoked_function_arn}, {"trace", context.trace_id}, {"client", context.client_context}};
  return Json(event->text);
}

}  // namespace

int main() {
  const char* at_start = std::getenv("AT_START");
  const std::string act = at_start == nullptr ? "" : at_start;
  if (act == "exit") return 1;
  if (act == "hang") std::this_thread::sleep_for(std::chrono::hours(1));
  return lambda::run(handle, {.init = [&]() -> Result<void> {
                       if (act == "fail") return fail(ErrorKind::unauthenticated, "no key");
                       return {};
                     }});
}
