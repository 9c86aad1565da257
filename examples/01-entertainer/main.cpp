// SPDX-License-Identifier: Apache-2.0
#include <sloop/agent.hpp>
#include <sloop/lambda.hpp>

struct Event {
  std::string prompt;
};
struct Reply {
  std::string response;
};

int main() {
  sloop::Agent comedian{{
      .model = "openai/gpt-4o",
      .preamble = "You are a comedian here to entertain the user using humour and jokes.",
  }};
  return sloop::lambda::run([&](const Event& event, const sloop::lambda::Context& context) -> sloop::Result<Reply> {
    auto answer = comedian.prompt(event.prompt, context.call_options());
    if (!answer) return sloop::fail(answer.error());
    return Reply{.response = answer->text};
  });
}
