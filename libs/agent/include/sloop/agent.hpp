// SPDX-License-Identifier: Apache-2.0
//
// The room `agent`: models put to work. Its table of contents.
#pragma once

#include "sloop/agent/agent.hpp"
#include "sloop/agent/collect.hpp"
#include "sloop/agent/run.hpp"
