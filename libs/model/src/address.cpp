// SPDX-License-Identifier: Apache-2.0
#include "address.hpp"

#include <algorithm>

namespace sloop {
namespace {

/// The first segment of a path when it is a version: `/v1`, `/v2alpha`; else empty.
std::string_view version_of(std::string_view path) {
  const auto segment = path.substr(0, path.find('/', 1));
  const bool is_version = segment.size() >= 3 && segment.starts_with("/v") && segment[2] >= '0' && segment[2] <= '9';
  return is_version ? segment : std::string_view();
}

}  // namespace

std::string address_of(std::string_view base, std::string_view path) {
  if (path.starts_with("//"))
    return std::string(base.substr(0, base.find('/', base.find("://") + 3))) + std::string(path.substr(1));
  const auto version = version_of(path);
  const std::size_t host = std::min(base.size(), base.find("://") + 3);
  const std::size_t slash = base.rfind('/');
  const auto last = slash != std::string_view::npos && slash >= host ? base.substr(slash) : std::string_view();
  // The version of the base is the one that the user wants.
  if (!version.empty() && !version_of(last).empty()) path.remove_prefix(version.size());
  return std::string(base) + std::string(path);
}

std::string with_base_path(std::string url, std::string_view base_path) {
  while (url.ends_with('/')) url.pop_back();
  const bool has_path = url.find('/', url.find("://") + 3) != std::string::npos;
  return has_path ? url : url + std::string(base_path);
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

}  // namespace sloop
