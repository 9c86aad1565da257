// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include <fstream>
#include <sstream>

#include "sloop/web.hpp"

namespace {

using namespace sloop;

web::RouteTree large_tree() {
  web::RouteTree tree;
  std::size_t route = 0;
  for (const auto* kind : {"users", "orders", "items", "files", "teams", "tags", "notes", "events"})
    for (const auto* rest : {"", "/{id}", "/{id}/history", "/{id}/comments/{comment}", "/search"})
      (void)tree.add("GET", std::string("/api/v1/") + kind + rest, route++);
  (void)tree.add("GET", "/static/{*path}", route);
  return tree;
}

void match_a_route_of_41(benchmark::State& state) {
  const web::RouteTree tree = large_tree();
  for (auto _ : state) benchmark::DoNotOptimize(tree.match("/api/v1/notes/12345/comments/678"));
}
BENCHMARK(match_a_route_of_41);

std::string event_text() {
  std::ifstream file(SLOOP_SOURCE_DIR "/bench/compare/http-event.json");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void map_a_version_2_request(benchmark::State& state) {
  const Json event = parse_json(event_text()).value();
  for (auto _ : state) benchmark::DoNotOptimize(web::request_of(web::Trigger::http_api, event));
}
BENCHMARK(map_a_version_2_request);

struct Line {
  std::string name;
  std::uint32_t quantity;
  double price;
};
struct Order {
  std::string customer;
  std::vector<Line> lines;
};

void answer_an_order(benchmark::State& state) {
  web::Router router;
  router.post("/orders", [](web::JsonBody<Order> order) { return std::move(*order); });
  const std::string event = event_text();
  for (auto _ : state) benchmark::DoNotOptimize(web::answer_event(router, event, {}));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * event.size()));
}
BENCHMARK(answer_an_order);

}  // namespace
