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

TEST(Address, a_version_inside_of_the_base_counts_as_well) {
  EXPECT_EQ(address_of("https://h/v1/projects/p/publishers/google", "/v1beta/models/m:run"),
            "https://h/v1/projects/p/publishers/google/models/m:run");
}

TEST(Address, a_path_with_two_slashes_begins_at_the_root) {
  EXPECT_EQ(address_of("https://router.huggingface.co/v1", "//hf-inference/models/m"),
            "https://router.huggingface.co/hf-inference/models/m");
  EXPECT_EQ(address_of("http://h:1", "//x"), "http://h:1/x");
}

TEST(Address, what_a_base_asks_for_stands_behind_every_path) {
  EXPECT_EQ(address_of("https://h/openai?api-version=1", "/models"), "https://h/openai/models?api-version=1");
  EXPECT_EQ(address_of("https://h?a=1", "/models?limit=2"), "https://h/models?limit=2&a=1");
}

TEST(Address, azure_has_deployments_in_dated_versions) {
  EXPECT_EQ(with_api_version("https://r.openai.azure.com", "gpt", "2024-10-21"),
            "https://r.openai.azure.com/openai/deployments/gpt?api-version=2024-10-21");
  EXPECT_EQ(with_api_version("https://r.openai.azure.com/", "", "2025-03-01-preview"),
            "https://r.openai.azure.com/openai?api-version=2025-03-01-preview");
}

}  // namespace
}  // namespace sloop
