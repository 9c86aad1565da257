#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds the entertainer once more, with musl and libc++ by `zig c++`, every library from its sources:
#
#   bench/musl/build.sh
#
# Leaves out/entertainer-musl/bootstrap (and function.zip, if out/sloop is there) beside the glibc one of
# scripts/build.sh, and build/musl/streams/bootstrap, the client of bench/compare/streams. SLOOP_JOBS: parallel
# compilations. All that it fetches and makes is in build/musl.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source scripts/common.sh
source scripts/build.sh
readonly kZig=0.15.2
musl=$PWD/build/musl
jobs=${SLOOP_JOBS:-$(nproc)}
export CC=$musl/bin/cc CXX=$musl/bin/c++

# zig from PyPI; its C library and libc++ are compiled at their first use.
install_compiler() {
  mkdir -p "$musl/bin"
  if [ ! -d "$musl/venv" ]; then
    say "fetching: zig $kZig"
    quietly python3 -m venv "$musl/venv"
    quietly "$musl/venv/bin/pip" install "ziglang==$kZig"
  fi
  ln -sfn "$musl"/venv/lib/python3*/site-packages/ziglang/zig "$musl/zig"
  cp bench/musl/zig_compiler.sh "$musl/bin/"
  ln -sfn zig_compiler.sh "$CC"
  ln -sfn zig_compiler.sh "$CXX"
}

# The distribution's Boost is headers here, and is linked alone: the rest of /usr/include is glibc's.
take_boost() {
  mkdir -p "$musl/sysroot/include" "$musl/sysroot/lib"
  ln -sfn /usr/include/boost "$musl/sysroot/include/boost"
}

compile_nghttp2() {
  local lib=$1 version=$2 objects=$musl/nghttp2-objects number
  # shellcheck disable=SC2086 # three numbers
  number=$(printf '0x%02x%02x%02x' ${version//./ })
  mkdir -p "$objects" "$musl/sysroot/include/nghttp2"
  cp "$lib/includes/nghttp2/nghttp2.h" "$musl/sysroot/include/nghttp2/"
  sed -e "s/@PACKAGE_VERSION@/$version/" -e "s/@PACKAGE_VERSION_NUM@/$number/" "$lib/includes/nghttp2/nghttp2ver.h.in" \
    >"$musl/sysroot/include/nghttp2/nghttp2ver.h"
  find "$lib" -maxdepth 1 -name '*.c' -print0 | (cd "$objects" && xargs -0 -P "$jobs" -n 4 "$CC" -c -Os -fPIC \
    -ffunction-sections -fdata-sections -fstack-protector-strong -DNGHTTP2_STATICLIB -DHAVE_ARPA_INET_H \
    -DHAVE_NETINET_IN_H -DHAVE_CLOCK_GETTIME -DHAVE_DECL_CLOCK_MONOTONIC=1 -I "$lib/includes")
  "$musl/zig" ar rcs "$musl/sysroot/lib/libnghttp2.a" "$objects"/*.o
}

build_nghttp2() {
  if [ -f "$musl/sysroot/lib/libnghttp2.a" ]; then return; fi
  say "building: nghttp2"
  mkdir -p "$musl/pins"
  cp bench/musl/Cargo.{toml,lock} "$musl/pins/"
  (cd "$musl/pins" && quietly "${CARGO:-cargo}" vendor --locked --versioned-dirs --respect-source-config ../vendor)
  local package version
  package=$(echo "$musl"/vendor/libnghttp2-sys-*)
  version=${package##*+}
  quietly compile_nghttp2 "$package/nghttp2/lib" "$version"
}

# deps/build.sh takes any compiler; what CMake looks for must not be found in /usr.
build_dependencies() {
  CMAKE_PREFIX_PATH=$musl/sysroot SLOOP_CACHE=$musl/cache SLOOP_JOBS=$jobs deps/build.sh | tail -n 1
}

# configure_musl SOURCE FOLDER OPTION..: the options of scripts/build.sh, and where the libraries are.
configure_musl() {
  local source=$1 dir=$2
  shift 2
  quietly cmake -S "$source" -B "$dir" -G Ninja -DCMAKE_BUILD_TYPE=MinSizeRel \
    "-DCMAKE_CXX_FLAGS=-DBOOST_NO_CXX98_FUNCTION_BASE" \
    -DBoost_INCLUDE_DIR="$musl/sysroot/include" -DBoost_NO_BOOST_CMAKE=ON \
    -DSLOOP_DEPS_NGHTTP2="$musl/sysroot/lib/libnghttp2.a" "$@"
}

build_rooms() {
  local prefix dir=$musl/function
  prefix=$(build_dependencies)
  say "building: the library for functions ($(basename "$prefix"), musl)"
  configure_musl . "$dir" -DSLOOP_DEPS="$prefix" -DSLOOP_TESTS=OFF -DSLOOP_COMMAND=OFF \
    -DCMAKE_INSTALL_PREFIX="$dir/prefix"
  quietly cmake --build "$dir" -j "$jobs"
  quietly cmake --install "$dir"
}

# build_function SOURCE NAME: a function against those rooms, in build/musl/NAME.
build_function() {
  say "building: $1 (musl)"
  configure_musl "$1" "$musl/$2" -DCMAKE_PREFIX_PATH="$musl/function/prefix" \
    -DCMAKE_EXE_LINKER_FLAGS="$musl/handlers.o"
  quietly cmake --build "$musl/$2"
}

install_compiler
take_boost
build_nghttp2
build_rooms
quietly "$CXX" -c -Os -fPIC bench/musl/handlers.cpp -o "$musl/handlers.o"
build_function examples/01-entertainer entertainer
build_function bench/compare/streams/sloop streams
mkdir -p out/entertainer-musl
install -m 755 "$musl/entertainer/bootstrap" out/entertainer-musl/bootstrap
if [ -x out/sloop ]; then
  out/sloop package out/entertainer-musl/bootstrap --output out/entertainer-musl/function.zip >&2
fi
