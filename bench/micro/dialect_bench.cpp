// SPDX-License-Identifier: Apache-2.0
//
// Every wire format: a stream of 2,000 words decoded and folded, a conversation of 40 messages encoded. Allocations are
// counted, so that they can be told per event.
#include <benchmark/benchmark.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "mock_wires.hpp"
#include "sloop/model/dialects/wires.hpp"

namespace {

std::atomic<std::int64_t> allocations{0};

}  // namespace

void* operator new(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace {

using namespace sloop;

constexpr int kWords = 2000;
/// As they come from a socket.
constexpr std::size_t kPiece = 2048;

std::string stream_of(const dialects::Wire& wire) {
  std::string text;
  for (int i = 0; i < kWords; ++i) text += i == 0 ? "word" : " word";
  std::string bytes;
  const std::string path = wire.path("m", true);
  const auto* mock = testing::mock_wire(path.substr(0, path.find('?')));
  for (const auto& frame : mock->frames({.model = "m", .stream = true}, text)) bytes += frame;
  return bytes;
}

void decode(benchmark::State& state, Dialect dialect) {
  const dialects::Wire& wire = *dialects::find_wire(dialect);
  const std::string body = stream_of(wire);
  std::int64_t told = 0;
  const std::int64_t before = allocations;
  for (auto _ : state) {
    const auto decoder = wire.event_decoder();
    std::vector<StreamEvent> events;
    ReplyFold fold;
    const auto take = [&] {
      for (const auto& event : events) fold.add(event);
      told += static_cast<std::int64_t>(events.size());
      events.clear();
    };
    for (std::size_t at = 0; at < body.size(); at += kPiece) {
      (void)decoder->feed(std::string_view(body).substr(at, kPiece), events);
      take();
    }
    (void)decoder->finish(events);
    take();
    benchmark::DoNotOptimize(fold.take());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
  state.SetItemsProcessed(told);
  state.counters["allocations/event"] = static_cast<double>(allocations - before) / static_cast<double>(told);
}

ModelRequest conversation() {
  ModelRequest request{.sampling = {.temperature = 0.5, .max_tokens = 1000}};
  for (int i = 0; i < 10; ++i) {
    const std::string id = "call_" + std::to_string(i);
    request.messages.push_back(Message::user(std::string(200, 'q')));
    request.messages.push_back(
        {Role::assistant, {ToolCallPart{.id = id, .name = "add", .arguments = R"({"x":1,"y":2})"}}});
    request.messages.push_back({Role::tool, {ToolResultPart{.id = id, .name = "add", .text = "3"}}});
    request.messages.push_back(Message::assistant(std::string(400, 'a')));
  }
  return request;
}

void encode(benchmark::State& state, Dialect dialect) {
  const dialects::Wire& wire = *dialects::find_wire(dialect);
  const ModelRequest request = conversation();
  std::size_t bytes = 0;
  for (auto _ : state) {
    const std::string body = write_json(wire.encode(request, "m", true)->body);
    bytes += body.size();
    benchmark::DoNotOptimize(body.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

const bool kRegistered = [] {
  for (const auto name : dialect_names()) {
    const Dialect dialect = *find_dialect(name);
    benchmark::RegisterBenchmark(("decode/" + std::string(name)).c_str(), decode, dialect);
    benchmark::RegisterBenchmark(("encode/" + std::string(name)).c_str(), encode, dialect);
  }
  return true;
}();

}  // namespace
