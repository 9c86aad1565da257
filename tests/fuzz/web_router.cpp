// SPDX-License-Identifier: Apache-2.0
//
// The input's lines: patterns until an empty one, then method, path, query, content type, and the body. A router made
// of them, beside routes with typed handlers, answers the request; what it answers can be sent.
#include "fuzz.hpp"
#include "sloop/web/router.hpp"

namespace {

using namespace sloop;

struct Item {
  std::string name;
  int count;
  std::optional<double> price;
};
struct Items {
  std::vector<Item> items;
};

std::string_view line_of(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

web::Router typed_routes() {
  web::Router router;
  router.get("/items/{name}/{count}", [](web::Path<Item> item) { return *item; });
  router.post("/items", [](web::JsonBody<Items> body, web::Query<Item> query) { return body->items.size(); });
  router.put("/items", [](web::Form<Item> form) { return form->name; });
  router.get("/files/{*path}", [](web::Path<std::string> path) { return web::redirect(*path); });
  return router;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const web::Router typed = typed_routes();
  auto text = text_of(data, size);
  web::Router router;
  for (auto pattern = line_of(text); !pattern.empty(); pattern = line_of(text))
    router.get(pattern, [](const web::Request& request) {
      std::string all;
      for (const auto& [name, value] : request.captures) all.append(name).append("=").append(value).append(";");
      return all;
    });
  web::Request request;
  request.method = line_of(text);
  request.path = line_of(text);
  request.query = line_of(text);
  request.headers.add("content-type", std::string(line_of(text)));
  request.body = text;
  const bool climbs = !web::is_safe_path(request.path);
  for (const web::Router* each : {&std::as_const(router), &typed}) {
    const web::Response response = each->handle(request);
    require(response.status >= 200 && response.status < 600);
    require(!climbs || response.status >= 400);
    for (const auto& [name, value] : response.headers) require(web::is_header(name, value));
  }
  return 0;
}
