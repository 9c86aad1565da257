# SPDX-License-Identifier: Apache-2.0
# Building, for the scripts that need something built.

# build_preset NAME [TARGET..]: configures and builds one of CMakePresets.json.
build_preset() {
  local preset=$1
  shift
  [ -f "build/$preset/build.ninja" ] || quietly cmake --preset "$preset"
  say "building: $preset"
  cmake --build --preset "$preset" ${1:+--target "$@"} >&2
}

# Prints the prefix of the static dependencies: with AWS-LC, else with the distribution's OpenSSL.
static_dependencies() {
  local prefix
  prefix=$(deps/build.sh --tls "${1:-aws-lc}" | tail -n 1) || {
    [ "${1:-aws-lc}" = openssl ] && die "the static dependencies could not be built; see the messages above"
    say "AWS-LC can't be had here: the bootstrap will use the distribution's OpenSSL"
    prefix=$(deps/build.sh --tls openssl | tail -n 1) || die "the static dependencies could not be built; see the messages above"
  }
  printf '%s\n' "$prefix"
}

# build_function_package [TLS]: the rooms for functions, static and small, installed to build/function-TLS/prefix.
build_function_package() {
  local tls=${1:-aws-lc} prefix
  local dir=build/function-$tls
  prefix=$(static_dependencies "$tls")
  say "building: the library for functions ($(basename "$prefix"))"
  quietly cmake -S . -B "$dir" -G Ninja -DCMAKE_BUILD_TYPE=MinSizeRel -DSLOOP_DEPS="$prefix" \
    -DSLOOP_TESTS=OFF -DSLOOP_COMMAND=OFF -DCMAKE_INSTALL_PREFIX="$PWD/$dir/prefix"
  quietly cmake --build "$dir"
  quietly cmake --install "$dir"
}

# build_example FOLDER [TLS]: builds examples/FOLDER against that package, as a user would.
build_example() {
  local name=$1 tls=${2:-aws-lc}
  local dir=build/examples-$tls/$name
  say "building: examples/$name"
  quietly cmake -S "examples/$name" -B "$dir" -G Ninja -DCMAKE_BUILD_TYPE=MinSizeRel \
    -DCMAKE_PREFIX_PATH="$PWD/build/function-$tls/prefix" -DCMAKE_CXX_COMPILER_LAUNCHER=ccache
  quietly cmake --build "$dir"
}

# build_entertainer: leaves out/sloop, out/entertainer/bootstrap and out/entertainer/function.zip.
build_entertainer() {
  build_preset release sloop
  build_function_package
  build_example 01-entertainer
  mkdir -p out/entertainer
  install -m 755 build/release/apps/sloop/sloop out/sloop
  install -m 755 build/examples-aws-lc/01-entertainer/bootstrap out/entertainer/bootstrap
  out/sloop package out/entertainer/bootstrap --output out/entertainer/function.zip >&2
}
