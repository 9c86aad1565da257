// SPDX-License-Identifier: Apache-2.0
//
// The room `serve`: a small HTTP server. Its table of contents.
#pragma once

#include "sloop/serve/local_authority.hpp"
#include "sloop/serve/server.hpp"
