// SPDX-License-Identifier: Apache-2.0
//
// Routes by method and path to handlers whose parameters say what they need.
//
//   web::Router router;
//   router.get("/items/{id}", [](web::Path<int> id, web::State<Shop> shop) -> Result<Item> { return shop->find(*id);
//   }); router.post("/items", [](web::JsonBody<NewItem> body) { return web::Reply<Item, 201>{make(*body)}; });
//   web::Response response = router.handle({.method = "GET", .path = "/items/7"});
//
// `handle` is a pure function of the request (and of what the handlers do): tests need no socket. What handlers take
// and give is described in <sloop/web/extract.hpp> and <sloop/web/reply.hpp>.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/web/handler.hpp"
#include "sloop/web/request.hpp"
#include "sloop/web/response.hpp"
#include "sloop/web/route_tree.hpp"
#include "sloop/web/state.hpp"

namespace sloop::web {

class Next;
/// A plain function around handlers: changes the request, calls `next` or answers itself, changes the response.
using Middleware = std::function<Response(Request&, const Next&)>;

/// The handler, and the middleware that stands between.
class Next final {
 public:
  Next(std::span<const Middleware> middleware, const Endpoint& endpoint)
      : middleware_(middleware), endpoint_(endpoint) {}
  Response operator()(Request& request) const {
    return middleware_.empty() ? endpoint_(request)
                               : middleware_.front()(request, Next(middleware_.subspan(1), endpoint_));
  }

 private:
  std::span<const Middleware> middleware_;
  const Endpoint& endpoint_;
};

/// What is said of one route beyond its handler; all but `middleware` is for the OpenAPI document.
struct RouteOptions {
  std::string summary = {};
  std::string description = {};
  /// Unique in the document; empty: from method and path.
  std::string operation_id = {};
  std::vector<std::string> tags = {};
  /// Names of security schemes (`OpenApiInfo::security_schemes`), any of which admits.
  std::vector<std::string> security = {};
  bool deprecated = false;
  /// Left out of the document.
  bool hidden = false;
  /// Runs around this route only, inside the router's own.
  std::vector<Middleware> middleware = {};
};

/// One registered route.
struct Route {
  std::string method;
  std::string pattern;
  std::vector<std::string> names;
  Endpoint endpoint;
  Describe describe;
  RouteOptions options;
};

class Router {
 public:
  /// Registers a handler. What is wrong (a malformed pattern, a conflict) is added to `errors`.
  template <class Handler>
  Router& route(std::string_view method, std::string_view pattern, Handler handler, RouteOptions options = {}) {
    using H = std::remove_cvref_t<Handler>;
    return add({.method = std::string(method),
                .pattern = std::string(pattern),
                .names = {},
                .endpoint = make_endpoint<H>(std::move(handler)),
                .describe = describe_of<H>(),
                .options = std::move(options)});
  }
  template <class Handler>
  Router& get(std::string_view pattern, Handler handler, RouteOptions options = {}) {
    return route("GET", pattern, std::move(handler), std::move(options));
  }
  template <class Handler>
  Router& post(std::string_view pattern, Handler handler, RouteOptions options = {}) {
    return route("POST", pattern, std::move(handler), std::move(options));
  }
  template <class Handler>
  Router& put(std::string_view pattern, Handler handler, RouteOptions options = {}) {
    return route("PUT", pattern, std::move(handler), std::move(options));
  }
  template <class Handler>
  Router& patch(std::string_view pattern, Handler handler, RouteOptions options = {}) {
    return route("PATCH", pattern, std::move(handler), std::move(options));
  }
  template <class Handler>
  Router& del(std::string_view pattern, Handler handler, RouteOptions options = {}) {
    return route("DELETE", pattern, std::move(handler), std::move(options));
  }
  /// Every method that has no route of its own.
  template <class Handler>
  Router& any(std::string_view pattern, Handler handler, RouteOptions options = {}) {
    return route("*", pattern, std::move(handler), std::move(options));
  }

  /// Answers what no route fits, in place of 404. That of a nested router answers below its prefix.
  template <class Handler>
  Router& fallback(Handler handler) {
    fallbacks_.push_back({"", make_endpoint<std::remove_cvref_t<Handler>>(std::move(handler))});
    return *this;
  }

  /// Runs `middleware` around everything in this router, 404 and 405 included; the first added is the outermost.
  Router& use(Middleware middleware);

  /// What handlers ask for by `State<T>`; one value of each type. Shared by all threads that serve.
  template <class T>
  Router& state(T value) {
    return share(std::make_shared<T>(std::move(value)));
  }
  template <class T>
  Router& share(std::shared_ptr<T> value) {
    add_state({detail::key_of<T>(), std::const_pointer_cast<std::remove_const_t<T>>(std::move(value))});
    return *this;
  }

  /// Takes over the routes of `other` below `prefix` (`/api`), with its middleware around them.
  Router& nest(std::string_view prefix, Router other);
  /// Takes over the routes of `other`, with its middleware around them.
  Router& merge(Router other) { return nest("", std::move(other)); }

  /// Answers a request. What a handler throws becomes status 500; nothing escapes.
  [[nodiscard]] Response handle(Request request, const lambda::Context& context = {}) const;

  /// What registration complained of. `run` refuses to start, and `handle` answers 500, while there is something.
  [[nodiscard]] const std::vector<Error>& errors() const { return errors_; }
  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

 private:
  struct Fallback {
    std::string prefix;
    Endpoint endpoint;
  };

  Router& add(Route route);
  void add_state(detail::StateEntry entry);
  [[nodiscard]] Response dispatch(Request& request) const;
  [[nodiscard]] Response call(const RouteTree::Match& match, Request& request) const;
  [[nodiscard]] Response unrouted(Request& request) const;

  RouteTree tree_;
  std::vector<Route> routes_;
  std::vector<Fallback> fallbacks_;
  std::vector<Middleware> middleware_;
  detail::States states_;
  std::vector<Error> errors_;
};

}  // namespace sloop::web
