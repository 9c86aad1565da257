// SPDX-License-Identifier: Apache-2.0
//
// Any JSON as the event that its shape says it is: what is read must be written to something that reads the same.
#include "fuzz.hpp"
#include "sloop/core/reflect.hpp"
#include "sloop/events/apigw_v2.hpp"
#include "sloop/events/cloudwatch_logs.hpp"
#include "sloop/events/dynamodb.hpp"
#include "sloop/events/kafka.hpp"
#include "sloop/events/kind.hpp"
#include "sloop/events/s3.hpp"
#include "sloop/events/sqs.hpp"

namespace {

using namespace sloop;
using namespace sloop::events;

template <class Event>
void check(const Json& json) {
  const auto event = from_json<Event>(json, {.place = "event"});
  if (!event) return require(event.error().message.starts_with("event"));
  const std::string text = write_json(to_json(*event));
  const auto again = read_json<Event>(text);
  require(again && write_json(to_json(*again)) == text);
  if constexpr (requires { event->Records.front().s3; })
    for (const auto& record : event->Records) (void)record.occurred_at(), (void)record.s3.object.decoded_key();
  if constexpr (requires { event->Records.front().dynamodb; })
    for (const auto& record : event->Records)
      (void)plain_json(record.dynamodb.Keys), (void)record.dynamodb.created_at();
  if constexpr (requires { event->awslogs; }) (void)event->awslogs.decoded();
  if constexpr (requires { event->decoded_body(); }) (void)event->decoded_body();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto json = parse_json(text_of(data, size));
  if (!json) return 0;
  require(!describe(*json).empty());
  check<ApiGatewayV2httpRequest>(*json);
  check<CloudWatchLogsEvent>(*json);
  check<DynamoDbEvent>(*json);
  check<KafkaEvent>(*json);
  check<S3Event>(*json);
  check<SqsEvent>(*json);
  return 0;
}
