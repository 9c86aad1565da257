// SPDX-License-Identifier: Apache-2.0
// Three routes, JSON in and out.
#include <sloop/web.hpp>

struct Line {
  std::string name;
  std::uint32_t quantity;
  double price;
};
struct Order {
  std::string customer;
  std::vector<Line> lines;
};
struct Receipt {
  std::string customer;
  std::uint32_t items = 0;
  double total = 0;
};
struct Search {
  std::string text;
  std::optional<std::uint32_t> limit;
};

namespace web = sloop::web;

int main() {
  web::Router router;
  router.get("/items/{id}", [](web::Path<std::uint32_t> id) { return Line{"item " + std::to_string(*id), 1, 2.5}; });
  router.post("/orders", [](web::JsonBody<Order> order) {
    Receipt receipt{.customer = order->customer};
    for (const Line& line : order->lines) {
      receipt.items += line.quantity;
      receipt.total += line.quantity * line.price;
    }
    return receipt;
  });
  router.get("/search", [](web::Query<Search> search) {
    std::vector<Line> found;
    for (std::uint32_t n = 0; n < search->limit.value_or(3); ++n) found.push_back({search->text, n, 1.0});
    return found;
  });
  return web::run(router);
}
