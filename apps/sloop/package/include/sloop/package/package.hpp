// SPDX-License-Identifier: Apache-2.0
//
// The zip file that Lambda takes: one static `bootstrap`, the same bytes for the same input.
//
//   auto package = make_package({.bootstrap = "build/bootstrap", .output = "function.zip"});
//   use(package->zip_size);
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"

namespace sloop::package {

enum class Architecture { x86_64, arm64 };

[[nodiscard]] std::string_view to_string(Architecture architecture) noexcept;

/// What a program needs to run.
struct ProgramFacts {
  Architecture architecture = Architecture::x86_64;
  /// Needs no loader and no shared library.
  bool is_static = false;
};

/// Reads the headers of a 64-bit little-endian ELF file (System V ABI, chapters 4 and 5). Fails with `not_found` or
/// `invalid_input` (no program, cut off, for another kind of machine).
[[nodiscard]] Result<ProgramFacts> inspect_program(const std::filesystem::path& path);

struct PackageOptions {
  std::filesystem::path bootstrap = {};
  std::filesystem::path output = {};
  /// Files and folders that go beside the bootstrap, under their own names.
  std::vector<std::filesystem::path> include = {};
  /// Takes a bootstrap that is linked dynamically, or is a script.
  bool unchecked = false;
};

struct PackageFacts {
  std::uint64_t bootstrap_size = 0;
  std::uint64_t zip_size = 0;
  ProgramFacts program = {};
};

/// Writes the zip: entries in the order of their names, the bootstrap first, without times and owners. Fails with
/// `not_found`, `invalid_input` (no static program; the message says what to do), `forbidden` (output).
[[nodiscard]] Result<PackageFacts> make_package(const PackageOptions& options);

}  // namespace sloop::package
