// SPDX-License-Identifier: Apache-2.0
//
// Uploads by forms (multipart/form-data, RFC 7578).
//
//   router.post("/upload", [](web::Multipart form) -> Result<Saved> {
//     for (const web::Part& part : *form) save(part.filename, part.body);
//   });
//
// The parts are views of nothing: each has its own bytes, whole.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sloop/web/extract.hpp"

namespace sloop::web {

struct Part {
  /// The field of the form.
  std::string name = {};
  /// As the client says; empty where the field is no file. Not to be used as a path.
  std::string filename = {};
  /// `text/plain` when the part does not say.
  std::string content_type = "text/plain";
  Headers headers = {};
  std::string body = {};
};

/// The parts of a request's body. No multipart/form-data: 415; malformed: 400.
struct Multipart : Taken<std::vector<Part>> {};

/// Fails with `invalid_input` when the body is cut off or a part has no name. At most 1,000 parts.
[[nodiscard]] Result<std::vector<Part>> parse_multipart(std::string_view body, std::string_view boundary);

template <>
struct Extract<Multipart> {
  static constexpr bool kTakesBody = true;
  static Extracted<Multipart> from(Request& request);
  static bool absent(const Request& request) { return request.body.empty(); }
  static void describe(OperationNotes& notes);
};

}  // namespace sloop::web
