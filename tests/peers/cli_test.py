# SPDX-License-Identifier: Apache-2.0
"""AWS's command line as the client of the local Lambda."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from peer import HERE, NotPossible, PEERS, Peer, cell


class Cli(Peer):
    peer = "client: AWS CLI"

    def invoke(self, *options):
        url = self.watch_command((sys.executable, "-m", "awslambdaric", "function.handler"), cwd=HERE / "python")
        environment = dict(os.environ, AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_DEFAULT_REGION="us-east-1",
                           AWS_CONFIG_FILE="/dev/null", AWS_SHARED_CREDENTIALS_FILE="/dev/null", AWS_PAGER="")
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "out"
            done = subprocess.run([PEERS / "bin" / "aws", "lambda", "invoke", "--endpoint-url", url, "--function-name",
                                   "peer", "--cli-read-timeout", "60", *options, out], env=environment,
                                  capture_output=True, text=True, timeout=120, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)
            return json.loads(done.stdout), out.read_text()

    @cell("event")
    def test_it_invokes(self):
        status, payload = self.invoke("--payload", '{"a": 1}')
        self.assertEqual((status["StatusCode"], json.loads(payload)["event"]), (200, {"a": 1}))

    @cell("error")
    def test_it_tells_of_a_failing_function(self):
        status, payload = self.invoke("--payload", '{"fail": true}')
        self.assertEqual((status["FunctionError"], json.loads(payload)["errorType"]), ("Unhandled", "AskedToFail"))

    @cell("async")
    def test_it_does_not_wait_for_an_event(self):
        self.assertEqual(self.invoke("--invocation-type", "Event", "--payload", "{}"), ({"StatusCode": 202}, ""))

    @cell("stream")
    def test_it_reads_a_stream(self):
        raise NotPossible("the command line has no call for streams")
