// SPDX-License-Identifier: Apache-2.0
//
// The answers of the Invoke calls: an outcome as the service sends it, whole or as a stream of events.
#pragma once

#include "invoke_request.hpp"
#include "sloop/emulator/emulator.hpp"

namespace sloop::emulator {

/// Serves a call that was read, by `emulator`, and answers it.
void answer_invoke(Emulator& emulator, const InvokeRequest& call, serve::Exchange& exchange);

}  // namespace sloop::emulator
