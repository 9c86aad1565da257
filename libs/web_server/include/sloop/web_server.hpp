// SPDX-License-Identifier: Apache-2.0
//
// A router behind a socket.
//
//   auto server = web::serve_router(router, {.port = 0});
//   get((*server)->url() + "/items/7");
//
// `web::run` uses it outside Lambda. Not for the open internet (see <sloop/serve/server.hpp>).
#pragma once

#include <memory>

#include "sloop/serve/server.hpp"
#include "sloop/web/router.hpp"
#include "sloop/web/run.hpp"

namespace sloop::web {

/// Serves until the server is stopped; `router` outlives it and is used by several threads at once. Fails as
/// `serve::Server::start`. `log` is what handlers find in their context.
[[nodiscard]] Result<std::unique_ptr<serve::Server>> serve_router(const Router& router,
                                                                  const serve::ServerOptions& options = {},
                                                                  std::shared_ptr<Log> log = {});

}  // namespace sloop::web
