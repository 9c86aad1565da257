// SPDX-License-Identifier: Apache-2.0
//
// The room `lambda`: functions on AWS Lambda. Its table of contents.
#pragma once

#include "sloop/lambda/after_reply.hpp"
#include "sloop/lambda/companion.hpp"
#include "sloop/lambda/context.hpp"
#include "sloop/lambda/error_report.hpp"
#include "sloop/lambda/extension_client.hpp"
#include "sloop/lambda/handler.hpp"
#include "sloop/lambda/middleware.hpp"
#include "sloop/lambda/responder.hpp"
#include "sloop/lambda/run.hpp"
#include "sloop/lambda/run_options.hpp"
#include "sloop/lambda/runtime_client.hpp"
#include "sloop/lambda/shutdown.hpp"
#include "sloop/lambda/snap_start.hpp"
