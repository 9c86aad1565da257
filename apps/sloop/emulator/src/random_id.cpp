// SPDX-License-Identifier: Apache-2.0
#include "random_id.hpp"

#include <fmt/format.h>

#include <ctime>
#include <random>

#include "sloop/emulator/sandbox.hpp"

namespace sloop::emulator {

std::string random_hex(int digits) {
  static thread_local std::random_device device;
  std::string text;
  while (static_cast<int>(text.size()) < digits) text += fmt::format("{:08x}", device());
  text.resize(static_cast<std::size_t>(digits));
  return text;
}

std::string new_trace_id() {
  return fmt::format("Root=1-{:08x}-{};Parent={};Sampled=0", static_cast<std::uint32_t>(std::time(nullptr)),
                     random_hex(24), random_hex(16));
}

std::string new_request_id() {
  std::string hex = random_hex(32);
  hex[12] = '4';
  hex[16] = "89ab"[static_cast<unsigned char>(hex[16]) % 4];
  return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4), hex.substr(16, 4),
                     hex.substr(20));
}

}  // namespace sloop::emulator
