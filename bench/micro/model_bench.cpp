// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include "sloop/http/sse.hpp"
#include "sloop/model/dialects/openai_chat.hpp"

namespace {

using namespace sloop;

std::string stream_of(int tokens) {
  std::string body;
  for (int i = 0; i < tokens; ++i)
    body +=
        R"(data: {"id":"c","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":" word"},"finish_reason":null}]})"
        "\n\n";
  return body + R"(data: {"id":"c","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})" +
         "\n\ndata: [DONE]\n\n";
}

void frame_a_stream(benchmark::State& state) {
  const std::string body = stream_of(500);
  for (auto _ : state) {
    http::SseDecoder decoder;
    decoder.feed(body);
    while (const auto event = decoder.next()) benchmark::DoNotOptimize(event->data.size());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
}
BENCHMARK(frame_a_stream);

void decode_a_stream(benchmark::State& state) {
  const std::string body = stream_of(500);
  for (auto _ : state) {
    const auto decoder = dialects::openai_chat::event_decoder();
    std::vector<StreamEvent> events;
    (void)decoder->feed(body, events);
    (void)decoder->finish(events);
    ReplyFold fold;
    for (const auto& event : events) fold.add(event);
    benchmark::DoNotOptimize(fold.take());
  }
  state.SetItemsProcessed(state.iterations() * 500);
}
BENCHMARK(decode_a_stream);

void encode_a_conversation(benchmark::State& state) {
  ModelRequest request;
  for (int i = 0; i < 20; ++i) {
    request.messages.push_back(Message::user(std::string(200, 'q')));
    request.messages.push_back(Message::assistant(std::string(400, 'a')));
  }
  for (auto _ : state) benchmark::DoNotOptimize(dialects::openai_chat::encode(request, "gpt-4o", true));
}
BENCHMARK(encode_a_conversation);

}  // namespace
