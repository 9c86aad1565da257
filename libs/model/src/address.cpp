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

bool has_version(std::string_view path) {
  for (auto at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1))
    if (!version_of(path.substr(at)).empty()) return true;
  return false;
}

}  // namespace

std::string address_of(std::string_view base, std::string_view path) {
  // What the base asks for of every call stands behind the path.
  const std::size_t mark = std::min(base.size(), base.find('?'));
  const auto query = base.substr(mark);
  base = base.substr(0, mark);
  const std::size_t host = std::min(base.size(), base.find("://") + 3);
  const std::size_t root = std::min(base.size(), base.find('/', host));
  std::string out;
  if (path.starts_with("//")) {
    out = std::string(base.substr(0, root)) + std::string(path.substr(1));
  } else {
    const auto version = version_of(path);
    // The version of the base is the one that the user wants.
    if (!version.empty() && has_version(base.substr(root))) path.remove_prefix(version.size());
    out = std::string(base) + std::string(path);
  }
  if (query.empty()) return out;
  return out + (path.contains('?') ? '&' : '?') + std::string(query.substr(1));
}

std::string with_api_version(std::string url, std::string_view model, std::string_view version) {
  const std::string deployment = model.empty() ? "" : "/deployments/" + std::string(model);
  url = with_base_path(std::move(url), "/openai" + deployment);
  return url.contains('?') ? url : url + "?api-version=" + std::string(version);
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
