// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/json.hpp"
#include "sloop/core/utf8.hpp"
#include "sloop/lambda/responder.hpp"

namespace sloop::lambda {

std::string prelude_bytes(const HttpPrelude& prelude) {
  JsonObject headers;
  for (const auto& [name, value] : prelude.headers) {
    Json& joined = headers[name];
    if (joined.is_null())
      joined = value;
    else
      joined.as_string().append(", ").append(value);
  }
  JsonObject head{{"statusCode", prelude.status}, {"headers", std::move(headers)}};
  if (!prelude.cookies.empty()) head["cookies"] = JsonArray(prelude.cookies.begin(), prelude.cookies.end());
  std::string bytes = mend_utf8(write_json(head));
  return bytes.append(8, '\0');
}

}  // namespace sloop::lambda
