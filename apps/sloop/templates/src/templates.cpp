// SPDX-License-Identifier: Apache-2.0
#include "sloop/templates/templates.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "fill.hpp"
#include "set_path.hpp"
#include "templates_data.hpp"

namespace sloop::templates {
namespace {

/// The names that have something of `name` in them, for the message.
std::string alike(std::string_view name) {
  std::string out;
  const auto word = name.substr(0, name.find('-'));
  for (const auto& file : embedded_files())
    if (!word.empty() && file.name.find(word) != std::string_view::npos)
      out += (out.empty() ? "" : ", ") + std::string(file.name);
  return out;
}

}  // namespace

std::vector<Template> all_templates() {
  std::vector<Template> out;
  for (const auto& file : embedded_files()) {
    const auto json = parse_json(file.text).value();
    out.push_back(
        {std::string(file.name), std::string(find_string(json, "about")), std::string(find_string(json, "kind"))});
  }
  std::ranges::sort(out, {}, &Template::name);
  return out;
}

Result<Json> make_event(std::string_view name, const std::vector<std::string>& settings) {
  const auto files = embedded_files();
  const auto file = std::ranges::find(files, name, &EmbeddedFile::name);
  if (file == files.end()) {
    const std::string near = alike(name);
    return fail(ErrorKind::not_found, fmt::format("event '{}': no such template{}; see `sloop event --list`", name,
                                                  near.empty() ? "" : ", but " + near));
  }
  auto json = parse_json(file->text);
  if (!json) return fail(json.error().within(file->name));
  Json event = *find(*json, "event");
  for (const auto& setting : settings)
    if (auto done = set_path(event, setting); !done) return fail(done.error());
  return fill(event);
}

}  // namespace sloop::templates
