// SPDX-License-Identifier: Apache-2.0
#include "sloop/events/batch.hpp"

#include <set>

namespace sloop::events::detail {
namespace {

Error late() {
  return {.kind = ErrorKind::timed_out,
          .message = "the deadline passed before this record: allow the function more time, or smaller batches"};
}

void tell(const BatchOptions& options, std::string_view id, const Error& error) {
  if (options.on_failure) options.on_failure(id, error);
}

Error nameless(const Error& error) {
  return error.within("a record without an id failed, so the whole batch has to be repeated");
}

}  // namespace

Result<BatchResponse> run_queue(std::size_t count, const IndexText& id, const IndexText& group, const IndexCall& call,
                                const BatchOptions& options) {
  BatchResponse response;
  std::set<std::string_view> stopped;
  std::optional<Error> first;
  bool stop = false;
  for (std::size_t i = 0; i < count; ++i) {
    if (stop || (group && stopped.contains(group(i)))) {
      response.batchItemFailures.push_back({.itemIdentifier = std::string(id(i))});
      continue;
    }
    const auto result = options.deadline.passed() ? Result<void>(fail(late())) : call(i);
    if (result) continue;
    if (id(i).empty()) return fail(nameless(result.error()));
    tell(options, id(i), result.error());
    if (!first) first = result.error();
    response.batchItemFailures.push_back({.itemIdentifier = std::string(id(i))});
    if (group) stopped.insert(group(i));
    stop = options.stop_at_first_failure;
  }
  if (options.fail_when_all_failed && first && response.batchItemFailures.size() == count)
    return fail(first->within("all " + std::to_string(count) + " records failed; the first"));
  return response;
}

Result<BatchResponse> run_stream(std::size_t count, const IndexText& id, const IndexCall& call,
                                 const BatchOptions& options) {
  for (std::size_t i = 0; i < count; ++i) {
    const auto result = options.deadline.passed() ? Result<void>(fail(late())) : call(i);
    if (result) continue;
    if (id(i).empty()) return fail(nameless(result.error()));
    tell(options, id(i), result.error());
    if (i == 0 && options.fail_when_all_failed) return fail(result.error().within("no record succeeded; the first"));
    return BatchResponse{.batchItemFailures = {{.itemIdentifier = std::string(id(i))}}};
  }
  return BatchResponse{};
}

bool TopicRun::handle(const std::string& partition, std::int64_t offset, const std::function<Result<void>()>& call) {
  const auto result = options_.deadline.passed() ? Result<void>(fail(late())) : call();
  if (result) return succeeded_ = true;
  tell(options_, partition + "@" + std::to_string(offset), result.error());
  if (!first_) first_ = result.error();
  response_.batchItemFailures.push_back({.itemIdentifier = {.partition = partition, .offset = offset}});
  return false;
}

Result<KafkaBatchResponse> TopicRun::finish() && {
  if (options_.fail_when_all_failed && first_ && !succeeded_)
    return fail(first_->within("no record succeeded; the first"));
  return std::move(response_);
}

}  // namespace sloop::events::detail
