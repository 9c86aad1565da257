// SPDX-License-Identifier: Apache-2.0
//
// Runs a build command when sources change.
//
//   auto rebuilder = Rebuilder::start({.command = "cmake --build build", .folder = "src", .say = print});
//
// The folder is watched with all below it, but for hidden folders and those that look like build trees (with a
// CMakeCache.txt, node_modules, target). Changes during a build count as the build's own: save once more after it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "sloop/core/error.hpp"

namespace sloop::command {

struct RebuildOptions {
  /// For the shell.
  std::string command = {};
  std::string folder = ".";
  /// Gets what happened, one line each; called on a thread of its own.
  std::function<void(std::string_view)> say = {};
};

class Rebuilder {
 public:
  /// Watches from now on. Fails with `not_found` (folder) or `unsupported` (no more watches).
  [[nodiscard]] static Result<std::unique_ptr<Rebuilder>> start(RebuildOptions options);

  /// Ends the watching; waits for a build that runs.
  virtual ~Rebuilder() = default;
  Rebuilder(const Rebuilder&) = delete;
  Rebuilder& operator=(const Rebuilder&) = delete;

 protected:
  Rebuilder() = default;
};

}  // namespace sloop::command
