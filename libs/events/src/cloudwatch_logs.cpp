// SPDX-License-Identifier: Apache-2.0
#include "sloop/events/cloudwatch_logs.hpp"

#include "sloop/core/reflect.hpp"
#include "sloop/events/decode.hpp"
#include "sloop/events/gzip.hpp"

namespace sloop::events {

Result<LogData> AwsLogs::decoded() const {
  // Lambda takes events of 6 MB; log lines shrink to a tenth. What grows further is no log.
  constexpr std::size_t kLimit = std::size_t{64} << 20;
  const auto packed = from_base64(data, "awslogs.data");
  if (!packed) return fail(packed.error());
  const auto text = gunzip(*packed, kLimit);
  if (!text) return fail(text.error().within("awslogs.data"));
  auto json = parse_json(*text);
  if (!json) return fail(json.error().within("awslogs.data"));
  return from_json<LogData>(*json, {.place = "awslogs.data"});
}

}  // namespace sloop::events
