// SPDX-License-Identifier: Apache-2.0
#include "telemetry_buffer.hpp"

#include <exception>
#include <iterator>

namespace sloop::extension {

TelemetryBuffer::TelemetryBuffer(std::function<Result<void>(const std::vector<TelemetryRecord>&)> hand_on,
                                 std::shared_ptr<Log> log)
    : hand_on_(std::move(hand_on)),
      log_(std::move(log)),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

void TelemetryBuffer::push(std::string_view body) {
  auto records = parse_telemetry(body);
  if (!records) return log_->error(records.error().message);
  const std::lock_guard lock(mutex_);
  std::move(records->begin(), records->end(), std::back_inserter(records_));
  if (records_.size() > kMaxRecords) {
    const std::size_t dropped = records_.size() - kMaxRecords;
    records_.erase(records_.begin(), records_.begin() + static_cast<std::ptrdiff_t>(dropped));
    log_->error("telemetry was dropped, for on_telemetry is too slow or fails", {{"records", Json(dropped)}});
  }
  has_new_ = true;
  changed_.notify_all();
}

void TelemetryBuffer::finish() {
  thread_ = {};  // asks it to stop and waits
  hand_on_all();
}

void TelemetryBuffer::work(const std::stop_token& stop) {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      if (!changed_.wait(lock, stop, [&] { return has_new_; })) return;
      has_new_ = false;
    }
    hand_on_all();
  }
}

void TelemetryBuffer::hand_on_all() {
  std::vector<TelemetryRecord> taken;
  {
    const std::lock_guard lock(mutex_);
    taken.swap(records_);
  }
  if (taken.empty()) return;
  Result<void> done;
  try {
    done = hand_on_(taken);
  } catch (const std::exception& exception) {
    done = fail(ErrorKind::internal, exception.what());
  }
  if (done) return;
  log_->error("on_telemetry failed, its records will be given again: " + done.error().message);
  const std::lock_guard lock(mutex_);
  records_.insert(records_.begin(), std::make_move_iterator(taken.begin()), std::make_move_iterator(taken.end()));
}

}  // namespace sloop::extension
