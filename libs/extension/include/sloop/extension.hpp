// SPDX-License-Identifier: Apache-2.0
//
// The room `extension`: programs that are Lambda extensions. Its table of contents.
#pragma once

#include "sloop/extension/receiver.hpp"
#include "sloop/extension/run.hpp"
#include "sloop/extension/telemetry.hpp"
