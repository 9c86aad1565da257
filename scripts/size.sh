#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What fills a function's bootstrap, by library and by symbol. FOLDER: a CMake project of one function (the entertainer
# without it); further arguments go to size_report.py.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/common.sh
source scripts/setup.sh
source scripts/build.sh
setup_demo
folder=examples/01-entertainer
if [ -d "${1:-}" ]; then
  folder=$1
  shift
fi
build_function_package
dir=$PWD/build/size/$(basename "$folder")
mkdir -p "$dir"
say "linking: $folder"
quietly cmake -S "$folder" -B "$dir" -G Ninja -DCMAKE_BUILD_TYPE=MinSizeRel -DCMAKE_CXX_COMPILER_LAUNCHER=ccache \
  -DCMAKE_PREFIX_PATH="$PWD/build/function-aws-lc/prefix" -DCMAKE_EXE_LINKER_FLAGS="-Wl,-Map=$dir/bootstrap.map"
quietly cmake --build "$dir"
python3 scripts/size_report.py "$dir/bootstrap.map" "$dir/bootstrap" "$@"
printf 'compressed: %s bytes\n' "$(gzip -9 <"$dir/bootstrap" | wc -c)"
