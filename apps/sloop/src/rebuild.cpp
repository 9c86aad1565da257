// SPDX-License-Identifier: Apache-2.0
#include "rebuild.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <thread>

namespace sloop::command {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO;
// An editor or a checkout writes several files; the build begins when nothing changed for so long.
constexpr int kQuietMilliseconds = 150;
constexpr int kStopMilliseconds = 100;

bool is_left_out(const fs::path& folder) {
  const std::string name = folder.filename().string();
  std::error_code error;
  return (name.starts_with('.') && name != "." && name != "..") || name == "node_modules" || name == "target" ||
         fs::exists(folder / "CMakeCache.txt", error);
}

/// Swap files and backups of editors.
bool is_noise(std::string_view name) {
  return name.starts_with('.') || name.ends_with('~') || name.ends_with(".swp") || name.ends_with(".tmp");
}

class InotifyRebuilder final : public Rebuilder {
 public:
  explicit InotifyRebuilder(RebuildOptions options) : options_(std::move(options)) {}
  ~InotifyRebuilder() override {
    thread_ = {};
    if (queue_ >= 0) ::close(queue_);
  }

  Result<void> begin() {
    std::error_code error;
    if (!fs::is_directory(options_.folder, error))
      return fail(ErrorKind::not_found, fmt::format("{}: no such folder to watch", options_.folder));
    queue_ = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (queue_ < 0) return fail(ErrorKind::unsupported, fmt::format("inotify: {}", std::strerror(errno)));
    if (auto watched = watch(options_.folder); !watched) return watched;
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
    return {};
  }

 private:
  Result<void> watch(const fs::path& folder) {
    const int id = ::inotify_add_watch(queue_, folder.c_str(), kEvents | IN_ONLYDIR);
    if (id < 0 && errno == ENOSPC)
      return fail(ErrorKind::unsupported,
                  fmt::format("{}: too many folders to watch; name a smaller one with --sources, or "
                              "raise fs.inotify.max_user_watches",
                              folder.string()));
    if (id < 0) return {};  // it went away meanwhile
    folders_[id] = folder;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
      if (!entry.is_directory(error) || entry.is_symlink(error) || is_left_out(entry.path())) continue;
      if (auto watched = watch(entry.path()); !watched) return watched;
    }
    return {};
  }

  /// Takes the changes that wait; returns the path of one that matters.
  std::string take_changes() {
    alignas(inotify_event) std::array<char, 16384> buffer;
    std::string changed;
    ssize_t size = 0;
    while ((size = ::read(queue_, buffer.data(), buffer.size())) > 0) {
      for (ssize_t at = 0; at < size;) {
        const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
        at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
        const auto folder = folders_.find(event->wd);
        if (event->len == 0 || folder == folders_.end() || is_noise(event->name)) continue;
        const fs::path path = folder->second / event->name;
        if ((event->mask & IN_ISDIR) == 0)
          changed = path.string();
        else if ((event->mask & (IN_CREATE | IN_MOVED_TO)) != 0 && !is_left_out(path))
          (void)watch(path);  // with too many, what is watched already goes on
      }
    }
    return changed;
  }

  [[nodiscard]] bool wait(int milliseconds) const {
    pollfd state{.fd = queue_, .events = POLLIN, .revents = 0};
    return ::poll(&state, 1, milliseconds) > 0;
  }

  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      if (!wait(kStopMilliseconds)) continue;
      std::string changed = take_changes();
      if (changed.empty()) continue;
      while (wait(kQuietMilliseconds)) (void)take_changes();
      build(changed);
    }
  }

  void build(const std::string& changed) {
    options_.say(fmt::format("{} has changed; building: {}", changed, options_.command));
    const auto begin = std::chrono::steady_clock::now();
    const int status = std::system(options_.command.c_str());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    // What a build writes beside the sources is no reason for another.
    (void)take_changes();
    if (status == 0)
      options_.say(fmt::format("built in {:.1f} s; the next event starts the new program", took.count()));
    else
      options_.say(
          fmt::format("THE BUILD FAILED ({}); the function goes on as it was",
                      WIFEXITED(status) ? fmt::format("exit status {}", WEXITSTATUS(status)) : "it was ended"));
  }

  RebuildOptions options_;
  int queue_ = -1;
  std::map<int, fs::path> folders_;
  std::jthread thread_;
};

}  // namespace

Result<std::unique_ptr<Rebuilder>> Rebuilder::start(RebuildOptions options) {
  auto rebuilder = std::make_unique<InotifyRebuilder>(std::move(options));
  if (auto begun = rebuilder->begin(); !begun) return fail(begun.error());
  return rebuilder;
}

}  // namespace sloop::command
