// SPDX-License-Identifier: Apache-2.0
// Must not compile: two parameters take the body.
#include <sloop/web/router.hpp>

void add(sloop::web::Router& router) {
  router.post("/", [](sloop::web::TextBody, sloop::web::RawBody) {});
}
