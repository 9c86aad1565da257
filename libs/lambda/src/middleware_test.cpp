// SPDX-License-Identifier: Apache-2.0
#include "sloop/lambda/middleware.hpp"

#include "function_under_test.hpp"

namespace sloop::lambda {
namespace {

struct Number {
  int value = 0;
};

/// Notes its way in and out.
auto noting(std::string& notes, char name) {
  return [&notes, name](const auto&, const Context&, const auto& next) -> decltype(next()) {
    notes += name;
    auto result = next();
    notes += result ? '+' : '-';
    return result;
  };
}

TEST(Middleware, the_first_is_outermost_and_sees_event_context_and_result) {
  std::string notes;
  const auto doubled =
      wrap([](const Number& number) { return number.value * 2; }, noting(notes, 'a'), noting(notes, 'b'),
           [&](const Number& number, const Context& context, const auto& next) {
             notes += std::to_string(number.value) + context.request_id;
             return next();
           });
  Function function(doubled);
  EXPECT_EQ(function.invoke(R"({"value":21})").body, "42");
  EXPECT_EQ(notes, "ab21request-1++");
}

TEST(Middleware, one_that_does_not_call_next_answers_itself) {
  bool called = false;
  Function function(wrap([&](const Json&, const Context&) { called = true; },
                         [](const Json&, const Context&, const auto& next) -> decltype(next()) {
                           return fail(ErrorKind::forbidden, "sign in first");
                         }));
  EXPECT_EQ(function.invoke("1").headers.get("lambda-runtime-function-error-type"), "Function.Forbidden");
  EXPECT_FALSE(called);
}

TEST(Middleware, errors_and_exceptions_are_mapped_alike) {
  const auto hide = [](Error error) {
    return Error{.kind = error.kind, .message = "something went wrong", .code = "Function.Hidden"};
  };
  Function function(wrap(
      [](const Json& event) -> Result<Json> {
        if (event.is_null()) throw std::runtime_error("secret");
        return fail(ErrorKind::internal, "secret too");
      },
      mapped_errors(hide)));
  for (const char* event : {"null", "1"}) {
    const auto outcome = function.invoke(event);
    EXPECT_EQ(outcome.headers.get("lambda-runtime-function-error-type"), "Function.Hidden");
    EXPECT_FALSE(outcome.body.contains("secret")) << outcome.body;
  }
}

TEST(Middleware, time_and_end_are_told_of_streams_too) {
  std::atomic<int> observed = 0;
  Function function(
      wrap([](const Json&, StreamWriter& out) { return out.write("streamed"); }, logged(),
           timed([&](const Context&, std::chrono::nanoseconds duration) { observed += duration.count() > 0; })));
  EXPECT_EQ(function.invoke("1").body, "streamed");
  EXPECT_EQ(observed, 1);
  EXPECT_TRUE(function.log().contains("INFO RequestId: request-1 handled durationMs=")) << function.log();
}

TEST(Middleware, wrapped_handlers_serve_several_at_once) {
  const auto function = Function::with(
      [](const RunOptions& options) { return run_concurrent(wrap([](const Json& event) { return event; }), options); },
      {}, {.max_concurrency = 4});
  EXPECT_EQ(function->invoke("7").body, "7");
}

}  // namespace
}  // namespace sloop::lambda
