#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Consumes the project as its users do: installed (find_package) and as a folder (add_subdirectory).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/common.sh
dir=$PWD/build/package
quietly cmake -S . -B "$dir/sloop" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DSLOOP_TESTS=OFF -DSLOOP_COMMAND=OFF \
  -DCMAKE_INSTALL_PREFIX="$dir/prefix"
quietly cmake --build "$dir/sloop"
quietly cmake --install "$dir/sloop"
for way in find_package add_subdirectory; do
  quietly cmake -S "tests/package/$way" -B "$dir/$way" -G Ninja -DCMAKE_BUILD_TYPE=Debug \
    -DCMAKE_PREFIX_PATH="$dir/prefix" -DCMAKE_CXX_COMPILER_LAUNCHER=ccache
  quietly cmake --build "$dir/$way" --target consumer
  quietly "$dir/$way/consumer"
  say "package consumer by $way: right"
done
