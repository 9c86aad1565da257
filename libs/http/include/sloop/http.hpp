// SPDX-License-Identifier: Apache-2.0
//
// The room `http`: the one way out to the network. Its table of contents.
#pragma once

#include "sloop/http/curl_transport.hpp"
#include "sloop/http/retry.hpp"
#include "sloop/http/sse.hpp"
#include "sloop/http/transport.hpp"
