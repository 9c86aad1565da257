#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the static function with each TLS library and lets it answer over TLS; a certificate that is not trusted must be refused.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/common.sh
source scripts/build.sh
build_preset release sloop
sloop=build/release/apps/sloop/sloop
root=$(mktemp)
coproc MOCK { exec "$sloop" mock --port 0 --reply 'Ha!' --tls-root "$root" 2>/dev/null; }
mock=$MOCK_PID
trap 'kill "$mock" 2>/dev/null || true; rm -f "$root"' EXIT
read -r -t 10 url <&"${MOCK[0]}" || die "the mock provider did not start"

invoke() {
  "$sloop" watch "$1" --timeout 30 --env OPENAI_API_KEY=k --env OPENAI_BASE_URL="$url" "${@:2}" --invoke '{"prompt":"Hi"}' 2>/dev/null
}
for tls in aws-lc openssl; do
  build_function_package "$tls"
  build_example 01-entertainer "$tls"
  bootstrap=build/examples-$tls/01-entertainer/bootstrap
  file "$bootstrap" | grep -qE 'static-pie linked|statically linked' || die "$bootstrap is not static"
  got=$(invoke "$bootstrap" --env SSL_CERT_FILE="$root") || die "$tls: the function failed: $got"
  [ "$got" = '{"response":"Ha!"}' ] || die "$tls: the function answered $got"
  refused=$(invoke "$bootstrap" --env SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt || true)
  grep -q 'Function.Untrusted' <<<"$refused" || die "$tls: a foreign certificate was taken: $refused"
  say "function with $tls: right ($(stat -c %s "$bootstrap") bytes)"
done

# A function without https: it answers, and nothing of TLS is in it.
hello=build/examples-aws-lc/hello
quietly cmake -S bench/compare/hello-sloop -B "$hello" -G Ninja -DCMAKE_BUILD_TYPE=MinSizeRel \
  -DCMAKE_PREFIX_PATH="$PWD/build/function-aws-lc/prefix" -DCMAKE_CXX_COMPILER_LAUNCHER=ccache
quietly cmake --build "$hello"
got=$("$sloop" watch "$hello/bootstrap" --timeout 30 --invoke '{}' 2>/dev/null) || die "NO_TLS: the function failed: $got"
[ "$got" = '{"response":"Ha!"}' ] || die "NO_TLS: the function answered $got"
if grep -qa 'TLS_AES_128_GCM_SHA256\|nghttp2' "$hello/bootstrap"; then die "NO_TLS: TLS or HTTP/2 was linked"; fi
say "function with NO_TLS: right ($(stat -c %s "$hello/bootstrap") bytes)"
