// SPDX-License-Identifier: Apache-2.0
#include <elf.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "sloop/package/package.hpp"

namespace sloop::package {
namespace {

template <class T>
bool read_at(std::ifstream& file, std::uint64_t offset, T& out) {
  file.seekg(static_cast<std::streamoff>(offset));
  return static_cast<bool>(file.read(reinterpret_cast<char*>(&out), sizeof out));
}

}  // namespace

std::string_view to_string(Architecture architecture) noexcept {
  return architecture == Architecture::arm64 ? "arm64" : "x86_64";
}

Result<ProgramFacts> inspect_program(const std::filesystem::path& path) {
  const auto refuse = [&](std::string_view what) {
    return fail(ErrorKind::invalid_input, fmt::format("{}: {}", path.string(), what));
  };
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorKind::not_found, fmt::format("{}: {}", path.string(), std::strerror(errno)));
  Elf64_Ehdr header{};
  if (!read_at(file, 0, header) || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
    return refuse("is no program (ELF); give the executable that the build made");
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB)
    return refuse("is no 64-bit little-endian program");
  if (header.e_machine != EM_X86_64 && header.e_machine != EM_AARCH64)
    return refuse("is for another machine than x86_64 and arm64");
  if (header.e_type != ET_EXEC && header.e_type != ET_DYN) return refuse("is an object file, not a program");
  ProgramFacts facts{.architecture = header.e_machine == EM_AARCH64 ? Architecture::arm64 : Architecture::x86_64,
                     .is_static = true};
  for (unsigned i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr part{};
    if (!read_at(file, header.e_phoff + std::uint64_t{i} * header.e_phentsize, part)) return refuse("is cut off");
    if (part.p_type == PT_INTERP) facts.is_static = false;
  }
  return facts;
}

}  // namespace sloop::package
