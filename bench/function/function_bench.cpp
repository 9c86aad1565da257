// SPDX-License-Identifier: Apache-2.0
//
// function_bench BOOTSTRAP ZIP [COLD_STARTS]
//
// The figures that every change is watched by, each beside its limit: one function at 128 MB, three times: as it is,
// without the connection opened during initialisation, and so with a single trusted root.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "sloop/bench/harness.hpp"
#include "sloop/bench/local_provider.hpp"

namespace {

using namespace sloop;

void print(std::string_view what, double value, std::string_view unit, std::string_view limit = "") {
  fmt::print("{:58} {:>10.2f} {:3} {}\n", what, value, unit, limit);
}

int fail_with(const Error& error) {
  fmt::print(stderr, "function_bench: {}\n", error.message);
  return 1;
}

void print_all(const bench::BenchResults& results, int cold_starts) {
  const auto& warmed = results.measurements[0];
  const auto& plain = results.measurements[1];
  const auto& one_root = results.measurements[2];
  if (!results.limits_problem.empty())
    fmt::print("memory and CPU are NOT limited here, and CPU is not measured: {}\n", results.limits_problem);
  fmt::print("medians of {} cold starts at 128 MB; provider over TLS without latency\n", cold_starts);
  print("bootstrap", static_cast<double>(warmed.program_bytes) / 1e6, "MB");
  print("zip", static_cast<double>(warmed.package_bytes) / 1e6, "MB", "(at most 2.0)");
  print("exec to first /next, no connection opened", plain.init_ms.median(), "ms", "(at most 3)");
  print("exec to first /next, connection opened in initialisation", warmed.init_ms.median(), "ms");
  print("exec to first reply, connection opened in initialisation", warmed.first_reply_ms.median(), "ms",
        "(at most 25)");
  print("exec to first reply, connection opened at the first call", plain.first_reply_ms.median(), "ms");
  print("CPU of the first invocation, connection opened before", warmed.first_cpu_ms.median(), "ms");
  print("CPU of the first invocation, connection opened in it", plain.first_cpu_ms.median(), "ms");
  print("  of that for the system's whole bundle instead of one root",
        plain.first_cpu_ms.median() - one_root.first_cpu_ms.median(), "ms", "(at most 2)");
  print("warm invocation", warmed.warm_ms.median(), "ms");
  print("CPU of a warm invocation", warmed.warm_cpu_ms.median(), "ms");
  print("peak memory", warmed.peak_mb.median(), "MB", "(at most 7)");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: function_bench BOOTSTRAP ZIP [COLD_STARTS]\n");
    return 2;
  }
  const int cold_starts = argc > 3 ? std::atoi(argv[3]) : 15;
  auto provider = bench::LocalProvider::start();
  if (!provider) return fail_with(provider.error());
  const bench::Subject warmed{.name = "warmed",
                              .command = {std::filesystem::absolute(argv[1]).string()},
                              .package = argv[2],
                              .environment = (*provider)->environment()};
  bench::Subject plain = warmed;
  plain.name = "plain";
  plain.environment["SLOOP_WARM_UP"] = "0";
  bench::Subject one_root = plain;
  one_root.name = "one root";
  one_root.environment["SSL_CERT_FILE"] = (*provider)->one_root_file();
  const auto results =
      bench::measure({warmed, plain, one_root}, {.cold_starts = cold_starts, .event = R"({"prompt":"Entertain me!"})"});
  if (!results) return fail_with(results.error());
  print_all(*results, cold_starts);
  return 0;
}
