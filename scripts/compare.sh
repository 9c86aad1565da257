#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the entertainer with Sloop and its peers, measures all of them in one run, and holds the ratios against the goals.
# --quick: Sloop, Rig and the floors at 128 MB, without the streams. Further arguments go to `sloop bench`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/common.sh
source scripts/setup.sh
source scripts/build.sh
source scripts/compare_peers.sh

quick=
[ "${1:-}" != --quick ] || { quick=1; shift; }
setup_bench
mkdir -p "$out"
rm -f "$out/streams.json"
build_preset release sloop
build_function_package
build_with_sloop sloop examples/01-entertainer
build_with_rust rig entertainer
if [ -z "$quick" ]; then
  build_with_go langchaingo
  build_with_python langchain
  build_with_python pydantic-ai
fi
build_with_sloop hello-sloop bench/compare/hello-sloop
build_with_rust hello-rust hello
build_with_c hello-c
if [ -z "$quick" ]; then
  build_with_go hello-go
  build_with_python hello-python
fi

memory=128,256,512,1024,1769
[ -z "$quick" ] || memory=128,1769
say "measuring: ${#subjects[@]} functions at $memory MB"
build/release/apps/sloop/sloop bench "${subjects[@]}" --memory "$memory" --cold-starts 7 --json "$out/results.json" \
  --html "$out/report.html" "$@"
subjects=()
build_with_sloop http-sloop bench/compare/http-sloop
build_with_rust http-axum shop
say "measuring: an HTTP service of three routes"
build/release/apps/sloop/sloop bench "${subjects[@]}" --event @bench/compare/http-event.json --memory "$memory" \
  --cold-starts 7 --json "$out/http.json"
if [ -z "$quick" ] && build_streams; then
  say "measuring: many streams at once"
  python3 bench/compare/streams/run.py --provider "$out/streams/provider" --json "$out/streams.json" "${streams[@]}" ||
    leave_out "some streams" "see above"
fi
say "the goals"
python3 bench/compare/verdict.py --results "$out/results.json" --streams "$out/streams.json" --page "$out/report.html" \
  "${left_out[@]/#/--left-out=}"
say "all figures: $out/results.json, the page: $out/report.html"
