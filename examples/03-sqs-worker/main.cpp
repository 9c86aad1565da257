// SPDX-License-Identifier: Apache-2.0
//
// Works through the orders in a queue; those that fail are tried again, the others are not. The event source mapping
// needs ReportBatchItemFailures.
#include <sloop/events/batch.hpp>
#include <sloop/events/envelope.hpp>
#include <sloop/lambda.hpp>

struct Order {
  std::string id;
  int count;
};

sloop::Result<void> ship(const sloop::events::SqsMessage& message, const sloop::lambda::Context& context) {
  const auto order = sloop::events::body_as<Order>(message);
  if (!order) return sloop::fail(order.error());
  if (order->count < 1) return sloop::fail(sloop::ErrorKind::invalid_input, "count: must be at least 1");
  context.log->info("shipped", {{"order", sloop::Json(order->id)}, {"count", sloop::Json(order->count)}});
  return {};
}

int main() {
  return sloop::lambda::run([](const sloop::events::SqsEvent& event, const sloop::lambda::Context& context) {
    const auto log_failure = [&](std::string_view id, const sloop::Error& error) {
      context.log->error(error.message, {{"messageId", sloop::Json(id)}});
    };
    return sloop::events::for_each_record(event, [&](const auto& message) { return ship(message, context); },
                                          {.on_failure = log_failure, .deadline = context.call_options().deadline});
  });
}
