// SPDX-License-Identifier: Apache-2.0
#include "sloop/web/multipart.hpp"

#include <gtest/gtest.h>

#include "sloop/web/router.hpp"

namespace sloop::web {
namespace {

const std::string kBody =
    "preamble\r\n--B\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhello\r\n"
    "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a\\\"b.bin\"\r\nContent-Type: image/png\r\n\r\n" +
    std::string("\0\r\n--A\xff", 7) + "\r\n--B\r\nContent-Disposition: form-data; name=empty\r\n\r\n\r\n--B--\r\nend";

TEST(Multipart, parts_have_names_types_and_bytes) {
  const auto parts = parse_multipart(kBody, "B").value();
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_EQ(parts[0].name, "text");
  EXPECT_EQ(parts[0].body, "hello");
  EXPECT_EQ(parts[0].content_type, "text/plain");
  EXPECT_EQ(parts[1].filename, "a\"b.bin");
  EXPECT_EQ(parts[1].content_type, "image/png");
  EXPECT_EQ(parts[1].body, std::string("\0\r\n--A\xff", 7));
  EXPECT_EQ(parts[2].name, "empty");
  EXPECT_EQ(parts[2].body, "");
}

TEST(Multipart, every_cut_is_refused) {
  const std::size_t end = kBody.find("--B--") + 5;
  for (std::size_t size = 0; size < end; ++size)
    EXPECT_FALSE(parse_multipart(std::string_view(kBody).substr(0, size), "B")) << size;
}

TEST(Multipart, parts_without_head_or_name_are_refused) {
  EXPECT_FALSE(parse_multipart("--B\r\n\r\nhello\r\n--B--", "B"));
  EXPECT_FALSE(parse_multipart("--B\r\nContent-Disposition: form-data\r\n\r\nhello\r\n--B--", "B"));
  EXPECT_FALSE(parse_multipart("--\r\n", ""));
  EXPECT_EQ(parse_multipart("--B--", "B").value().size(), 0u);
}

TEST(Multipart, a_handler_takes_the_parts) {
  Router router;
  router.post("/", [](Multipart form) { return form->size(); });
  const auto send = [&](std::string type) {
    return router.handle({.method = "POST", .headers = {{"content-type", std::move(type)}}, .body = kBody});
  };
  EXPECT_EQ(send("multipart/form-data; boundary=B").body, "3");
  EXPECT_EQ(send("multipart/form-data; boundary=\"B\"").body, "3");
  EXPECT_EQ(send("multipart/form-data").status, 400);
  EXPECT_EQ(send("text/plain; boundary=B").status, 415);
}

}  // namespace
}  // namespace sloop::web
