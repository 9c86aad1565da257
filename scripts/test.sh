#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds everything for development and runs all tests. Arguments go to ctest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/common.sh
source scripts/setup.sh
source scripts/build.sh
setup_test
build_preset dev
say "testing"
ctest --preset dev "$@"
