// SPDX-License-Identifier: Apache-2.0
//
// The room `lambda`: functions on AWS Lambda. Its table of contents.
#pragma once

#include "sloop/lambda/context.hpp"
#include "sloop/lambda/run.hpp"
#include "sloop/lambda/runtime_client.hpp"
