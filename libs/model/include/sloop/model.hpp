// SPDX-License-Identifier: Apache-2.0
//
// Room `model`: one interface over all providers.
#pragma once

#include "sloop/model/message.hpp"
#include "sloop/model/model.hpp"
#include "sloop/model/provider.hpp"
#include "sloop/model/reply.hpp"
#include "sloop/model/request.hpp"
#include "sloop/model/stream_event.hpp"
