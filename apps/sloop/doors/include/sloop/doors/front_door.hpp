// SPDX-License-Identifier: Apache-2.0
//
// A front door with a port of its own before an emulator.
//
//   auto door = FrontDoor::open(emulator, {.kind = DoorKind::url, .port = 9001, .stream = true});
//   // curl http://127.0.0.1:9001/hello
#pragma once

#include <memory>
#include <string>

#include "sloop/core/error.hpp"
#include "sloop/doors/options.hpp"
#include "sloop/emulator/emulator.hpp"
#include "sloop/serve/server.hpp"

namespace sloop::doors {

class FrontDoor {
 public:
  /// Listens. The emulator must outlive the door. Fails as `serve::Server::start`.
  [[nodiscard]] static Result<std::unique_ptr<FrontDoor>> open(emulator::Emulator& emulator, DoorOptions options,
                                                               const std::string& address = "127.0.0.1");

  FrontDoor(const FrontDoor&) = delete;
  FrontDoor& operator=(const FrontDoor&) = delete;

  /// Where clients call: with the stage of an API Gateway that has one.
  [[nodiscard]] std::string url() const;
  [[nodiscard]] const DoorOptions& options() const { return options_; }

 private:
  FrontDoor(emulator::Emulator& emulator, DoorOptions options) : emulator_(emulator), options_(std::move(options)) {}
  void handle(const serve::Request& request, serve::Exchange& exchange);
  void answer_streamed(const emulator::SandboxInvocation& invocation, const serve::Request& request,
                       serve::Exchange& exchange);

  emulator::Emulator& emulator_;
  DoorOptions options_;
  std::unique_ptr<serve::Server> server_;
};

}  // namespace sloop::doors
