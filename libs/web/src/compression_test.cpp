// SPDX-License-Identifier: Apache-2.0
#include "sloop/web/compression.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include "sloop/core/base64.hpp"
#include "sloop/web/event.hpp"

namespace sloop::web {
namespace {

const std::string kLong(5000, 'a');

std::string inflated(std::string bytes) {
  std::string out(kLong.size() + 1, '\0');
  z_stream stream{};
  inflateInit2(&stream, MAX_WBITS + 32);  // gzip and zlib headers
  stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

Response answer(std::string accept, Response response) {
  Router router;
  router.use(compression()).get("/", [response] { return response; });
  return router.handle({.headers = {{"accept-encoding", std::move(accept)}}});
}

TEST(Compression, a_long_text_is_compressed_and_comes_back) {
  for (const auto encoding : {"gzip", "deflate"}) {
    const Response response = answer(encoding, text(kLong));
    EXPECT_EQ(response.headers.get("content-encoding"), encoding);
    EXPECT_EQ(response.headers.get("vary"), "accept-encoding");
    EXPECT_LT(response.body.size(), 100u);
    EXPECT_EQ(inflated(response.body), kLong);
  }
}

TEST(Compression, what_is_compressed_goes_to_lambda_as_base64) {
  const auto reply = parse_json(reply_of(Trigger::function_url, answer("gzip", text(kLong)))).value();
  EXPECT_EQ(reply.at("isBase64Encoded"), true);
  EXPECT_EQ(inflated(decode_base64(find_string(reply, "body")).value()), kLong);
}

TEST(Compression, the_client_chooses) {
  EXPECT_EQ(choose_encoding("gzip, deflate, br"), "gzip");
  EXPECT_EQ(choose_encoding("gzip;q=0.1, deflate;q=0.9"), "deflate");
  EXPECT_EQ(choose_encoding("gzip;q=0, *"), "deflate");
  EXPECT_EQ(choose_encoding("*;q=0"), "");
  EXPECT_EQ(choose_encoding("br"), "");
  EXPECT_EQ(choose_encoding(""), "");
}

TEST(Compression, short_binary_and_encoded_bodies_stay) {
  EXPECT_EQ(answer("gzip", text("short")).body, "short");
  EXPECT_EQ(answer("gzip", bytes(kLong, "image/png")).body, kLong);
  EXPECT_EQ(answer("gzip", text(kLong).with("content-encoding", "br")).body, kLong);
  EXPECT_EQ(answer("br", text(kLong)).body, kLong);
}

}  // namespace
}  // namespace sloop::web
