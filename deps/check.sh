#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Links a small static program against the prefix of deps/build.sh and lets it make one request.
#
#   deps/check.sh [--tls aws-lc|openssl] [URL ROOT.PEM]
#
# Without a URL it asks a TLS server of its own on the loopback address (needs the command
# `openssl`), and also asserts that a certificate from another root is refused.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tls=aws-lc
if [[ ${1:-} == --tls ]]; then
  tls=${2:?"--tls needs aws-lc or openssl"}
  shift 2
fi
if (($# != 0 && $# != 2)); then
  printf 'usage: deps/check.sh [--tls aws-lc|openssl] [URL ROOT.PEM]\n' >&2
  exit 2
fi

fail() {
  printf 'deps check: %s\n' "$*" >&2
  exit 1
}

work=$(mktemp -d)
server=
clean_up() {
  if [[ -n $server ]]; then kill "$server" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap clean_up EXIT

build_program() {
  local prefix
  prefix=$("$here/build.sh" --tls "$tls")
  # From a copy, which shows that the prefix may be moved.
  cp -r "$prefix" "$work/moved"
  cmake -S "$here/check" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=MinSizeRel \
    "-DSLOOP_DEPS_PREFIX=$work/moved" | grep 'sloop-deps:'
  # glibc warns that a static getaddrinfo loads its plug-ins at run time: known, and meant.
  cmake --build "$work/build" >"$work/build.log" 2>&1 || { cat "$work/build.log" >&2 && exit 1; }
  program=$work/build/deps-check
}

check_shape() {
  local headers
  headers=$(LC_ALL=C readelf -lW "$program")
  if grep -q INTERP <<<"$headers"; then fail "the program asks for a dynamic loader"; fi
  grep -q 'Elf file type is DYN' <<<"$headers" || fail "the program is not position independent"
  if LC_ALL=C readelf -dW "$program" | grep -q NEEDED; then fail "the program needs shared libraries"; fi
  if command -v file >/dev/null; then file -b "$program"; fi
  strip -o "$work/stripped" "$program"
  printf 'stripped %d bytes, gzip -9 %d bytes\n' "$(stat -c %s "$work/stripped")" \
    "$(gzip -9 <"$work/stripped" | wc -c)"
}

# make_root NAME: a self-signed certificate for the loopback address.
make_root() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
    -subj "/CN=$1" -addext 'subjectAltName=IP:127.0.0.1,DNS:localhost' \
    -keyout "$work/$1.key" -out "$work/$1.pem" 2>/dev/null
}

# Takes the first free port of a few; s_server cannot be asked which one it would choose itself.
start_server() {
  local port
  for port in $(shuf -i 20000-29999 -n 5); do
    openssl s_server -accept "127.0.0.1:$port" -cert "$work/server.pem" -key "$work/server.key" \
      -www >"$work/server.log" 2>&1 &
    server=$!
    for _ in {1..50}; do
      if grep -q ACCEPT "$work/server.log"; then
        url=https://127.0.0.1:$port/
        return
      fi
      kill -0 "$server" 2>/dev/null || break
      sleep 0.05
    done
  done
  fail "no TLS server could be started: $(tail -n 1 "$work/server.log")"
}

check_on_loopback() {
  command -v openssl >/dev/null || fail "the command openssl is missing (apt-get install openssl)"
  make_root server
  make_root stranger
  start_server
  "$work/stripped" "$url" "$work/server.pem"
  if "$work/stripped" "$url" "$work/stranger.pem" >"$work/refused" 2>&1; then
    fail "a certificate of an unknown root was accepted"
  fi
  grep -q 'curl error 60' "$work/refused" || fail "wrong error: $(cat "$work/refused")"
  printf 'a certificate of an unknown root is refused\n'
}

build_program
check_shape
if (($#)); then "$work/stripped" "$@"; else check_on_loopback; fi
printf 'deps check: %s ok\n' "$tls"
