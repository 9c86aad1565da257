// SPDX-License-Identifier: Apache-2.0
// A service whose handlers do what handlers must not.
#include <chrono>
#include <cstdlib>
#include <sloop/web.hpp>
#include <thread>

namespace web = sloop::web;

struct Thing {
  std::string name;
};
struct Wanted {
  std::string value;
};

int main() {
  web::Router router;
  router.get("/well", [] { return web::text("well"); });
  router.get("/int", []() -> web::Response { throw 7; });
  router.get("/exit", []() -> web::Response { std::exit(3); });
  router.get("/hang", []() -> web::Response {
    while (true) std::this_thread::sleep_for(std::chrono::seconds(1));
  });
  router.get("/large", [] { return web::bytes(std::string(8 << 20, 'x'), "application/octet-stream"); });
  router.get("/header", [](web::Query<Wanted> wanted) {
    web::Response response = web::text("set");
    response.headers.set("x-wanted", wanted->value);
    return response;
  });
  router.post("/things", [](web::JsonBody<Thing> thing) { return Thing{*thing}; });
  router.get("/files/{*path}", [](web::Path<std::string> path) { return web::text(*path); });
  return web::run(router);
}
