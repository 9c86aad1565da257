// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <iostream>

#include "sloop/command/command.hpp"

int main(int argc, char** argv) {
  // A reader that went away is an error of a write, not the end of the process.
  std::signal(SIGPIPE, SIG_IGN);
  return sloop::command::run({argv + 1, argv + argc}, {std::cin, std::cout, std::cerr});
}
