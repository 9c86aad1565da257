#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Measures the entertainer function from outside, and single operations from inside. Arguments go to the micro-benchmarks.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [ "${1:-}" = compare ]; then
  shift
  exec scripts/compare.sh "$@"
fi
source scripts/common.sh
source scripts/setup.sh
source scripts/build.sh
setup_bench
build_entertainer
build_preset bench function_bench micro_bench
say "the function (as built for Lambda)"
build/bench/bench/function_bench out/entertainer/bootstrap out/entertainer/function.zip
say "single operations"
build/bench/bench/micro_bench --benchmark_min_time=0.2 "$@"
