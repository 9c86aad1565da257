// SPDX-License-Identifier: Apache-2.0
//
// What a long stream costs: work that grows with its length and no faster, memory that does not grow with it. Both are
// counted in allocations and bytes, not in time.
#include <gtest/gtest.h>
#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "mock_wires.hpp"
#include "sloop/model/dialects/wires.hpp"

namespace {

std::atomic<std::int64_t> allocations{0};
std::atomic<std::int64_t> allocated{0};
std::atomic<std::int64_t> live{0};

}  // namespace

void* operator new(std::size_t size) {
  void* memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  allocations.fetch_add(1, std::memory_order_relaxed);
  allocated.fetch_add(static_cast<std::int64_t>(size), std::memory_order_relaxed);
  live.fetch_add(static_cast<std::int64_t>(malloc_usable_size(memory)), std::memory_order_relaxed);
  return memory;
}
void operator delete(void* memory) noexcept {
  live.fetch_sub(static_cast<std::int64_t>(malloc_usable_size(memory)), std::memory_order_relaxed);
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  operator delete(memory);
}

namespace sloop::testing {
namespace {

struct Cost {
  std::int64_t allocations = 0;
  std::int64_t allocated = 0;
  /// The most bytes that the decoder and its events had at once.
  std::int64_t most = 0;
  std::int64_t events = 0;
};

/// Decodes a stream of so many words, and drops every event at once.
Cost decode(Dialect dialect, int words) {
  const dialects::Wire& wire = *dialects::find_wire(dialect);
  std::string text;
  for (int i = 0; i < words; ++i) text += i == 0 ? "word" : " word";
  const std::string path = wire.path("m", true);
  const auto frames = mock_wire(path.substr(0, path.find('?')))->frames({.model = "m", .stream = true}, text);
  Cost cost{.allocations = -allocations, .allocated = -allocated};
  const std::int64_t before = live;
  const auto decoder = wire.event_decoder();
  std::vector<StreamEvent> events;
  for (const auto& frame : frames) {
    EXPECT_TRUE(decoder->feed(frame, events));
    cost.most = std::max(cost.most, live - before);
    cost.events += static_cast<std::int64_t>(events.size());
    events.clear();
  }
  EXPECT_TRUE(decoder->finish(events));
  cost.allocations += allocations;
  cost.allocated += allocated;
  return cost;
}

class Growth : public ::testing::TestWithParam<std::string_view> {};

TEST_P(Growth, a_stream_ten_times_as_long_costs_ten_times_the_work_and_no_more_memory) {
  const Dialect dialect = *find_dialect(GetParam());
  const Cost one = decode(dialect, 2'000);
  const Cost ten = decode(dialect, 20'000);
  EXPECT_GT(ten.events, 20'000);
  EXPECT_LE(ten.allocations, 10 * one.allocations + 100);
  // One frame of Responses holds the whole text at the end, in several copies; the others have nothing that grows.
  if (dialect == Dialect::openai_responses) return;
  EXPECT_LE(ten.allocated, 10 * one.allocated + 10'000);
  EXPECT_LE(ten.most, one.most + 4'096);
}

INSTANTIATE_TEST_SUITE_P(dialects, Growth, ::testing::ValuesIn(dialect_names().begin(), dialect_names().end()),
                         [](const auto& row) {
                           std::string name(row.param);
                           for (char& c : name)
                             if (c == '-') c = '_';
                           return name;
                         });

}  // namespace
}  // namespace sloop::testing
