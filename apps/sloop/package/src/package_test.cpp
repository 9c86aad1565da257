// SPDX-License-Identifier: Apache-2.0
#include "sloop/package/package.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace sloop::package {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const fs::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

/// A folder that goes with the test.
class Package : public testing::Test {
 protected:
  Package() : folder_(fs::temp_directory_path() / ("sloop-package-test-" + std::to_string(::getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~Package() override { fs::remove_all(folder_); }

  /// The smallest file that says it is a static program for `machine`.
  fs::path program(unsigned char machine = 62) {
    std::string bytes(64, '\0');
    bytes.replace(0, 7,
                  std::string_view("\x7f"
                                   "ELF"
                                   "\x02\x01\x01",
                                   7));
    bytes[16] = 2;
    bytes[18] = static_cast<char>(machine);
    const fs::path path = folder_ / "program";
    write_file(path, bytes);
    return path;
  }

  fs::path folder_;
};

TEST_F(Package, the_same_input_gives_the_same_bytes_at_any_time_in_any_zone) {
  write_file(folder_ / "data.txt", "text");
  const PackageOptions options{.bootstrap = program(), .output = folder_ / "a.zip", .include = {folder_ / "data.txt"}};
  ASSERT_TRUE(make_package(options));
  const std::string first = read_file(options.output);
  fs::last_write_time(folder_ / "data.txt", fs::file_time_type::clock::now() - std::chrono::hours(5000));
  ::setenv("TZ", "Asia/Tokyo", 1);
  ::tzset();
  const auto facts = make_package(options);
  ::unsetenv("TZ");
  ::tzset();
  ASSERT_TRUE(facts);
  EXPECT_EQ(read_file(options.output), first);
  EXPECT_EQ(facts->zip_size, first.size());
  EXPECT_EQ(facts->bootstrap_size, 64u);
}

TEST_F(Package, another_tool_reads_an_executable_bootstrap_and_the_rest) {
  fs::create_directories(folder_ / "assets/deep");
  write_file(folder_ / "assets/deep/data.txt", "text");
  ASSERT_TRUE(make_package({.bootstrap = program(), .output = folder_ / "a.zip", .include = {folder_ / "assets"}}));
  const std::string list = folder_ / "list";
  const std::string script =
      "import zipfile,sys\n"
      "for i in zipfile.ZipFile(sys.argv[1]).infolist(): print(i.filename, oct(i.external_attr >> 16), "
      "i.date_time[0])\n";
  write_file(folder_ / "list.py", script);
  ASSERT_EQ(
      std::system(
          ("python3 " + (folder_ / "list.py").string() + " " + (folder_ / "a.zip").string() + " > " + list).c_str()),
      0);
  EXPECT_EQ(read_file(list), "bootstrap 0o100755 1980\nassets/deep/data.txt 0o100644 1980\n");
}

TEST_F(Package, the_machine_is_read_from_the_program) {
  EXPECT_EQ(inspect_program(program(62))->architecture, Architecture::x86_64);
  EXPECT_EQ(inspect_program(program(183))->architecture, Architecture::arm64);
  EXPECT_TRUE(inspect_program(program())->is_static);
  EXPECT_FALSE(inspect_program("/proc/self/exe")->is_static);
}

TEST_F(Package, what_would_not_start_on_lambda_is_refused_with_the_remedy) {
  const auto message = [&](const fs::path& bootstrap) {
    const auto made = make_package({.bootstrap = bootstrap, .output = folder_ / "a.zip"});
    return made ? "" : made.error().message;
  };
  EXPECT_THAT(message("/proc/self/exe"), HasSubstr("linked dynamically"));
  EXPECT_THAT(message(folder_ / "nothing"), HasSubstr("No such file"));
  EXPECT_THAT(message(program(3)), HasSubstr("another machine"));
  write_file(folder_ / "script", "#!/bin/sh\n");
  EXPECT_THAT(message(folder_ / "script"), HasSubstr("no program"));
  EXPECT_FALSE(fs::exists(folder_ / "a.zip"));
  EXPECT_TRUE(make_package({.bootstrap = folder_ / "script", .output = folder_ / "a.zip", .unchecked = true}));
}

TEST_F(Package, two_files_of_one_name_are_refused) {
  write_file(folder_ / "bootstrap", "x");
  const auto made =
      make_package({.bootstrap = program(), .output = folder_ / "a.zip", .include = {folder_ / "bootstrap"}});
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().message, HasSubstr("two files"));
}

}  // namespace
}  // namespace sloop::package
