// SPDX-License-Identifier: Apache-2.0
#include "sloop/aws/signature.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace sloop::aws {
namespace {

std::filesystem::path suite() {
  const char* shared = std::getenv("SLOOP_SHARED");
  return std::filesystem::path(shared != nullptr ? shared : SLOOP_SOURCE_DIR "/../shared") / "data/aws4_testsuite";
}

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  std::string out = text.str();
  std::erase(out, '\r');
  return out;
}

/// A request of the suite: the line, headers that may go on in lines that begin with a space, the body.
http::Request request_of(const std::string& text) {
  http::Request request;
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);
  const auto space = line.find(' ');
  request.method = line.substr(0, space);
  request.url = "https://example.amazonaws.com" + line.substr(space + 1, line.rfind(' ') - space - 1);
  std::vector<std::pair<std::string, std::string>> headers;
  while (std::getline(lines, line) && !line.empty()) {
    const auto colon = line.find(':');
    if (line.front() == ' ')
      headers.back().second += line;
    else
      headers.emplace_back(line.substr(0, colon), line.substr(colon + 1));
  }
  for (auto& [name, value] : headers) request.headers.add(name, value);
  std::ostringstream body;
  body << lines.rdbuf();
  request.body = body.str();
  return request;
}

/// The session token that a canonical request holds; empty when it holds none.
std::string token_in(const std::string& canonical) {
  constexpr std::string_view kName = "x-amz-security-token:";
  const auto begin = canonical.find(kName);
  if (begin == std::string::npos) return "";
  const auto value = begin + kName.size();
  return canonical.substr(value, canonical.find('\n', value) - value);
}

TEST(Signature, aws_test_suite_passes_whole) {
  if (!std::filesystem::exists(suite())) GTEST_SKIP() << "no test suite in " << suite() << "; set SLOOP_SHARED";
  const Credentials credentials{.access_key_id = "AKIDEXAMPLE",
                                .secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"};
  // 2015-08-30T12:36:00Z
  const SigningScope scope{
      .region = "us-east-1", .service = "service", .time = std::chrono::system_clock::from_time_t(1'440'938'160)};
  int cases = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(suite())) {
    if (entry.path().extension() != ".req") continue;
    ++cases;
    const auto file = [&](const char* extension) {
      return text_of(std::filesystem::path(entry.path()).replace_extension(extension));
    };
    http::Request request = request_of(file(".req"));
    // In one case the signer is to add the token.
    if (const std::string token = token_in(file(".creq"));
        !token.empty() && !request.headers.get("X-Amz-Security-Token"))
      request.headers.add("X-Amz-Security-Token", token);
    const auto signature = signature_of(request, credentials, scope);
    EXPECT_EQ(signature.canonical_request, file(".creq")) << entry.path().filename();
    EXPECT_EQ(signature.string_to_sign, file(".sts")) << entry.path().filename();
    EXPECT_EQ(signature.authorization, file(".authz")) << entry.path().filename();
  }
  EXPECT_EQ(cases, 34);
}

TEST(Signature, an_escaped_path_is_escaped_once_more) {
  http::Request request{.method = "POST",
                        .url = "https://bedrock-runtime.us-east-1.amazonaws.com/model/a%3A0/converse"};
  sign(request, {.access_key_id = "A", .secret_access_key = "s", .session_token = "t"},
       {.region = "us-east-1", .service = "bedrock", .time = {}});
  EXPECT_EQ(request.headers.get_or("x-amz-date", ""), "19700101T000000Z");
  EXPECT_EQ(request.headers.get_or("x-amz-security-token", ""), "t");
  EXPECT_TRUE(request.headers.get_or("authorization", "")
                  .contains("SignedHeaders=host;x-amz-date;x-amz-security-token, Signature="));
  EXPECT_TRUE(signature_of(request, {}, {}).canonical_request.contains("/model/a%253A0/converse\n"));
}

}  // namespace
}  // namespace sloop::aws
