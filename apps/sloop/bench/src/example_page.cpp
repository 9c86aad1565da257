// SPDX-License-Identifier: Apache-2.0
//
// Prints the page of example results, for the test that looks at it in a browser.
#include <iostream>

#include "example_results.hpp"
#include "sloop/bench/report_page.hpp"

int main() {
  std::cout << sloop::bench::report_page(
      sloop::bench::example_results(),
      sloop::bench::facts_of_this_machine(std::chrono::system_clock::time_point(std::chrono::hours(490'000))));
}
