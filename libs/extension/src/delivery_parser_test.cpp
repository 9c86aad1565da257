// SPDX-License-Identifier: Apache-2.0
#include "delivery_parser.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace sloop::extension {
namespace {

using State = DeliveryParser::State;

TEST(DeliveryParser, finds_the_same_requests_in_every_chunking) {
  const std::string wire =
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n[1,2]"
      "POST / HTTP/1.1\r\ntransfer-encoding: Chunked\r\n\r\n2;x=y\r\n[3\r\n1\r\n]\r\n0\r\nX-T: 1\r\n\r\n"
      "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n";
  for (std::size_t size = 1; size <= wire.size(); ++size) {
    DeliveryParser parser(100);
    std::vector<std::string> bodies;
    for (std::size_t at = 0; at < wire.size(); at += size) {
      parser.feed(std::string_view(wire).substr(at, size));
      State state = parser.next();
      for (; state == State::request; state = parser.next()) bodies.push_back(parser.body());
      ASSERT_EQ(state, State::more);
    }
    EXPECT_EQ(bodies, (std::vector<std::string>{"[1,2]", "[3]", ""})) << "in pieces of " << size;
  }
}

TEST(DeliveryParser, refuses_what_is_too_long_or_no_request) {
  const auto state_of = [](std::string_view wire) {
    DeliveryParser parser(10);
    parser.feed(wire);
    return parser.next();
  };
  EXPECT_EQ(state_of("POST / HTTP/1.1\r\nContent-Length: 11\r\n\r\n"), State::too_large);
  EXPECT_EQ(state_of("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n"), State::too_large);
  EXPECT_EQ(state_of("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"), State::broken);
  EXPECT_EQ(state_of("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"), State::broken);
  EXPECT_EQ(state_of("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n"), State::broken);
  EXPECT_EQ(state_of(std::string(70'000, 'x')), State::broken);
}

}  // namespace
}  // namespace sloop::extension
