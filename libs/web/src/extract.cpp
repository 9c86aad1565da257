// SPDX-License-Identifier: Apache-2.0
#include "sloop/web/extract.hpp"

#include <algorithm>
#include <charconv>

#include "sloop/core/utf8.hpp"

namespace sloop::web {
namespace {

std::unexpected<Rejection> wrong_type(std::string_view wanted) {
  return std::unexpected(Rejection{415, "the content type must be " + std::string(wanted)});
}

template <class T>
bool read_number(std::string_view text, T& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

void OperationNotes::refuses(int status) {
  if (std::ranges::find(refusals, status) == refusals.end()) refusals.push_back(status);
}

namespace detail {

Json integer_of_text(std::string_view text) {
  std::int64_t number = 0;
  if (read_number(text, number)) return number;
  std::uint64_t large = 0;
  if (read_number(text, large)) return large;
  return Json(text);
}

Json number_of_text(std::string_view text) {
  double number = 0;
  return read_number(text, number) ? Json(number) : Json(text);
}

Json boolean_of_text(std::string_view text) {
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  return Json(text);
}

std::unexpected<Rejection> refuse(int status, const Error& error) {
  return std::unexpected(Rejection{status, error.message});
}

Extracted<Json> json_of_body(const Request& request) {
  const std::string type = media_type_of(request.headers);
  if (type != "application/json" && !type.ends_with("+json")) return wrong_type("application/json");
  auto json = parse_json(request.body);
  if (!json) return refuse(400, json.error().within("body"));
  return std::move(*json);
}

Extracted<Parameters> form_of_body(const Request& request) {
  constexpr std::string_view kForm = "application/x-www-form-urlencoded";
  if (media_type_of(request.headers) != kForm) return wrong_type(kForm);
  return parse_parameters(request.body);
}

Extracted<std::string_view> capture_of(const Request& request, std::string_view name) {
  const Parameters& captures = request.captures;
  const auto found = name.empty() ? captures.begin() : std::ranges::find(captures, name, &Parameter::name);
  if (found == captures.end() || (name.empty() && captures.size() > 1))
    return std::unexpected(Rejection{500, "the handler wants a capture that its route does not have"});
  return std::string_view(found->value);
}

std::shared_ptr<void> find_state(const Request& request, const void* key) {
  if (request.states == nullptr) return nullptr;
  const auto found = std::ranges::find(*request.states, key, &StateEntry::key);
  return found == request.states->end() ? nullptr : found->value;
}

}  // namespace detail

Extracted<TextBody> Extract<TextBody>::from(Request& request) {
  if (!is_utf8(request.body)) return std::unexpected(Rejection{400, "the body must be UTF-8 text"});
  return TextBody{{std::move(request.body)}};
}

void Extract<TextBody>::describe(OperationNotes& notes) {
  notes.body.push_back({"text/plain", JsonObject{{"type", "string"}}});
  notes.refuses(400);
}

void Extract<RawBody>::describe(OperationNotes& notes) {
  notes.body.push_back({"application/octet-stream", JsonObject()});
}

}  // namespace sloop::web
