// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include "sloop/core/base64.hpp"
#include "sloop/core/reflect.hpp"

namespace {

struct Item {
  std::string name;
  double price = 0;
  std::vector<std::string> tags;
};
struct Order {
  std::string id;
  std::vector<Item> items;
  std::optional<int> count;
};

std::string order_text() {
  const Item item{.name = "rope", .price = 2.5, .tags = {"long", "white"}};
  return sloop::write_json(sloop::to_json(Order{.id = "order-1", .items = std::vector(20, item), .count = 20}));
}

void read_a_struct(benchmark::State& state) {
  const std::string text = order_text();
  for (auto _ : state) benchmark::DoNotOptimize(sloop::read_json<Order>(text));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(read_a_struct);

void write_a_struct(benchmark::State& state) {
  const auto order = sloop::read_json<Order>(order_text()).value();
  for (auto _ : state) benchmark::DoNotOptimize(sloop::write_json(sloop::to_json(order)));
}
BENCHMARK(write_a_struct);

void base64(benchmark::State& state) {
  const std::string bytes(1 << 20, 'x');
  for (auto _ : state) benchmark::DoNotOptimize(sloop::decode_base64(sloop::encode_base64(bytes)));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes.size()));
}
BENCHMARK(base64);

}  // namespace
