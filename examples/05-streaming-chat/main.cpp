// SPDX-License-Identifier: Apache-2.0
// A chat whose answers arrive word by word, as server-sent events: behind a Function URL with invoke mode
// RESPONSE_STREAM, or, started by hand, as a server: `bootstrap --port 8080`.
//   curl -N localhost:8080/chat -H 'content-type: application/json' -d '{"prompt":"Tell me a long one"}'
#include <sloop/agent.hpp>
#include <sloop/web.hpp>

namespace web = sloop::web;

struct Question {
  std::string prompt;
};
struct Piece {
  std::string text;
};

int main(int argc, char** argv) {
  sloop::Agent comedian{{
      .model = "openai/gpt-4o",
      .preamble = "You are a comedian here to entertain the user using humour and jokes.",
  }};
  web::Router router;
  router.post("/chat", [&](web::JsonBody<Question> question, const sloop::lambda::Context& context) {
    return web::EventStream{[&comedian, prompt = question->prompt,
                             options = context.call_options()](web::EventWriter& out) -> sloop::Result<void> {
      auto answer = comedian.stream(prompt, options);
      for (const auto& event : answer)
        if (const auto* text = event.text_delta())
          if (auto sent = out.send_json(Piece{*text}); !sent) return sent;
      if (const auto whole = answer.answer(); !whole) return sloop::fail(whole.error());
      return out.send({.data = "[DONE]"});
    }};
  });
  return web::run_streaming(router, {.arguments = {argv, static_cast<std::size_t>(argc)}});
}
