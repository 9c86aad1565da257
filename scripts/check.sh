#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# All checks, or those named: format headers package clang asan tsan tidy
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
check_clang() { build_preset clang && ctest --preset clang; }
check_asan() { build_preset asan && ctest --preset asan; }
check_tsan() { build_preset tsan && ctest --preset tsan; }
check_tidy() { build_preset tidy; }

[ $# -gt 0 ] || set -- format headers package clang asan tsan tidy
failed=()
for name in "$@"; do
  declare -F "check_$name" >/dev/null || die "no check named '$name'; there are: format headers package clang asan tsan tidy"
  say "check: $name"
  (set -e; "check_$name") || failed+=("$name")
done
[ ${#failed[@]} -eq 0 ] || die "failed: ${failed[*]}"
say "all checks passed: $*"
