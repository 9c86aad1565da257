// SPDX-License-Identifier: Apache-2.0
//
// Called when objects are created in a bucket; says what it would do with each.
#include <sloop/events/s3.hpp>
#include <sloop/lambda.hpp>

struct Found {
  std::string object;
  std::int64_t bytes;
  bool picture;
};

int main() {
  return sloop::lambda::run([](const sloop::events::S3Event& event, const sloop::lambda::Context& context) {
    std::vector<Found> found;
    for (const auto& record : event.Records) {
      if (!record.eventName.starts_with("ObjectCreated:")) continue;
      const std::string key = record.s3.object.decoded_key();
      context.log->info("created", {{"key", sloop::Json(key)}});
      found.push_back({.object = "s3://" + record.s3.bucket.name + "/" + key,
                       .bytes = record.s3.object.size.value_or(0),
                       .picture = key.ends_with(".jpg") || key.ends_with(".png")});
    }
    return found;
  });
}
