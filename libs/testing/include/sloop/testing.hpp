// SPDX-License-Identifier: Apache-2.0
//
// The room `testing`: peers to test against without a cloud. Its table of contents.
#pragma once

#include "sloop/testing/fake_extension.hpp"
#include "sloop/testing/fake_runtime_api.hpp"
#include "sloop/testing/mock_provider.hpp"
#include "sloop/testing/scripted_model.hpp"
#include "sloop/testing/wire_tap.hpp"
