#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# zig as a C or C++ compiler for static musl programs; called as `cc` or `c++` by links that build.sh makes in
# SLOOP_MUSL/bin. It answers what deps/build.sh asks a compiler, and leaves out linker options that zig refuses.
set -euo pipefail
musl=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export ZIG_GLOBAL_CACHE_DIR=$musl/zig-cache ZIG_LOCAL_CACHE_DIR=$musl/zig-cache
arguments=()
for argument; do
  case $argument in
  -print-file-name=*)
    file=${argument#*=}
    if [[ -f $musl/sysroot/lib/$file ]]; then file=$musl/sysroot/lib/$file; fi
    printf '%s\n' "$file"
    exit
    ;;
  -dumpmachine)
    printf 'x86_64-linux-musl\n'
    exit
    ;;
  -Wl,-z,pack-relative-relocs) ;;
  -static-pie) arguments+=(-static -pie) ;;
  *) arguments+=("$argument") ;;
  esac
done
# zig's own macro for libc++ brings back the function std::unexpected of C++14, which hides C++23's class.
exec "$musl/zig" "${0##*/}" -target x86_64-linux-musl -fno-sanitize=undefined -isystem "$musl/sysroot/include" \
  -U_LIBCPP_ENABLE_CXX17_REMOVED_UNEXPECTED_FUNCTIONS "${arguments[@]}"
