#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the entertainer with Sloop and its peers, and measures all of them in one run. --quick: Sloop, Rig and the floors.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/common.sh
source scripts/setup.sh
source scripts/build.sh

quick=
[ "${1:-}" != --quick ] || { quick=1; shift; }
setup_bench
out=$PWD/build/compare
subjects=()

# add NAME: what was built to build/compare/NAME takes part, with its zip.
add() {
  (cd "$out/$1" && rm -f function.zip && find . -type f ! -name function.zip -printf '%P\n' | LC_ALL=C sort | quietly zip -X -9 function.zip -@)
  subjects+=("$1=$out/$1")
}
leave_out() { say "left out: $1 ($2)"; }

# The function in the CMake project FOLDER, against the package for functions.
build_with_sloop() {
  local name=$1 folder=$2
  quietly cmake -S "$folder" -B "$out/build-$name" -G Ninja -DCMAKE_BUILD_TYPE=MinSizeRel \
    -DCMAKE_PREFIX_PATH="$PWD/build/function-aws-lc/prefix" -DCMAKE_CXX_COMPILER_LAUNCHER=ccache
  quietly cmake --build "$out/build-$name"
  install -D -m 755 "$out/build-$name/bootstrap" "$out/$name/bootstrap"
  add "$name"
}

build_with_rust() {
  local name=$1 binary=$2
  command -v cargo >/dev/null || { leave_out "$name" "no cargo"; return; }
  say "building: $name"
  if ! (cd "bench/compare/$name" && CARGO_TARGET_DIR="$out/target-$name" cargo build --release --locked --quiet) >"$out/$name.log" 2>&1; then
    leave_out "$name" "see $out/$name.log"
    return
  fi
  install -D -m 755 "$out/target-$name/release/$binary" "$out/$name/bootstrap"
  add "$name"
}

build_with_go() {
  command -v go >/dev/null || { leave_out langchaingo "no Go toolchain"; return; }
  say "building: langchaingo"
  mkdir -p "$out/langchaingo"
  if ! (cd bench/compare/langchaingo && CGO_ENABLED=0 go build -tags lambda.norpc -trimpath -ldflags='-s -w' -o "$out/langchaingo/bootstrap" .) \
    >"$out/langchaingo.log" 2>&1; then
    leave_out langchaingo "see $out/langchaingo.log"
    return
  fi
  add langchaingo
}

build_with_python() {
  say "building: langchain"
  local dir=$out/langchain
  mkdir -p "$dir"
  if [ ! -f "$out/langchain.complete" ]; then
    [ -x "$out/pip/bin/pip" ] || quietly /usr/bin/python3 -m venv "$out/pip"
    if ! "$out/pip/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: --target "$dir" \
      -r bench/compare/langchain/requirements.txt >"$out/langchain.log" 2>&1; then
      leave_out langchain "see $out/langchain.log"
      return
    fi
    touch "$out/langchain.complete"
  fi
  install -m 755 bench/compare/langchain/bootstrap "$dir/bootstrap"
  install -m 644 bench/compare/langchain/app.py "$dir/app.py"
  quietly /usr/bin/python3 -m compileall -q -j 2 "$dir"
  add langchain
}

# The programs for many streams at once; those that can't be built are left out.
streams=()
add_stream() { streams+=("$1=$2"); }

build_streams() {
  local from=bench/compare/streams to=$out/streams
  mkdir -p "$to"
  say "building: the programs for many streams"
  command -v go >/dev/null || { leave_out streams "no Go toolchain for the mock provider"; return 1; }
  (cd "$from/provider" && go build -o "$to/provider" .)
  quietly cmake -S "$from/sloop" -B "$out/build-streams" -G Ninja -DCMAKE_BUILD_TYPE=MinSizeRel \
    -DCMAKE_PREFIX_PATH="$PWD/build/function-aws-lc/prefix" -DCMAKE_CXX_COMPILER_LAUNCHER=ccache
  quietly cmake --build "$out/build-streams"
  add_stream sloop "$out/build-streams/bootstrap"
  if (cd "$from/rig" && CARGO_TARGET_DIR="$out/target-rig" cargo build --release --locked --quiet) >"$out/streams-rig.log" 2>&1; then
    add_stream rig "$out/target-rig/release/streams"
  else
    leave_out "streams with rig" "see $out/streams-rig.log"
  fi
  if (cd "$from/langchaingo" && CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o "$to/langchaingo" .) >"$out/streams-go.log" 2>&1; then
    add_stream langchaingo "$to/langchaingo"
  else
    leave_out "streams with langchaingo" "see $out/streams-go.log"
  fi
  [ ! -f "$out/langchain.complete" ] ||
    add_stream langchain "env PYTHONPATH=$out/langchain /usr/bin/python3 $PWD/$from/langchain/client.py"
  quietly cc -O2 -o "$to/curl" "$from/curl/main.c" -lcurl
  add_stream curl "$to/curl"
}

mkdir -p "$out"
build_preset release sloop
build_function_package
build_with_sloop sloop examples/01-entertainer
build_with_rust rig entertainer
[ -n "$quick" ] || build_with_go
[ -n "$quick" ] || build_with_python
build_with_sloop hello-sloop bench/compare/hello-sloop
build_with_rust hello-rust hello

memory=128,1769
[ -z "$quick" ] || memory=128
say "measuring: ${subjects[*]%%=*}"
build/release/apps/sloop/sloop bench "${subjects[@]}" --memory "$memory" --cold-starts 7 --json "$out/results.json" \
  --html "$out/report.html" "$@"
say "all figures: $out/results.json"
if [ -z "$quick" ] && build_streams; then
  say "measuring: many streams at once"
  python3 bench/compare/streams/run.py --provider "$out/streams/provider" --json "$out/streams.json" "${streams[@]}"
fi
