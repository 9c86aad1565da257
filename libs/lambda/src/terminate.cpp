// SPDX-License-Identifier: Apache-2.0
//
// How a static function says its last word.
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "loop.hpp"

namespace sloop::lambda::detail {

void link_terminate_handler() {}

}  // namespace sloop::lambda::detail

#ifdef SLOOP_STATIC
namespace {

[[noreturn]] void end_quietly() {
  try {
    if (const auto exception = std::current_exception()) std::rethrow_exception(exception);
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "uncaught exception: %s\n", exception.what());
  } catch (...) {
    std::fputs("uncaught exception\n", stderr);
  }
  std::abort();
}

}  // namespace

// In place of libstdc++'s own, which would bring the demangler of symbol names into every function (60 KB).
namespace __cxxabiv1 {
extern std::terminate_handler __terminate_handler;
std::terminate_handler __terminate_handler = end_quietly;
}  // namespace __cxxabiv1
#endif
