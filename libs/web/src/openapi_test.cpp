// SPDX-License-Identifier: Apache-2.0
#include "sloop/web/openapi.hpp"

#include <gtest/gtest.h>

#include "sloop/web/multipart.hpp"
#include "sloop/web/server_events.hpp"

namespace sloop::web {
namespace {

struct Node {
  std::string name;
  std::vector<Node> children;
};
struct Page {
  std::optional<int> number;
  std::string text;
  static constexpr FieldInfo field_info[] = {{.name = "text", .description = "What to look for"}};
};

Json document() {
  Router router;
  router.get("/nodes/{id}", [](Path<int>, Query<Page>, HeaderValue<"x-a">) -> Result<Node> { return Node{}; },
             {.summary = "One node", .tags = {"nodes"}, .security = {"token"}});
  router.post("/nodes", [](JsonBody<Node> node) { return Reply<Node, 201>{*node}; });
  router.put("/files/{*path}", [](RawBody) {}, {.deprecated = true});
  router.get("/hidden", [] {}, {.hidden = true});
  router.any("/any", [] {});
  return openapi(router, {.title = "T", .version = "2", .security_schemes = {{"token", JsonObject{{"type", "http"}}}}});
}

TEST(OpenApi, parameters_come_from_the_types_and_the_pattern) {
  const Json get = document().at("paths").at("/nodes/{id}").at("get");
  EXPECT_EQ(get.at("operationId"), "get_nodes_id");
  EXPECT_EQ(get.at("parameters"), *parse_json(R"([
    {"name":"id","in":"path","required":true,"schema":{"type":"integer","minimum":-2147483648,"maximum":2147483647}},
    {"name":"number","in":"query","required":false,
     "schema":{"type":"integer","minimum":-2147483648,"maximum":2147483647}},
    {"name":"text","in":"query","required":true,"schema":{"type":"string"},"description":"What to look for"},
    {"name":"x-a","in":"header","required":true,"schema":{"type":"string"}}])"));
  EXPECT_EQ(get.at("security"), *parse_json(R"([{"token":[]}])"));
  EXPECT_TRUE(get.at("responses").as_object().contains("default"));
}

TEST(OpenApi, definitions_stand_among_the_components) {
  const Json all = document();
  EXPECT_TRUE(all.at("components").at("schemas").as_object().contains("Node"));
  EXPECT_FALSE(write_json(all).contains("$defs"));
  const Json post = all.at("paths").at("/nodes").at("post");
  EXPECT_EQ(post.at("requestBody").at("required"), true);
  for (const auto status : {"201", "400", "415", "422"})
    EXPECT_TRUE(post.at("responses").as_object().contains(status)) << status;
}

TEST(OpenApi, hidden_routes_and_those_for_any_method_are_not_in_it) {
  const Json paths = document().at("paths");
  EXPECT_EQ(paths.as_object().size(), 3u);
  EXPECT_EQ(paths.at("/files/{path}").at("put").at("deprecated"), true);
}

TEST(OpenApi, the_document_is_served) {
  Router router;
  router.get("/a", [] { return "a"; });
  serve_openapi(router, {.title = "T"});
  const Response response = router.handle({.path = "/openapi.json"});
  EXPECT_EQ(response.headers.get("content-type"), "application/json");
  EXPECT_TRUE(parse_json(response.body)->at("paths").as_object().contains("/a"));
}

}  // namespace
}  // namespace sloop::web
