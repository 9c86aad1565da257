# SPDX-License-Identifier: Apache-2.0
"""AWS's SDK for Python as the client of the local Lambda."""
import json
import pathlib
import sys
import tempfile
import time

from peer import BOOTSTRAP, HERE, PEERS, Peer, WORDS, cell, streamed


class Boto3(Peer):
    peer = "client: boto3"

    def python(self):
        return self.client(self.watch_command((sys.executable, "-m", "awslambdaric", "function.handler"), cwd=HERE / "python"))

    @cell("event")
    def test_it_invokes_our_function(self):
        url = self.watch(BOOTSTRAP, "--name", "entertainer", "--timeout", 20, "--env", "OPENAI_API_KEY=k", "--env",
                         "OPENAI_BASE_URL=" + self.mock())
        reply = self.client(url).invoke(FunctionName="entertainer", Payload=json.dumps({"prompt": "Hi"}))
        self.assertEqual((reply["StatusCode"], reply["ExecutedVersion"]), (200, "$LATEST"))
        self.assertEqual(json.loads(reply["Payload"].read()), {"response": "Ha!"})

    @cell("error")
    def test_it_knows_the_refusals_of_the_service(self):
        client = self.python()
        self.assertEqual(client.invoke(FunctionName="peer", InvocationType="DryRun", Payload=b"{}")["StatusCode"], 204)
        with self.assertRaises(client.exceptions.ResourceNotFoundException):
            client.invoke(FunctionName="other", Payload=b"{}")
        with self.assertRaises(client.exceptions.InvalidRequestContentException):
            client.invoke(FunctionName="peer", Payload=b"{")
        with self.assertRaises(client.exceptions.RequestTooLargeException):
            client.invoke(FunctionName="peer", Payload=b'"' + b"x" * 6291557 + b'"')

    @cell("async")
    def test_an_event_is_served_after_the_call(self):
        with tempfile.TemporaryDirectory() as folder:
            mark = pathlib.Path(folder) / "mark"
            client = self.python()
            reply = client.invoke(FunctionName="peer", InvocationType="Event", Payload=json.dumps({"touch": str(mark)}))
            self.assertEqual(reply["StatusCode"], 202)
            for _ in range(400):
                if mark.exists():
                    break
                time.sleep(0.05)
            self.assertEqual(mark.read_text(), reply["ResponseMetadata"]["RequestId"])

    @cell("stream")
    def test_it_reads_a_stream(self):
        if (PEERS / "go" / "missing").exists():
            self.skipTest("the streaming function is Go's, which is not here")
        client = self.client(self.watch_command((PEERS / "go" / "function", "stream")))
        payload, complete = streamed(client.invoke_with_response_stream(FunctionName="peer", Payload=b"{}", LogType="Tail"))
        self.assertEqual(payload, WORDS)
        self.assertIn("LogResult", complete)
