// SPDX-License-Identifier: Apache-2.0
//
// The room `web`: HTTP functions and services. Its table of contents.
#pragma once

#include "sloop/web/compression.hpp"
#include "sloop/web/event.hpp"
#include "sloop/web/extract.hpp"
#include "sloop/web/middleware.hpp"
#include "sloop/web/multipart.hpp"
#include "sloop/web/openapi.hpp"
#include "sloop/web/reply.hpp"
#include "sloop/web/request.hpp"
#include "sloop/web/response.hpp"
#include "sloop/web/router.hpp"
#include "sloop/web/run.hpp"
#include "sloop/web/server_events.hpp"
#include "sloop/web/state.hpp"
