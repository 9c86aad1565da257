// SPDX-License-Identifier: Apache-2.0
#include "answer.hpp"

#include "sloop/core/utf8.hpp"

namespace sloop::dialects {

Result<Json> parse_provider_json(std::string_view text, std::vector<std::string>& warnings) {
  auto json = parse_json(text);
  if (json || is_utf8(text)) return json;
  auto mended = parse_json(mend_utf8(text));
  if (mended) warnings.emplace_back("the provider sent bytes that are not UTF-8; they stand as U+FFFD");
  return mended;
}

Result<Json> answer_json(int status, const Headers& headers, std::string_view body,
                         std::vector<std::string>& warnings) {
  if (status >= 400) return fail(vendor_error(status, headers, body));
  const auto bad = [&](std::string message) {
    return fail(Error{.kind = ErrorKind::bad_reply, .message = std::move(message), .status = status});
  };
  const std::size_t begin = body.find_first_not_of(" \t\r\n");
  if (begin != std::string_view::npos && body[begin] == '<')
    return bad("the provider answered an HTML page instead of JSON; check the base URL");
  auto json = parse_provider_json(body, warnings);
  if (!json) return bad("the provider's answer is no JSON: " + json.error().message);
  if (holds_error(*json)) return fail(error_in(status, headers, *json));
  return json;
}

std::optional<std::int64_t> number_at(const Json& value, std::initializer_list<KeyPath> paths) {
  for (const auto& path : paths) {
    const Json* found = find(value, path);
    if (found == nullptr || !found->is_number()) continue;
    boost::system::error_code error;
    const auto number = found->to_number<std::int64_t>(error);
    if (!error) return number;
  }
  return std::nullopt;
}

const JsonArray& array_at(const Json& value, std::string_view key) {
  static const JsonArray kNone;
  const Json* list = find(value, key);
  return list != nullptr && list->is_array() ? list->get_array() : kNone;
}

bool flag_at(const Json& value, std::string_view key) {
  const Json* flag = find(value, key);
  return flag != nullptr && flag->is_bool() && flag->get_bool();
}

Result<std::vector<StreamEvent>> read_whole(AnswerReader& reader, const Json& answer,
                                            std::vector<std::string>& warnings) {
  std::vector<StreamEvent> events;
  reader.blocks().write_to(events);
  for (auto& warning : warnings) reader.blocks().warn(std::move(warning));
  auto taken = reader.take(kWholeAnswer, answer);
  reader.close();
  if (!taken) return fail(taken.error());
  return events;
}

Error cut_off(bool any) {
  return {.kind = ErrorKind::bad_reply,
          .message = any ? "the provider's stream was cut off before its end" : "the provider's stream holds no event"};
}

}  // namespace sloop::dialects
