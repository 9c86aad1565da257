// SPDX-License-Identifier: Apache-2.0
#include "sloop/lambda/snap_start.hpp"
#include "function_under_test.hpp"
#include "sloop/http/curl_transport.hpp"
#include "sloop/serve/server.hpp"

namespace sloop::lambda {
namespace {

using Hook = std::function<Result<void>()>;

std::unique_ptr<Function> snapped(SnapStartHooks hooks, RunOptions options = {}) {
  options.companions.push_back(snap_start(std::move(hooks)));
  return Function::with([](const RunOptions& with) { return run([](const Json& event) { return event; }, with); },
                        std::move(options), {.initialization_type = "snap-start"});
}

TEST(SnapStart, hooks_run_around_the_restore_the_last_first_and_then_in_order) {
  std::string calls;
  const auto note = [&](const char* name) -> Hook { return [&calls, name] { return calls += name, Result<void>(); }; };
  const auto function =
      snapped({.before_snapshot = {note("b1 "), note("b2 ")}, .after_restore = {note("a1 "), note("a2 ")}});
  EXPECT_EQ(function->invoke("1").body, "1");
  EXPECT_EQ(function->api->restores(), 1);
  EXPECT_EQ(calls, "b2 b1 a1 a2 ");
}

TEST(SnapStart, a_failure_before_is_one_of_initialisation_and_one_after_is_one_of_the_restore) {
  const Hook broken = [] { return Result<void>(fail(ErrorKind::internal, "not ready")); };
  const auto before = snapped({.before_snapshot = {broken}});
  ASSERT_TRUE(eventually([&] { return before->api->init_error().has_value(); }));
  EXPECT_EQ(before->api->init_error()->headers.get("lambda-runtime-function-error-type"),
            "Runtime.BeforeSnapshotError");
  EXPECT_EQ(before->api->restores(), 0);
  EXPECT_EQ(before->end(), 1);
  const auto after = snapped({.after_restore = {[]() -> Result<void> { throw std::runtime_error("thrown"); }}});
  ASSERT_TRUE(eventually([&] { return after->api->restore_error().has_value(); }));
  EXPECT_EQ(after->api->restore_error()->headers.get("lambda-runtime-function-error-type"),
            "Runtime.AfterRestoreError");
  EXPECT_TRUE(after->api->restore_error()->body.contains(R"("errorMessage":"thrown")"));
  EXPECT_EQ(after->end(), 1);
}

TEST(SnapStart, connections_opened_before_the_snapshot_are_not_used_after_it) {
  const auto peer = serve::Server::start({}, [](const serve::Request&, serve::Exchange& exchange) {
                      exchange.respond(200, {}, "");
                    }).value();
  const auto transport = http::make_curl_transport({.proxies = false});
  const auto ask = [&] { return transport->send({.url = peer->url()}, {}).has_value(); };
  const auto function = snapped({}, {.init = [&] { return ask(), Result<void>(); }, .transport = transport});
  function->invoke("1");
  EXPECT_TRUE(ask());
  EXPECT_EQ(peer->connections(), 2u);
}

TEST(SnapStart, other_functions_ask_for_no_restore) {
  Function function([](const Json& event) { return event; }, {.companions = {snap_start()}});
  function.invoke("1");
  EXPECT_EQ(function.api->restores(), 0);
}

}  // namespace
}  // namespace sloop::lambda
