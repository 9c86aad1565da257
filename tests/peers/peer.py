# SPDX-License-Identifier: Apache-2.0
"""What the tests of this folder share: a local Lambda to start, a client of AWS's SDK, and the cells of the matrix.

SLOOP is the command, BOOTSTRAP the entertainer, PEERS the folder that install.sh fills.
"""
import json
import os
import pathlib
import socket
import subprocess
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).parent
SLOOP, BOOTSTRAP, PEERS = os.environ["SLOOP"], os.environ["BOOTSTRAP"], pathlib.Path(os.environ["PEERS"])
ABILITIES = ("event", "error", "async", "stream", "stream fails", "front doors")
WORDS = b"one two three"


class NotPossible(unittest.SkipTest):
    """The peer itself lacks the ability; the text says why."""


def cell(ability):
    """Marks a test as the matrix's cell of this ability."""
    def mark(test):
        test.ability = ability
        return test
    return mark


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(port):
    for _ in range(200):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")


def streamed(answer):
    """The bytes of a streamed invocation and how it ended."""
    payload, complete = b"", None
    for event in answer["EventStream"]:
        payload += event.get("PayloadChunk", {}).get("Payload", b"")
        complete = event.get("InvokeComplete", complete)
    return payload, complete


class Peer(unittest.TestCase):
    # The row's name.
    peer = ""
    # The folder in PEERS that install.sh builds for it.
    built = ""

    def setUp(self):
        missing = PEERS / self.built / "missing"
        if self.built and missing.exists():
            self.skipTest(missing.read_text().strip())

    def start(self, args, **options):
        process = subprocess.Popen([str(arg) for arg in args], stdin=subprocess.DEVNULL, **options)

        def stop():
            process.terminate()
            process.wait(20)
            if process.stdout:
                process.stdout.close()

        self.addCleanup(stop)
        return process

    def watch(self, *args, cwd=HERE):
        port = free_port()
        log = tempfile.TemporaryFile()
        self.addCleanup(log.close)
        self.start([SLOOP, "watch", "--port", port, *args], cwd=cwd, stderr=log)
        try:
            wait_for(port)
        except TimeoutError:
            log.seek(0)
            self.fail(log.read().decode())
        return f"http://127.0.0.1:{port}"

    def watch_command(self, command, cwd=HERE):
        """A local Lambda with room for runtimes that are slow to start."""
        return self.watch("--name", "peer", "--memory", 1769, "--timeout", 30, "--", *command, cwd=cwd)

    def mock(self):
        process = self.start([SLOOP, "mock", "--port", 0, "--reply", "Ha!"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return process.stdout.readline().decode().strip()

    def client(self, url):
        import boto3
        from botocore.config import Config

        return boto3.client("lambda", endpoint_url=url, region_name="us-east-1", aws_access_key_id="x",
                            aws_secret_access_key="x", config=Config(retries={"total_max_attempts": 1}))


class RuntimeCells:
    """The cells of a function with another runtime, for a `Peer`: `command` answers events, `stream_command` streams."""
    command = ()
    stream_command = ()
    working_directory = HERE
    # What the runtime calls the function's own error.
    error_type = "AskedToFail"
    # Why it can't stream; empty: it can.
    no_stream = ""
    # Why the caller isn't told of a failure in mid-stream; empty: it is.
    no_stream_error = ""

    def invoke(self, event):
        client = self.client(self.watch_command(self.command, cwd=self.working_directory))
        reply = client.invoke(FunctionName="peer", Payload=json.dumps(event))
        return reply, json.loads(reply["Payload"].read())

    def invoke_stream(self, event):
        if self.no_stream:
            raise NotPossible(self.no_stream)
        client = self.client(self.watch_command(self.stream_command, cwd=self.working_directory))
        return streamed(client.invoke_with_response_stream(FunctionName="peer", Payload=json.dumps(event)))

    def body_of(self, payload):
        """What the function wrote into the stream."""
        return payload

    @cell("event")
    def test_it_answers_an_event(self):
        reply, payload = self.invoke({"a": 1})
        self.assertNotIn("FunctionError", reply)
        self.assertEqual(payload["event"], {"a": 1})
        self.assertEqual(payload["id"], reply["ResponseMetadata"]["RequestId"])
        self.assertTrue(0 < payload["left"] <= 30000, payload)

    @cell("error")
    def test_its_own_error_type_arrives(self):
        reply, payload = self.invoke({"fail": True})
        self.assertEqual(reply["FunctionError"], "Unhandled")
        self.assertEqual((payload["errorType"], payload["errorMessage"]), (self.error_type, "asked to fail"))

    @cell("stream")
    def test_it_streams(self):
        payload, complete = self.invoke_stream({})
        self.assertEqual(self.body_of(payload), WORDS)
        self.assertNotIn("ErrorCode", complete)

    @cell("stream fails")
    def test_a_stream_that_fails_says_so_at_its_end(self):
        payload, complete = self.invoke_stream({"fail": True})
        self.assertTrue(self.body_of(payload).startswith(WORDS), payload)
        if self.no_stream_error:
            self.assertNotIn("ErrorCode", complete)
            raise NotPossible(self.no_stream_error)
        self.assertEqual(self.body_of(payload), WORDS)
        # The service lets only its own categories through as a code; the function's type is in the details.
        self.assertEqual(complete["ErrorCode"], "Function.Unknown")
        details = json.loads(complete["ErrorDetails"])
        self.assertEqual((details["errorType"], details["errorMessage"]), (self.error_type, "asked to fail"))
