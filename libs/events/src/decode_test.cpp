// SPDX-License-Identifier: Apache-2.0
#include "sloop/events/decode.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include "sloop/core/base64.hpp"
#include "sloop/core/reflect.hpp"
#include "sloop/events/apigw_v2.hpp"
#include "sloop/events/cloudwatch_logs.hpp"
#include "sloop/events/dynamodb_value.hpp"
#include "sloop/events/gzip.hpp"
#include "sloop/events/kinesis.hpp"
#include "sloop/events/s3.hpp"

namespace sloop::events {
namespace {

std::string gzip(std::string_view text) {
  z_stream stream{};
  EXPECT_EQ(::deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(::deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(::deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  ::deflateEnd(&stream);
  return out;
}

TEST(decode, an_object_key_is_named_as_in_the_bucket) {
  EXPECT_EQ(S3Object{.key = "a+b%2Fc%C3%A9.txt"}.decoded_key(), "a b/c\xC3\xA9.txt");
  EXPECT_EQ(S3Object{.key = "100%+%zz%4"}.decoded_key(), "100% %zz%4");
}

TEST(decode, bodies_are_bytes_whether_they_came_as_text_or_base64) {
  ApiGatewayV2httpRequest request;
  EXPECT_EQ(request.decoded_body().value(), "");
  request.body = "aGk=";
  EXPECT_EQ(request.decoded_body().value(), "aGk=");
  request.isBase64Encoded = true;
  EXPECT_EQ(request.decoded_body().value(), "hi");
  request.body = "!";
  EXPECT_EQ(request.decoded_body().error().message, "body: is not base64");
}

TEST(decode, records_of_kinesis_show_their_bytes_and_their_time) {
  const KinesisRecord record{.data = "AAE=", .approximateArrivalTimestamp = 1545084650.987};
  EXPECT_EQ(record.decoded_data().value(), std::string("\0\1", 2));
  EXPECT_EQ(record.arrived_at()->time_since_epoch().count(), 1545084650987);
}

TEST(decode, log_lines_are_unpacked) {
  const std::string text = R"({"owner":"1","logGroup":"g","logStream":"s","subscriptionFilters":["f"],)"
                           R"("messageType":"DATA_MESSAGE","logEvents":[{"id":"i","timestamp":1,"message":"m"}]})";
  const auto data = AwsLogs{.data = encode_base64(gzip(text))}.decoded();
  ASSERT_TRUE(data) << data.error().message;
  EXPECT_EQ(data->logEvents.at(0).message, "m");
  EXPECT_EQ(AwsLogs{.data = "?"}.decoded().error().message, "awslogs.data: is not base64");
  EXPECT_EQ(AwsLogs{.data = encode_base64("plain")}.decoded().error().message, "awslogs.data: the data is not gzip");
  EXPECT_EQ(AwsLogs{.data = encode_base64(gzip("{}"))}.decoded().error().message, "awslogs.data.owner: is required");
}

TEST(decode, gzip_that_is_cut_off_or_too_large_is_refused) {
  const std::string packed = gzip(std::string(100'000, 'x'));
  EXPECT_EQ(gunzip(packed, 100'000).value(), std::string(100'000, 'x'));
  EXPECT_EQ(gunzip(packed, 99'999).error().kind, ErrorKind::too_large);
  EXPECT_EQ(gunzip(packed.substr(0, packed.size() / 2), 1 << 20).error().message, "the gzip'd data is cut off");
  EXPECT_EQ(gunzip("", 10).error().kind, ErrorKind::invalid_input);
}

TEST(decode, items_of_dynamodb_become_plain_json) {
  const auto item = read_json<DynamoDbItem>(
      R"({"a":{"S":"x"},"b":{"N":"1.5"},"c":{"N":"12345678901234567890123456789012345678"},"d":{"BOOL":true},)"
      R"("e":{"NULL":true},"f":{"L":[{"S":"y"},{"M":{"k":{"N":"3"}}}]},"g":{"NS":["1","2"]},"h":{"BS":["AA=="]}})");
  EXPECT_EQ(write_json(plain_json(item.value()).value()),
            R"({"a":"x","b":1.5,"c":"12345678901234567890123456789012345678","d":true,)"
            R"("e":null,"f":["y",{"k":3}],"g":[1,2],"h":["AA=="]})");
}

TEST(decode, an_item_with_an_unknown_type_names_its_place) {
  const auto item = read_json<DynamoDbItem>(R"({"a":{"L":[{"S":"x"},{"X":1}]}})");
  EXPECT_TRUE(plain_json(item.value()).error().message.starts_with("a[1]: is no attribute value of DynamoDB"));
}

}  // namespace
}  // namespace sloop::events
