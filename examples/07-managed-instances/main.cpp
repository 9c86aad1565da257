// SPDX-License-Identifier: Apache-2.0
//
// Many invocations at once in one process, as Lambda Managed Instances hand them out: what the handler shares between
// them it protects, and what belongs to one invocation is in its context.
#include <atomic>
#include <sloop/lambda.hpp>

struct Event {
  std::string guest;
};
struct Reply {
  std::string response;
  std::int64_t visitor;
};

int main() {
  std::atomic<std::int64_t> visitors = 0;
  return sloop::lambda::run_concurrent(
      [&](const Event& event, const sloop::lambda::Context& context) -> sloop::Result<Reply> {
        if (event.guest.empty()) return sloop::fail(sloop::ErrorKind::invalid_input, "event.guest: is empty");
        const std::int64_t visitor = ++visitors;
        context.log->info("welcome", {{"visitor", sloop::Json(visitor)}});
        return Reply{.response = "Welcome aboard, " + event.guest + "!", .visitor = visitor};
      });
}
