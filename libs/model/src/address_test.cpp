// SPDX-License-Identifier: Apache-2.0
#include "address.hpp"

#include <gtest/gtest.h>

namespace sloop {
namespace {

TEST(Address, a_version_stands_in_it_once) {
  EXPECT_EQ(address_of("https://api.anthropic.com", "/v1/messages"), "https://api.anthropic.com/v1/messages");
  EXPECT_EQ(address_of("https://gateway/anthropic/v1", "/v1/messages"), "https://gateway/anthropic/v1/messages");
  EXPECT_EQ(address_of("https://g.com/v1", "/v1beta/models/x:run"), "https://g.com/v1/models/x:run");
  EXPECT_EQ(address_of("https://api.openai.com/v1", "/chat/completions"), "https://api.openai.com/v1/chat/completions");
  EXPECT_EQ(address_of("http://v1.example.com", "/v1/messages"), "http://v1.example.com/v1/messages");
}

TEST(Address, a_base_path_is_for_addresses_without_one) {
  EXPECT_EQ(with_base_path("https://r.openai.azure.com/", "/openai/v1"), "https://r.openai.azure.com/openai/v1");
  EXPECT_EQ(with_base_path("https://gateway/azure//", "/openai/v1"), "https://gateway/azure");
}

}  // namespace
}  // namespace sloop
