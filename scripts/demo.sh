#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the entertainer, starts it cold on the local Lambda, and asks it for a joke.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/common.sh
source scripts/setup.sh
source scripts/build.sh
setup_demo
build_entertainer

provider="OpenAI"
mock=
cleanup() { [ -z "$mock" ] || kill "$mock" 2>/dev/null || true; }
trap cleanup EXIT
if [ -n "${OPENAI_BASE_URL:-}" ]; then
  provider="the server at OPENAI_BASE_URL ($OPENAI_BASE_URL)"
  export OPENAI_API_KEY=${OPENAI_API_KEY:-none}
elif [ -z "${OPENAI_API_KEY:-}" ]; then
  provider="the built-in mock provider (set OPENAI_API_KEY for a real one)"
  coproc MOCK { exec out/sloop mock --port 0 2>/dev/null; }
  mock=$MOCK_PID
  read -r -t 10 line <&"${MOCK[0]}" || die "the mock provider did not start: try out/sloop mock"
  export OPENAI_BASE_URL=$(grep -oE 'http://[^ ]+' <<<"$line" | head -n 1)
  export OPENAI_API_KEY=mock
fi

say "starting the function cold on the local Lambda"
out/sloop watch out/entertainer/bootstrap --name entertainer --timeout 30 --invoke '{"prompt": "Entertain me!"}'
printf '\nfunction.zip: %s bytes\nanswered by:  %s\n' "$(stat -c %s out/entertainer/function.zip)" "$provider"
