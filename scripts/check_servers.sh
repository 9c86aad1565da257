#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The command against model servers of others, which are installed in build/servers.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/common.sh
source scripts/build.sh

wanted=$(sha256sum tests/servers/requirements.txt)
if [ "$(cat build/servers/complete 2>/dev/null)" != "$wanted" ]; then
  say "installing llama.cpp's server and an embedding model"
  rm -rf build/servers
  python3 -m venv build/servers
  build/servers/bin/pip install --quiet --disable-pip-version-check -r tests/servers/requirements.txt &&
    printf '%s' "$wanted" >build/servers/complete || say "they can't be installed here"
fi
build_preset dev sloop
status=0
SLOOP=build/dev/apps/sloop/sloop SERVERS=$PWD/build/servers python3 tests/servers/servers_test.py -v || status=$?
[ "$status" -eq 77 ] || exit "$status"
