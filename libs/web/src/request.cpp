// SPDX-License-Identifier: Apache-2.0
#include "sloop/web/request.hpp"

#include <algorithm>

#include "ascii.hpp"
#include "sloop/core/percent.hpp"

namespace sloop::web {
namespace {

std::string decode_form(std::string_view text) {
  if (text.find_first_of("+%") == std::string_view::npos) return std::string(text);
  std::string spaced(text);
  std::ranges::replace(spaced, '+', ' ');
  return decode_percent(spaced);
}

}  // namespace

const std::string* find(const Parameters& parameters, std::string_view name) {
  const auto found = std::ranges::find(parameters, name, &Parameter::name);
  return found == parameters.end() ? nullptr : &found->value;
}

Parameters parse_parameters(std::string_view text) {
  Parameters parameters;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (part.empty()) continue;
    const std::size_t equals = std::min(part.find('='), part.size());
    parameters.push_back(
        {decode_form(part.substr(0, equals)), decode_form(part.substr(std::min(equals + 1, part.size())))});
  }
  return parameters;
}

const lambda::Context& Request::context() const {
  static const lambda::Context none;
  return context_pointer != nullptr ? *context_pointer : none;
}

std::string media_type_of(const Headers& headers) {
  const std::string_view text = headers.get_or("content-type", "");
  return lower_case(trimmed(text.substr(0, text.find(';'))));
}

}  // namespace sloop::web
