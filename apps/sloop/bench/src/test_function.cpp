// SPDX-License-Identifier: Apache-2.0
//
// A function with deliberate costs, by which the harness is tested.
#include <time.h>

#include <cstdlib>
#include <thread>
#include <vector>

#include "sloop/lambda.hpp"

namespace {

int number(const char* variable) {
  const char* text = std::getenv(variable);
  return text == nullptr ? 0 : std::atoi(text);
}

/// Until the thread has used this much CPU time; independent of the machine's speed.
void burn(int milliseconds) {
  timespec used{};
  do {
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  } while (used.tv_sec * 1000 + used.tv_nsec / 1'000'000 < milliseconds);
}

}  // namespace

int main() {
  std::this_thread::sleep_for(std::chrono::milliseconds(number("SLEEP_MS")));
  std::vector<char> held(static_cast<std::size_t>(number("HOLD_MB")) << 20, 'x');
  int to_burn = number("BURN_MS");
  return sloop::lambda::run([&](const sloop::Json& event) {
    // Beyond what initialisation used.
    if (to_burn > 0) {
      timespec used{};
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
      burn(static_cast<int>(used.tv_sec * 1000 + used.tv_nsec / 1'000'000) + to_burn);
      to_burn = 0;
    }
    return held.empty() || held.back() == 'x' ? event : sloop::Json();
  });
}
