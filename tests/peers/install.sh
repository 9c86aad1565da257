#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs and builds the peers of this folder in build/peers, each in a folder of its name. One that can't be had here
# leaves the reason in the file `missing` there: its tests are skipped with it.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$PWD/build/peers
here=$PWD/tests/peers

# The clients and the Python runtime: one environment for all tests, the folder build/peers itself.
install_python() {
  local wanted
  wanted=$(sha256sum tests/peers/requirements.txt tests/peers/constraints.txt)
  [ "$(cat "$root/complete" 2>/dev/null)" != "$wanted" ] || return 0
  echo "peers: installing Python packages" >&2
  rm -f "$root/complete"
  python3 -m venv "$root" && "$root/bin/pip" install --quiet --disable-pip-version-check -r tests/peers/requirements.txt \
    -c tests/peers/constraints.txt &&
    printf '%s' "$wanted" >"$root/complete"
}

build_node() {
  need npm node
  local prefix
  prefix=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
  [ -f "$prefix/include/node/node.h" ] || cannot "the headers of Node are not in $prefix/include/node"
  cp "$here"/node/package*.json .
  npm ci --no-audit --no-fund --ignore-scripts
  cd node_modules/aws-lambda-ric
  # Its own scripts build a curl with the autotools first; the distribution's does as well and takes no minute.
  mkdir -p deps/artifacts/bin
  printf '#!/bin/sh\necho -lcurl\n' >deps/artifacts/bin/curl-config
  chmod +x deps/artifacts/bin/curl-config
  tar xzf deps/aws-lambda-cpp-*.tar.gz --no-same-owner -C deps
  cmake -S deps/aws-lambda-cpp-*/ -B deps/build -DCMAKE_CXX_FLAGS=-fPIC -DCMAKE_INSTALL_PREFIX="$PWD/deps/artifacts"
  cmake --build deps/build -j2 && cmake --install deps/build
  ../.bin/node-gyp rebuild --nodedir="$prefix"
  cp build/Release/rapid-client.node dist/
}

build_rust() {
  need cargo
  CARGO_TARGET_DIR=$PWD cargo build --locked --manifest-path "$here/rust/Cargo.toml"
}

build_go() {
  need go
  CGO_ENABLED=0 GOTOOLCHAIN=local go build -C "$here/go" -mod=readonly -o "$PWD/function" .
}

build_java() {
  need javac mvn
  mvn -q -B -f "$here/java/pom.xml" dependency:copy-dependencies -DoutputDirectory="$PWD/lib" &&
    javac -d classes -cp 'lib/*' "$here"/java/src/main/java/peer/*.java
}

cannot() {
  echo "$*" >missing
  exit 1
}
need() {
  local tool
  for tool in "$@"; do command -v "$tool" >/dev/null || cannot "$tool is not installed"; done
}

# build NAME: runs build_NAME in an empty build/peers/NAME, unless that was done with the same files.
build() {
  local name=$1 dir=$root/$1 wanted
  wanted=$(find "$here/$name" "$here/install.sh" -type f -exec sha256sum {} + | sort)
  [ "$(cat "$dir/complete" 2>/dev/null)" != "$wanted" ] || return 0
  rm -rf "$dir" && mkdir -p "$dir" && cd "$dir" || return 1
  echo "peers: building $name" >&2
  (set -e; "build_$name") >log 2>&1  # not within the `if`: it would switch -e off
  if [ $? -eq 0 ]; then
    printf '%s' "$wanted" >complete
  else
    [ -s missing ] || echo "it could not be built, see build/peers/$name/log" >missing
    echo "peers: no $name: $(cat missing)" >&2
  fi
}

mkdir -p "$root"
for name in node rust go java; do build "$name" & done
install_python || echo "peers: the Python packages can't be installed here: tests/peers will be skipped" >&2
wait
