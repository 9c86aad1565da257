// SPDX-License-Identifier: Apache-2.0
//
// The room `core`: what all others build on. Its table of contents.
#pragma once

#include "sloop/core/base64.hpp"
#include "sloop/core/call_options.hpp"
#include "sloop/core/error.hpp"
#include "sloop/core/fields.hpp"
#include "sloop/core/headers.hpp"
#include "sloop/core/json.hpp"
#include "sloop/core/log.hpp"
#include "sloop/core/percent.hpp"
#include "sloop/core/reflect.hpp"
#include "sloop/core/rest.hpp"
#include "sloop/core/schema.hpp"
