// SPDX-License-Identifier: Apache-2.0
#include "sloop/web/server_events.hpp"

#include <gtest/gtest.h>

#include "sloop/http/sse.hpp"
#include "sloop/web/router.hpp"

namespace sloop::web {
namespace {

TEST(ServerEvents, what_is_written_is_read_by_the_decoder) {
  http::SseDecoder decoder;
  decoder.feed(encode_event({.data = "one\ntwo\r\nthree\rfour", .event = "e\nvil", .id = "7"}) + ":\n\n" +
               encode_event({.retry = std::chrono::seconds(2)}));
  const auto event = decoder.next();
  ASSERT_TRUE(event);
  EXPECT_EQ(event->data, "one\ntwo\nthree\nfour");
  EXPECT_EQ(event->type, "evil");
  EXPECT_EQ(event->id, "7");
}

TEST(ServerEvents, a_handler_returns_a_stream_of_them) {
  Router router;
  router.get("/", [] {
    return EventStream{[](EventWriter& out) -> Result<void> {
      if (auto sent = out.send_json(std::vector<int>{1, 2}, "numbers"); !sent) return sent;
      return out.keep_alive();
    }};
  });
  Response response = router.handle({});
  EXPECT_EQ(response.headers.get("content-type"), "text/event-stream");
  ASSERT_TRUE(collect(response));
  EXPECT_EQ(response.body, "event: numbers\ndata: [1,2]\n\n:\n\n");
}

}  // namespace
}  // namespace sloop::web
