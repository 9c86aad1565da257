# SPDX-License-Identifier: Apache-2.0
"""Sloop's local Lambda with AWS's Python runtime and SDK; Sloop's function under cargo-lambda's emulator.

Reads SLOOP (the command), BOOTSTRAP (the entertainer) and PEERS (a Python environment with requirements.txt).
"""
import base64
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

HERE = pathlib.Path(__file__).parent
SLOOP, BOOTSTRAP, PEERS = os.environ["SLOOP"], os.environ["BOOTSTRAP"], pathlib.Path(os.environ["PEERS"])


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


class Peers(unittest.TestCase):
    def start(self, args, **options):
        process = subprocess.Popen([str(arg) for arg in args], stdin=subprocess.DEVNULL, **options)

        def stop():
            process.terminate()
            process.wait(20)
            if process.stdout:
                process.stdout.close()

        self.addCleanup(stop)
        return process

    def watch(self, *args):
        port = free_port()
        self.start([SLOOP, "watch", "--port", port, *args], cwd=HERE, stderr=subprocess.DEVNULL)
        wait_for(port)
        return f"http://127.0.0.1:{port}"

    def mock(self):
        process = self.start([SLOOP, "mock", "--port", 0, "--reply", "Ha!"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return process.stdout.readline().decode().strip()

    def client(self, url):
        import boto3
        from botocore.config import Config

        return boto3.client("lambda", endpoint_url=url, region_name="us-east-1", aws_access_key_id="x",
                            aws_secret_access_key="x", config=Config(retries={"total_max_attempts": 1}))

    def test_a_python_function_answers_the_sdk(self):
        client = self.client(self.watch("--name", "py", "--memory", 512, "--timeout", 20, "--", sys.executable, "-m",
                                        "awslambdaric", "function.handler"))
        reply = client.invoke(FunctionName="py", Payload=json.dumps({"a": 1}), LogType="Tail")
        payload = json.loads(reply["Payload"].read())
        self.assertEqual((reply["StatusCode"], reply["ExecutedVersion"]), (200, "$LATEST"))
        self.assertEqual(payload["event"], {"a": 1})
        self.assertEqual(payload["id"], reply["ResponseMetadata"]["RequestId"])
        self.assertTrue(0 < payload["left"] <= 20000)
        log = base64.b64decode(reply["LogResult"]).decode()
        self.assertRegex(log, r"START .*\na line of the function\nEND .*\nREPORT .*Init Duration: ")
        failed = client.invoke(FunctionName="py", Payload=json.dumps({"fail": True}))
        self.assertEqual(failed["FunctionError"], "Unhandled")
        self.assertEqual(json.loads(failed["Payload"].read())["errorType"], "ValueError")
        self.assertEqual(client.invoke(FunctionName="py", InvocationType="Event", Payload=b"{}")["StatusCode"], 202)
        self.assertEqual(client.invoke(FunctionName="py", InvocationType="DryRun", Payload=b"{}")["StatusCode"], 204)
        with self.assertRaises(client.exceptions.ResourceNotFoundException):
            client.invoke(FunctionName="other", Payload=b"{}")
        with self.assertRaises(client.exceptions.InvalidRequestContentException):
            client.invoke(FunctionName="py", Payload=b"{")
        with self.assertRaises(client.exceptions.RequestTooLargeException):
            client.invoke(FunctionName="py", Payload=b'"' + b"x" * 6291557 + b'"')

    def test_our_function_answers_the_sdk(self):
        url = self.watch(BOOTSTRAP, "--name", "entertainer", "--timeout", 20, "--env", "OPENAI_API_KEY=k", "--env",
                         "OPENAI_BASE_URL=" + self.mock())
        reply = self.client(url).invoke(FunctionName="entertainer", Payload=json.dumps({"prompt": "Hi"}))
        self.assertEqual(json.loads(reply["Payload"].read()), {"response": "Ha!"})

    def test_our_function_answers_under_cargo_lambda(self):
        if shutil.which("cargo") is None:
            self.skipTest("cargo-lambda wants cargo, which is not installed")
        port = free_port()
        # It answers only for functions that are binaries of a Cargo project.
        with tempfile.TemporaryDirectory() as project:
            path = pathlib.Path(project)
            (path / "src").mkdir()
            (path / "src" / "main.rs").write_text("fn main() {}\n")
            (path / "Cargo.toml").write_text('[package]\nname = "entertainer"\nversion = "0.1.0"\nedition = "2021"\n')
            self.start([PEERS / "bin" / "cargo-lambda", "lambda", "watch", "--only-lambda-apis", "--invoke-address",
                        "127.0.0.1", "--invoke-port", port], cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            wait_for(port)
            environment = dict(os.environ, AWS_LAMBDA_FUNCTION_NAME="entertainer", AWS_LAMBDA_FUNCTION_MEMORY_SIZE="128",
                               AWS_LAMBDA_RUNTIME_API=f"http://127.0.0.1:{port}/.rt/entertainer",
                               OPENAI_BASE_URL=self.mock(), OPENAI_API_KEY="k")
            self.start([BOOTSTRAP], env=environment, stderr=subprocess.DEVNULL)
            for prompt in ("Entertain me!", "Again!"):
                request = urllib.request.Request(f"http://127.0.0.1:{port}/2015-03-31/functions/entertainer/invocations",
                                                 data=json.dumps({"prompt": prompt}).encode(), method="POST")
                with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=20) as answer:
                    self.assertEqual(json.load(answer), {"response": "Ha!"})


if __name__ == "__main__":
    python = PEERS / "bin" / "python3"
    if not (PEERS / "complete").exists():
        print(f"the peers are not installed in {PEERS}: run ./dev test")
        sys.exit(77)
    if pathlib.Path(sys.prefix) != PEERS.resolve():
        os.execv(python, [str(python), __file__, *sys.argv[1:]])
    unittest.main()
