// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/cgroup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <fstream>
#include <sstream>
#include <thread>

namespace sloop::emulator {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

const fs::path kMount = "/sys/fs/cgroup";
constexpr std::chrono::microseconds kPeriod = 20ms;
// The kernel refuses a smaller quota.
constexpr std::chrono::microseconds kLeastQuota = 1ms;

std::string read_file(const fs::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The kernel takes a setting as one write.
Result<void> write_file(const fs::path& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  const bool good = file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const int reason = errno;
  if (file >= 0) ::close(file);
  if (good) return {};
  return fail(reason == EACCES || reason == EPERM || reason == EROFS ? ErrorKind::forbidden : ErrorKind::unsupported,
              fmt::format("{}: {}", path.string(), std::strerror(reason)));
}

std::uint64_t read_number(const fs::path& path) {
  const std::string text = read_file(path);
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// The number behind `key` in a file of lines `key number`.
std::uint64_t read_field(const fs::path& path, std::string_view key) {
  std::istringstream lines(read_file(path));
  std::string name;
  std::uint64_t number = 0;
  while (lines >> name >> number)
    if (name == key) return number;
  return 0;
}

/// The group of this process in the hierarchy of a controller; `controller` is empty for the unified one.
fs::path own_group(std::string_view controller) {
  std::istringstream lines(read_file("/proc/self/cgroup"));
  for (std::string line; std::getline(lines, line);) {
    const auto first = line.find(':');
    const auto second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    std::istringstream names(line.substr(first + 1, second - first - 1));
    if (controller.empty() && second == first + 1) return line.substr(second + 2);
    for (std::string name; std::getline(names, name, ',');)
      if (!controller.empty() && name == controller) return line.substr(second + 2);
  }
  return {};
}

/// Makes `name` below this process's group, else below the root of the hierarchy (a container sees other paths than
/// /proc says).
Result<fs::path> make_directory(const fs::path& mount, const fs::path& own, std::string_view name) {
  int reason = ENOENT;
  for (const fs::path& parent : {mount / own, mount}) {
    fs::path path = parent / name;
    if (::mkdir(path.c_str(), 0755) == 0) return path;
    reason = errno;
  }
  return fail(reason == EACCES || reason == EPERM || reason == EROFS ? ErrorKind::forbidden : ErrorKind::unsupported,
              fmt::format("no control group can be made in {}: {}", mount.string(), std::strerror(reason)));
}

}  // namespace

Result<std::unique_ptr<Cgroup>> Cgroup::create(std::string_view name) {
  return fs::exists(kMount / "cgroup.controllers") ? create_unified(name) : create_older(name);
}

Result<std::unique_ptr<Cgroup>> Cgroup::create_unified(std::string_view name) {
  std::unique_ptr<Cgroup> group(new Cgroup);
  group->unified_ = true;
  auto directory = make_directory(kMount, own_group(""), name);
  if (!directory) return fail(directory.error());
  group->directories_ = {*directory};
  group->memory_ = group->cpu_ = group->accounting_ = *directory;
  if (!fs::exists(*directory / "memory.max") || !fs::exists(*directory / "cpu.max")) {
    // Controllers reach children only where the parent hands them on; a parent that holds processes can't.
    if (auto handed = write_file(directory->parent_path() / "cgroup.subtree_control", "+memory +cpu"); !handed)
      return fail(handed.error().within("the controllers memory and cpu are not handed on to new groups"));
  }
  group->join_files_ = {*directory / "cgroup.procs"};
  return group;
}

Result<std::unique_ptr<Cgroup>> Cgroup::create_older(std::string_view name) {
  std::unique_ptr<Cgroup> group(new Cgroup);
  const std::pair<std::string_view, fs::path*> controllers[] = {
      {"memory", &group->memory_}, {"cpu", &group->cpu_}, {"cpuacct", &group->accounting_}};
  for (const auto& [controller, path] : controllers) {
    const fs::path mount = kMount / controller;
    std::error_code ignored;
    // `cpu` and `cpuacct` are often one hierarchy under two names.
    if (controller == "cpuacct" && fs::equivalent(mount, kMount / "cpu", ignored)) {
      *path = group->cpu_;
      continue;
    }
    auto directory = make_directory(mount, own_group(controller), name);
    if (!directory) return fail(directory.error());
    *path = *directory;
    group->directories_.push_back(*directory);
    group->join_files_.push_back(*directory / "cgroup.procs");
  }
  return group;
}

Cgroup::~Cgroup() {
  kill_all();
  // Dead processes leave a group a moment after they were reaped.
  for (const auto& directory : directories_)
    for (int attempt = 0; attempt < 100 && ::rmdir(directory.c_str()) != 0 && errno == EBUSY; ++attempt)
      std::this_thread::sleep_for(2ms);
}

Result<void> Cgroup::limit_memory(std::uint64_t bytes) {
  const std::string text = std::to_string(bytes);
  if (unified_) {
    if (auto limited = write_file(memory_ / "memory.max", text); !limited) return limited;
    // Lambda does not swap. Absent where the kernel has no swap accounting.
    (void)write_file(memory_ / "memory.swap.max", "0");
    return {};
  }
  if (auto limited = write_file(memory_ / "memory.limit_in_bytes", text); !limited) return limited;
  (void)write_file(memory_ / "memory.memsw.limit_in_bytes", text);
  return {};
}

Result<void> Cgroup::limit_cpu(double cpus) {
  const auto quota = std::max(std::chrono::duration_cast<std::chrono::microseconds>(kPeriod * cpus), kLeastQuota);
  if (unified_) {
    const std::string amount = cpus <= 0 ? "max" : std::to_string(quota.count());
    return write_file(cpu_ / "cpu.max", fmt::format("{} {}", amount, kPeriod.count()));
  }
  if (auto period = write_file(cpu_ / "cpu.cfs_period_us", std::to_string(kPeriod.count())); !period) return period;
  return write_file(cpu_ / "cpu.cfs_quota_us", cpus <= 0 ? "-1" : std::to_string(quota.count()));
}

std::uint64_t Cgroup::peak_memory() const {
  return read_number(memory_ / (unified_ ? "memory.peak" : "memory.max_usage_in_bytes"));
}

std::chrono::nanoseconds Cgroup::cpu_time() const {
  if (unified_) return std::chrono::microseconds(read_field(cpu_ / "cpu.stat", "usage_usec"));
  return std::chrono::nanoseconds(read_number(accounting_ / "cpuacct.usage"));
}

int Cgroup::killed_for_memory() const {
  return static_cast<int>(read_field(memory_ / (unified_ ? "memory.events" : "memory.oom_control"), "oom_kill"));
}

Result<void> Cgroup::freeze(bool frozen) const {
  if (!unified_) return fail(ErrorKind::unsupported, "the older hierarchy can't kill what it has frozen");
  return write_file(accounting_ / "cgroup.freeze", frozen ? "1" : "0");
}

void Cgroup::kill_all() const {
  if (join_files_.empty()) return;
  std::istringstream pids(read_file(join_files_.front()));
  for (pid_t pid = 0; pids >> pid;) ::kill(pid, SIGKILL);
}

}  // namespace sloop::emulator
