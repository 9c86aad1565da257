// SPDX-License-Identifier: Apache-2.0
//
// The `sloop` command as a function, so that tests run it in their own process.
//
//   const int status = command::run({"package", "bootstrap"}, {std::cin, std::cout, std::cerr});
//
// Results go to `out`, everything else to `err`; a failure is one line on `err` that ends with what to do.
#pragma once

#include <istream>
#include <ostream>
#include <string>
#include <vector>

namespace sloop::command {

struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

/// Runs one command line (without the program's name); returns the exit status, see `exit_status.hpp`. `watch` and
/// `mock` return when SIGINT or SIGTERM comes.
[[nodiscard]] int run(std::vector<std::string> args, Streams streams);

}  // namespace sloop::command
