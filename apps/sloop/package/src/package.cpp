// SPDX-License-Identifier: Apache-2.0
#include "sloop/package/package.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <memory>

namespace sloop::package {
namespace {

namespace fs = std::filesystem;

struct Entry {
  /// Inside the zip.
  std::string name;
  fs::path file;
  int mode;
};

/// The file, or every file below the folder.
Result<void> collect(const fs::path& path, std::vector<Entry>& entries) {
  std::error_code error;
  const auto add = [&](const fs::path& file, const fs::path& name) {
    const bool executable = (fs::status(file, error).permissions() & fs::perms::owner_exec) != fs::perms::none;
    entries.push_back({name.generic_string(), file, executable ? 0755 : 0644});
  };
  const fs::path clean = path.lexically_normal();
  const fs::path base = clean.has_filename() ? clean.filename() : clean.parent_path().filename();
  if (fs::is_regular_file(path, error)) return add(path, base), Result<void>();
  if (!fs::is_directory(path, error))
    return fail(ErrorKind::not_found, fmt::format("{}: no such file or folder", path.string()));
  for (fs::recursive_directory_iterator it(path, error), end; !error && it != end; it.increment(error))
    if (it->is_regular_file()) add(it->path(), base / it->path().lexically_relative(path));
  if (error) return fail(ErrorKind::forbidden, fmt::format("{}: {}", path.string(), error.message()));
  return {};
}

Result<std::vector<Entry>> entries_of(const PackageOptions& options) {
  std::vector<Entry> entries;
  for (const auto& path : options.include)
    if (auto collected = collect(path, entries); !collected) return fail(collected.error());
  std::ranges::sort(entries, {}, &Entry::name);
  entries.insert(entries.begin(), Entry{"bootstrap", options.bootstrap, 0755});
  const auto twice = std::ranges::adjacent_find(entries, {}, &Entry::name);
  const auto second = std::ranges::find(entries.begin() + 1, entries.end(), "bootstrap", &Entry::name);
  if (twice != entries.end() || second != entries.end())
    return fail(ErrorKind::invalid_input,
                fmt::format("{}: two files of this name", twice != entries.end() ? twice->name : "bootstrap"));
  return entries;
}

/// A zip being written by libarchive.
class ZipWriter {
 public:
  Result<void> open(const fs::path& path) {
    archive_write_set_format_zip(archive_.get());
    archive_write_set_options(archive_.get(), "zip:compression-level=9");
    return check(archive_write_open_filename(archive_.get(), path.c_str()));
  }

  Result<void> add(const Entry& entry) {
    std::ifstream file(entry.file, std::ios::binary);
    if (!file) return fail(ErrorKind::not_found, fmt::format("{}: can't be read", entry.file.string()));
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> header(archive_entry_new(), archive_entry_free);
    archive_entry_set_pathname(header.get(), entry.name.c_str());
    archive_entry_set_filetype(header.get(), AE_IFREG);
    archive_entry_set_perm(header.get(), static_cast<mode_t>(entry.mode));
    archive_entry_set_size(header.get(), static_cast<la_int64_t>(bytes.size()));
    // No time is set: libarchive then writes the earliest that a zip can hold, in every time zone.
    if (auto written = check(archive_write_header(archive_.get(), header.get())); !written) return written;
    const auto count = archive_write_data(archive_.get(), bytes.data(), bytes.size());
    return check(count == static_cast<la_ssize_t>(bytes.size()) ? ARCHIVE_OK : ARCHIVE_FATAL);
  }

  Result<void> close() { return check(archive_write_close(archive_.get())); }

 private:
  Result<void> check(int code) {
    if (code == ARCHIVE_OK) return {};
    const char* reason = archive_error_string(archive_.get());
    return fail(ErrorKind::forbidden,
                fmt::format("the zip can't be written: {}", reason == nullptr ? "unknown" : reason));
  }

  struct Free {
    void operator()(archive* written) const { archive_write_free(written); }
  };
  std::unique_ptr<archive, Free> archive_{archive_write_new()};
};

Result<void> write_zip(const std::vector<Entry>& entries, const fs::path& path) {
  ZipWriter zip;
  if (auto opened = zip.open(path); !opened) return opened;
  for (const auto& entry : entries)
    if (auto added = zip.add(entry); !added) return added;
  return zip.close();
}

}  // namespace

Result<PackageFacts> make_package(const PackageOptions& options) {
  PackageFacts facts;
  auto program = inspect_program(options.bootstrap);
  if (!program && (!options.unchecked || program.error().kind == ErrorKind::not_found)) return fail(program.error());
  if (program) facts.program = *program;
  if (!facts.program.is_static && !options.unchecked)
    return fail(ErrorKind::invalid_input,
                fmt::format("{}: is linked dynamically and may not start on Lambda; build it with static dependencies "
                            "(SLOOP_DEPS), or pass --unchecked",
                            options.bootstrap.string()));
  auto entries = entries_of(options);
  if (!entries) return fail(entries.error());
  std::error_code error;
  if (options.output.has_parent_path()) fs::create_directories(options.output.parent_path(), error);
  // Written beside and renamed, so that a failure leaves the former package.
  fs::path unfinished = options.output;
  unfinished += ".part";
  if (auto written = write_zip(*entries, unfinished); !written) {
    fs::remove(unfinished, error);
    return fail(written.error());
  }
  fs::rename(unfinished, options.output, error);
  if (error) return fail(ErrorKind::forbidden, fmt::format("{}: {}", options.output.string(), error.message()));
  facts.bootstrap_size = fs::file_size(options.bootstrap, error);
  facts.zip_size = fs::file_size(options.output, error);
  return facts;
}

}  // namespace sloop::package
