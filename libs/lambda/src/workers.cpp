// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <thread>
#include <vector>

#include "sloop/lambda/run.hpp"

namespace sloop::lambda::detail {

int run_workers(int count, const std::function<int()>& worker) {
  std::atomic<int> status = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < count; ++i)
      threads.emplace_back([&] {
        if (const int ended = worker(); ended != 0) status = ended;
      });
  }
  return status;
}

}  // namespace sloop::lambda::detail
