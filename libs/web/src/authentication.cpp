// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "ascii.hpp"
#include "sloop/core/base64.hpp"
#include "sloop/web/middleware.hpp"

namespace sloop::web {
namespace {

/// What follows the scheme in `Authorization`; empty optional for another scheme.
std::optional<std::string_view> credentials_of(const Request& request, std::string_view scheme) {
  const std::string_view value = request.headers.get_or("authorization", "");
  const std::size_t space = value.find(' ');
  if (space == std::string_view::npos || !equal_ignoring_case(value.substr(0, space), scheme)) return std::nullopt;
  return trimmed(value.substr(space + 1));
}

Response challenge(std::string scheme) {
  return problem(401, "valid credentials are needed").with("www-authenticate", std::move(scheme));
}

/// Looks at every one, so that the time does not tell which is right.
template <class List, class Equal>
bool any_of_all(const List& list, Equal equal) {
  bool found = false;
  for (const auto& item : list) found = static_cast<bool>(found | equal(item));
  return found;
}

}  // namespace

bool equal_in_constant_time(std::string_view left, std::string_view right) noexcept {
  std::size_t difference = left.size() ^ right.size();
  for (std::size_t i = 0; i < left.size(); ++i) {
    const char other = right.empty() ? '\0' : right[i % right.size()];
    difference |= static_cast<unsigned char>(left[i] ^ other);
  }
  // Read back from memory: nothing may be concluded before the loop has ended.
  const volatile std::size_t result = difference;
  return result == 0;
}

Middleware bearer_auth(std::vector<std::string> tokens) {
  return bearer_auth([tokens = std::move(tokens)](const std::string& token) {
    return any_of_all(tokens, [&](const std::string& known) { return equal_in_constant_time(token, known); });
  });
}

Middleware bearer_auth(std::function<bool(const std::string& token)> admits) {
  return [admits = std::move(admits)](Request& request, const Next& next) {
    const auto token = credentials_of(request, "Bearer");
    if (!token || token->empty()) return challenge("Bearer");
    return admits(std::string(*token)) ? next(request) : challenge("Bearer error=\"invalid_token\"");
  };
}

Middleware basic_auth(std::vector<BasicUser> users, std::string realm) {
  std::vector<std::string> pairs;
  for (const auto& [name, password] : users) pairs.push_back(name + ":" + password);
  std::erase_if(realm, [](char c) { return c == '"' || c == '\\'; });
  return [pairs = std::move(pairs), scheme = "Basic realm=\"" + realm + "\", charset=\"UTF-8\""](Request& request,
                                                                                                 const Next& next) {
    const auto text = credentials_of(request, "Basic");
    const auto pair = text ? decode_base64(*text) : std::nullopt;
    const bool known =
        pair && any_of_all(pairs, [&](const std::string& user) { return equal_in_constant_time(*pair, user); });
    return known ? next(request) : challenge(scheme);
  };
}

}  // namespace sloop::web
