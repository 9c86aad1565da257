// SPDX-License-Identifier: Apache-2.0
//
// function_bench BOOTSTRAP ZIP [RUNS]
//
// Starts a function cold again and again on the local Lambda, against a mock provider over TLS without latency, and
// prints medians. The provider's certificate is signed by a root that stands behind all roots of the system.
#include <fmt/format.h>

#include <unistd.h>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "sloop/emulator/sandbox.hpp"
#include "sloop/serve/local_authority.hpp"
#include "sloop/testing/mock_provider.hpp"

namespace {

using namespace sloop;
namespace fs = std::filesystem;

constexpr const char* kSystemBundle = "/etc/ssl/certs/ca-certificates.crt";

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values.empty() ? 0 : values[values.size() / 2];
}

/// What is measured with, made once.
struct Bench {
  std::string bootstrap;
  int runs = 15;
  fs::path folder = fs::temp_directory_path() / fmt::format("sloop-bench-{}", ::getpid());
  std::unique_ptr<testing::MockProvider> provider;
  std::string one_root;
  std::string all_roots;

  Result<void> prepare() {
    auto authority = serve::LocalAuthority::create();
    if (!authority) return fail(authority.error());
    auto tls = authority->issue("127.0.0.1");
    if (!tls) return fail(tls.error());
    auto started = testing::MockProvider::start({.tls = *tls});
    if (!started) return fail(started.error());
    provider = std::move(*started);
    fs::create_directories(folder);
    one_root = (folder / "one.pem").string();
    all_roots = (folder / "all.pem").string();
    std::ofstream(one_root) << authority->root_pem();
    std::ofstream(all_roots) << read_file(kSystemBundle) << authority->root_pem();
    return {};
  }
  ~Bench() { fs::remove_all(folder); }

  [[nodiscard]] emulator::SandboxOptions options(const std::string& roots, bool warm_up) const {
    return {.command = {bootstrap},
            .name = "entertainer",
            .timeout = std::chrono::seconds(30),
            .environment = {{"OPENAI_API_KEY", "mock"},
                            {"OPENAI_BASE_URL", provider->base_url()},
                            {"SSL_CERT_FILE", roots},
                            {"SLOOP_WARM_UP", warm_up ? "1" : "0"}}};
  }
};

struct Measured {
  std::vector<double> init_ms, first_ms, total_ms, first_cpu_ms, peak_mb, warm_ms;
};

/// Cold starts of one kind, each followed by a second invocation. Fails with the function's own error.
Result<Measured> measure(const Bench& bench, const std::string& roots, bool warm_up) {
  Measured out;
  for (int i = 0; i < bench.runs; ++i) {
    emulator::Sandbox sandbox(bench.options(roots, warm_up));
    const emulator::SandboxInvocation invocation{.event = R"({"prompt":"Entertain me!"})"};
    const auto first = sandbox.invoke(invocation);
    if (first.is_error) return fail(ErrorKind::internal, first.body);
    const auto warm = sandbox.invoke(invocation);
    out.init_ms.push_back(first.report.init_duration->count());
    out.first_ms.push_back(first.report.duration.count());
    out.total_ms.push_back(first.report.init_duration->count() + first.report.duration.count());
    out.first_cpu_ms.push_back(static_cast<double>(first.report.cpu.count()) / 1e6);
    out.peak_mb.push_back(static_cast<double>(warm.report.max_memory) / 1048576);
    out.warm_ms.push_back(warm.report.duration.count());
  }
  return out;
}

void print(std::string_view what, double value, std::string_view unit, std::string_view limit = "") {
  fmt::print("{:58} {:>10.2f} {:3} {}\n", what, value, unit, limit);
}

int run(Bench& bench, const char* zip) {
  const emulator::Sandbox probe(bench.options("", false));
  if (!probe.limits_problem().empty())
    fmt::print("memory and CPU are NOT limited here, and CPU is not measured: {}\n", probe.limits_problem());
  const auto plain = measure(bench, bench.all_roots, false);
  const auto one = measure(bench, bench.one_root, false);
  const auto warmed = measure(bench, bench.all_roots, true);
  for (const auto* series : {&plain, &one, &warmed})
    if (!*series) {
      fmt::print(stderr, "function_bench: the function failed: {}\n", series->error().message);
      return 1;
    }
  fmt::print("medians of {} cold starts at 128 MB; provider over TLS without latency\n", bench.runs);
  print("bootstrap", static_cast<double>(fs::file_size(bench.bootstrap)) / 1e6, "MB");
  print("zip", static_cast<double>(fs::file_size(zip)) / 1e6, "MB", "(at most 2.0)");
  print("exec to first /next, no connection opened", median(plain->init_ms), "ms", "(at most 3)");
  print("exec to first /next, connection opened in initialisation", median(warmed->init_ms), "ms");
  print("exec to first reply, connection opened in initialisation", median(warmed->total_ms), "ms", "(at most 25)");
  print("exec to first reply, connection opened at the first call", median(plain->total_ms), "ms");
  print("CPU of the first invocation, connection opened before", median(warmed->first_cpu_ms), "ms");
  print("CPU of the first invocation, connection opened in it", median(plain->first_cpu_ms), "ms");
  print("  of that for the system's whole bundle instead of one root",
        median(plain->first_cpu_ms) - median(one->first_cpu_ms), "ms", "(at most 2)");
  print("second invocation", median(warmed->warm_ms), "ms");
  print("resident peak", median(warmed->peak_mb), "MB", "(at most 7)");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: function_bench BOOTSTRAP ZIP [RUNS]\n");
    return 2;
  }
  Bench bench{.bootstrap = fs::absolute(argv[1]).string(), .runs = argc > 3 ? std::atoi(argv[3]) : 15};
  if (auto prepared = bench.prepare(); !prepared) {
    fmt::print(stderr, "function_bench: {}\n", prepared.error().message);
    return 1;
  }
  return run(bench, argv[2]);
}
