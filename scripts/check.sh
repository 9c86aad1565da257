#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# All checks, or those named: format headers package function servers browser clang asan tsan tidy fuzz
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/common.sh
source scripts/setup.sh
source scripts/build.sh
setup_all

check_format() {
  git ls-files '*.hpp' '*.cpp' | xargs clang-format-19 --dry-run --Werror
}
# Every public header is compiled alone. The room graph is checked by every configuration (see SloopLibrary.cmake).
check_headers() { build_preset dev all_verify_interface_header_sets; }
check_package() { scripts/check_package.sh; }
check_function() { scripts/check_function.sh; }
check_servers() { scripts/check_servers.sh; }
check_browser() {
  setup_browser
  build_preset dev sloop_bench_example_page
  EXAMPLE_PAGE=build/dev/apps/sloop/bench/sloop_bench_example_page python3 tests/browser/page_test.py
}
check_clang() { build_preset clang && ctest --preset clang; }
check_asan() { build_preset asan && ctest --preset asan; }
check_tsan() { build_preset tsan && ctest --preset tsan; }
check_tidy() { build_preset tidy; }
# Every decoder, for FUZZ_SECONDS each, from recorded answers where there are any; a finding is left in build/fuzz.
check_fuzz() {
  build_preset fuzz
  local target name
  for target in build/fuzz/tests/fuzz/fuzz_*; do
    [ -x "$target" ] && [ -f "$target" ] || continue
    say "fuzzing: $(basename "$target")"
    mkdir -p "$target.corpus"
    name=$(basename "$target")
    python3 tests/fuzz/seeds.py "${SLOOP_SHARED:-../shared}/conformance" "${name#fuzz_}" "$target.corpus"
    "$target" "$target.corpus" -max_total_time="${FUZZ_SECONDS:-15}" -max_len=8192 -artifact_prefix=build/fuzz/ \
      -print_final_stats=1 >build/fuzz/fuzz.log 2>&1 || { tail -40 build/fuzz/fuzz.log; return 1; }
    say "$(grep -E 'number_of_executed_units' build/fuzz/fuzz.log | tr -s ' ')"
  done
}

[ $# -gt 0 ] || set -- format headers package function servers browser clang asan tsan tidy fuzz
failed=()
for name in "$@"; do
  declare -F "check_$name" >/dev/null || die "no check named '$name'; there are: format headers package function servers browser clang asan tsan tidy fuzz"
  say "check: $name"
  (set -e; "check_$name") || failed+=("$name")
done
[ ${#failed[@]} -eq 0 ] || die "failed: ${failed[*]}"
say "all checks passed: $*"
