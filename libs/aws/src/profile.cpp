// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <fstream>

#include "sloop/aws/credentials.hpp"

namespace sloop::aws {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

/// The value of `key` in section `[section]` of an INI file; empty when it is not there.
std::string setting_in(const std::string& file, std::string_view section, std::string_view key) {
  std::ifstream lines(file);
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    const auto text = trimmed(line);
    if (text.empty() || text.front() == '#' || text.front() == ';') continue;
    if (text.front() == '[') {
      inside = trimmed(text.substr(1, text.find(']') - 1)) == section;
      continue;
    }
    const auto equals = text.find('=');
    if (inside && equals != std::string_view::npos && trimmed(text.substr(0, equals)) == key)
      return std::string(trimmed(text.substr(equals + 1)));
  }
  return "";
}

std::string file_at(const Environment& environment, const char* variable, const char* name) {
  if (auto file = environment(variable); !file.empty()) return file;
  return environment("HOME") + "/.aws/" + name;
}

}  // namespace

std::string process_environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::string profile_setting(const Environment& environment, std::string_view key) {
  std::string profile = environment("AWS_PROFILE");
  if (profile.empty()) profile = "default";
  if (auto value = setting_in(file_at(environment, "AWS_SHARED_CREDENTIALS_FILE", "credentials"), profile, key);
      !value.empty())
    return value;
  const std::string section = profile == "default" ? profile : "profile " + profile;
  return setting_in(file_at(environment, "AWS_CONFIG_FILE", "config"), section, key);
}

std::string region_of(const Environment& environment) {
  for (const char* variable : {"AWS_REGION", "AWS_DEFAULT_REGION"})
    if (auto region = environment(variable); !region.empty()) return region;
  return profile_setting(environment, "region");
}

}  // namespace sloop::aws
