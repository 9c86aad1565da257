// SPDX-License-Identifier: Apache-2.0
//
// The handlers of libc++abi, without the demangler of symbol names that its own ones bring into every program: what
// libs/lambda/src/terminate.cpp does for libstdc++. build.sh links this object into each function.
#include <cstdio>
#include <cstdlib>

namespace {

[[noreturn]] void end_quietly() {
  std::fputs("uncaught exception\n", stderr);
  std::abort();
}

}  // namespace

// libc++abi reads these three and declares them in no public header.
extern "C" {
using Handler = void (*)();
extern Handler __cxa_terminate_handler;
extern Handler __cxa_unexpected_handler;
extern Handler __cxa_new_handler;
Handler __cxa_terminate_handler = end_quietly;
Handler __cxa_unexpected_handler = end_quietly;
Handler __cxa_new_handler = nullptr;
}
