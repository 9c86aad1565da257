# SPDX-License-Identifier: Apache-2.0
"""Our function under cargo-lambda's emulator."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import urllib.request

from peer import BOOTSTRAP, PEERS, Peer, cell, free_port, wait_for


class CargoLambda(Peer):
    peer = "emulator: cargo lambda watch"

    def watched_by_cargo(self):
        """The address at which the entertainer answers."""
        if shutil.which("cargo") is None:
            self.skipTest("cargo-lambda wants cargo, which is not installed")
        port = free_port()
        # It answers only for functions that are binaries of a Cargo project.
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        project = pathlib.Path(folder.name)
        (project / "src").mkdir()
        (project / "src" / "main.rs").write_text("fn main() {}\n")
        (project / "Cargo.toml").write_text('[package]\nname = "entertainer"\nversion = "0.1.0"\nedition = "2021"\n')
        self.start([PEERS / "bin" / "cargo-lambda", "lambda", "watch", "--only-lambda-apis", "--invoke-address",
                    "127.0.0.1", "--invoke-port", port], cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(port)
        environment = dict(os.environ, AWS_LAMBDA_FUNCTION_NAME="entertainer", AWS_LAMBDA_FUNCTION_MEMORY_SIZE="128",
                           AWS_LAMBDA_RUNTIME_API=f"http://127.0.0.1:{port}/.rt/entertainer",
                           OPENAI_BASE_URL=self.mock(), OPENAI_API_KEY="k")
        self.start([BOOTSTRAP], env=environment, stderr=subprocess.DEVNULL)
        return f"http://127.0.0.1:{port}/2015-03-31/functions/entertainer/invocations"

    def ask(self, url, event):
        request = urllib.request.Request(url, data=json.dumps(event).encode(), method="POST")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=20) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            return json.load(error)

    @cell("event")
    def test_our_function_answers(self):
        url = self.watched_by_cargo()
        for prompt in ("Entertain me!", "Again!"):
            self.assertEqual(self.ask(url, {"prompt": prompt}), {"response": "Ha!"})

    @cell("error")
    def test_an_event_of_the_wrong_shape_is_answered_with_our_error(self):
        answer = self.ask(self.watched_by_cargo(), {"prompt": 1})
        self.assertIn("prompt", answer["errorMessage"])
