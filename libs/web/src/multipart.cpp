// SPDX-License-Identifier: Apache-2.0
#include "sloop/web/multipart.hpp"

#include "ascii.hpp"

namespace sloop::web {
namespace {

constexpr std::size_t kMaxParts = 1000;

std::unexpected<Error> malformed(std::string_view why) {
  return fail(ErrorKind::invalid_input, "multipart: " + std::string(why));
}

/// The parameter `name` in `form-data; name="a"; filename="b"`, without quotes; `\"` is a quote.
std::string parameter_of(std::string_view value, std::string_view name) {
  std::size_t at = value.find(';');
  while (at != std::string_view::npos) {
    value = trimmed(value.substr(at + 1));
    const std::size_t equals = value.find('=');
    if (equals == std::string_view::npos) return "";
    const bool wanted = equal_ignoring_case(trimmed(value.substr(0, equals)), name);
    value = value.substr(equals + 1);
    std::string text;
    std::size_t i = 0;
    if (value.starts_with('"')) {
      for (i = 1; i < value.size() && value[i] != '"'; ++i) {
        if (value[i] == '\\' && i + 1 < value.size() && value[i + 1] == '"') ++i;
        text += value[i];
      }
    } else {
      for (; i < value.size() && value[i] != ';'; ++i) text += value[i];
    }
    if (wanted) return text;
    at = value.find(';', i);
  }
  return "";
}

/// The lines of one part's head.
void read_head(std::string_view head, Part& part) {
  while (!head.empty()) {
    const std::size_t end = std::min(head.find("\r\n"), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    part.headers.add(std::string(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1))));
  }
  const std::string_view disposition = part.headers.get_or("content-disposition", "");
  part.name = parameter_of(disposition, "name");
  part.filename = parameter_of(disposition, "filename");
  part.content_type = part.headers.get_or("content-type", part.content_type);
}

}  // namespace

Result<std::vector<Part>> parse_multipart(std::string_view body, std::string_view boundary) {
  const std::string delimiter = "\r\n--" + std::string(boundary);
  std::vector<Part> parts;
  // The first delimiter lacks the line end; what precedes it is not meant for anybody.
  std::size_t at = body.find(std::string_view(delimiter).substr(2));
  if (boundary.empty() || at == std::string_view::npos) return malformed("the boundary does not appear");
  body.remove_prefix(at + delimiter.size() - 2);
  while (!body.starts_with("--")) {
    const std::size_t line = body.find("\r\n");
    if (line == std::string_view::npos) return malformed("a part is cut off");
    body.remove_prefix(line);  // Its line end stays, so that a part without headers looks the same.
    const std::size_t head_end = body.find("\r\n\r\n");
    const std::size_t end = head_end == std::string_view::npos ? head_end : body.find(delimiter, head_end + 2);
    if (end == std::string_view::npos) return malformed("the last boundary is missing");
    if (parts.size() == kMaxParts) return malformed("there are more than 1,000 parts");
    Part part;
    read_head(body.substr(2, std::max(head_end, std::size_t{2}) - 2), part);
    if (part.name.empty()) return malformed("a part has no name");
    const std::size_t start = std::min(head_end + 4, end);
    part.body = body.substr(start, end - start);
    parts.push_back(std::move(part));
    body.remove_prefix(end + delimiter.size());
  }
  return parts;
}

Extracted<Multipart> Extract<Multipart>::from(Request& request) {
  if (media_type_of(request.headers) != "multipart/form-data")
    return std::unexpected(Rejection{415, "the content type must be multipart/form-data"});
  auto parts = parse_multipart(request.body, parameter_of(request.headers.get_or("content-type", ""), "boundary"));
  if (!parts) return detail::refuse(400, parts.error());
  return Multipart{{std::move(*parts)}};
}

void Extract<Multipart>::describe(OperationNotes& notes) {
  notes.body.push_back({"multipart/form-data", JsonObject{{"type", "object"}}});
  for (const int status : {400, 415}) notes.refuses(status);
}

}  // namespace sloop::web
