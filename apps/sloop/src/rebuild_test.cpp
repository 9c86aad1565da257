// SPDX-License-Identifier: Apache-2.0
#include "rebuild.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <vector>

namespace sloop::command {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// A folder with a `src`, and what was said about it.
class Project {
 public:
  Project() {
    std::string path = (fs::temp_directory_path() / "sloop-rebuild-XXXXXX").string();
    folder_ = ::mkdtemp(path.data());
    fs::create_directories(folder_ / "src");
  }
  ~Project() { fs::remove_all(folder_); }
  Project(const Project&) = delete;
  Project& operator=(const Project&) = delete;

  [[nodiscard]] RebuildOptions options(const std::string& command) {
    return {.command = command, .folder = folder_.string(), .say = [this](std::string_view line) {
              const std::lock_guard lock(mutex_);
              lines_.emplace_back(line);
              changed_.notify_all();
            }};
  }
  void write(const std::string& name) const { std::ofstream(folder_ / name) << "changed\n"; }
  /// Waits until so many lines were said; returns the last.
  std::string line(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(30), [&] { return lines_.size() >= count; });
    return lines_.size() >= count ? lines_[count - 1] : "";
  }
  [[nodiscard]] const fs::path& folder() const { return folder_; }

 private:
  fs::path folder_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> lines_;
};

TEST(Rebuilder, a_changed_source_starts_the_build_command) {
  Project project;
  const std::string out = (project.folder() / ".built").string();
  const auto rebuilder = Rebuilder::start(project.options("touch " + out));
  ASSERT_TRUE(rebuilder) << rebuilder.error().message;
  project.write("src/main.cpp");
  EXPECT_THAT(project.line(1), HasSubstr("src/main.cpp has changed; building: touch"));
  EXPECT_THAT(project.line(2), HasSubstr("built in"));
  EXPECT_TRUE(fs::exists(out));
}

TEST(Rebuilder, a_failing_build_is_told_and_the_watching_goes_on) {
  Project project;
  const auto rebuilder = Rebuilder::start(project.options("exit 3"));
  ASSERT_TRUE(rebuilder);
  project.write("a.cpp");
  EXPECT_THAT(project.line(2), HasSubstr("THE BUILD FAILED (exit status 3)"));
  project.write("b.cpp");
  EXPECT_THAT(project.line(3), HasSubstr("b.cpp has changed"));
}

TEST(Rebuilder, new_folders_are_watched_and_build_trees_are_not) {
  Project project;
  fs::create_directories(project.folder() / "build");
  project.write("build/CMakeCache.txt");
  const auto rebuilder = Rebuilder::start(project.options("true"));
  ASSERT_TRUE(rebuilder);
  project.write("build/main.o");
  project.write("src/.main.cpp.swp");
  project.write("src/main.cpp");
  EXPECT_THAT(project.line(1), HasSubstr("src/main.cpp"));
  EXPECT_FALSE(Rebuilder::start({.command = "true", .folder = "/no/such/folder"}));
}

}  // namespace
}  // namespace sloop::command
