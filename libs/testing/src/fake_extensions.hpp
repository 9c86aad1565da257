// SPDX-License-Identifier: Apache-2.0
//
// The Extensions API of a fake Runtime API.
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <vector>

#include "sloop/core/json.hpp"
#include "sloop/serve/server.hpp"
#include "sloop/testing/fake_extension.hpp"

namespace sloop::testing {

class FakeExtensions {
 public:
  /// Whether the request was for this API; then it is answered.
  bool handle(const serve::Request& request, serve::Exchange& exchange);
  /// Hands an event to those who asked for its type.
  void send(const JsonObject& event);
  [[nodiscard]] std::vector<FakeExtension> list() const;
  void stop();

 private:
  struct Known {
    FakeExtension seen;
    std::deque<std::string> events;
  };

  void enlist(const serve::Request& request, serve::Exchange& exchange);
  void hand_out(const std::string& identifier, serve::Exchange& exchange);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = false;
  std::map<std::string, Known> known_;
};

}  // namespace sloop::testing
