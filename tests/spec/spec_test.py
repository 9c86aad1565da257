#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `sloop complete` sends in every wire format, validated against the vendors' specifications."""
import http.server
import json
import os
import pathlib
import subprocess
import sys
import threading
import unittest

SKIP = 77
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SHARED = pathlib.Path(os.environ.get("SLOOP_SHARED", ROOT / ".." / "shared")) / "data"
for packages in pathlib.Path(os.environ["PEERS"]).glob("lib/python3*/site-packages"):
    sys.path.insert(0, str(packages))
try:
    import anthropic  # noqa: F401  (used by sdk_types)
    import botocore.loaders
    import botocore.model
    import botocore.validate
    import cohere  # noqa: F401
    import jsonschema

    import sdk_types  # the file beside this one
except ImportError as error:
    print(f"skipped: {error}; ./dev test installs it")
    sys.exit(SKIP)
if not SHARED.exists():
    print(f"skipped: no specifications in {SHARED}; set SLOOP_SHARED")
    sys.exit(SKIP)

from gemini_protos import Protos  # noqa: E402  (the files beside this one)
from vocabulary import NO_ARGUMENTS, REQUESTS, WEATHER, called  # noqa: E402


class Catcher(http.server.BaseHTTPRequestHandler):
    """Keeps the bodies; answers 400, which ends every call."""

    bodies = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        Catcher.bodies.append((self.path, json.loads(body), body))
        self.send_response(400)
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass


SERVER = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Catcher)
threading.Thread(target=SERVER.serve_forever, daemon=True).start()


def sent(dialect, model, request, stream=False, base=""):
    """Path, body and bytes of what is sent; raises with the error where nothing is."""
    Catcher.bodies.clear()
    command = [os.environ["SLOOP"], "complete", "--dialect", dialect, "--model", model, "--attempts", "1", "--api-key",
               "k", "--base-url", f"http://127.0.0.1:{SERVER.server_address[1]}{base}"] + ["--stream"] * stream
    run = subprocess.run(command, input=json.dumps(request), capture_output=True, text=True, timeout=30)
    if len(Catcher.bodies) != 1:
        raise AssertionError(run.stdout + run.stderr)
    return Catcher.bodies[0]


def tolerant(schema):
    """The same schema with `anyOf` for `oneOf`: OpenAI's alternatives overlap, so that its own examples fit two of them."""
    if isinstance(schema, dict):
        return {"anyOf" if key == "oneOf" else key: tolerant(value) for key, value in schema.items()}
    return [tolerant(item) for item in schema] if isinstance(schema, list) else schema


class OpenApi:
    """One schema of an OpenAPI document."""

    def __init__(self, file, name):
        document = tolerant(json.loads((SHARED / file).read_text()))
        self.validator = jsonschema.Draft202012Validator(
            {"$ref": f"#/components/schemas/{name}", "components": document["components"]})

    def problems(self, body):
        return [f"{'.'.join(map(str, error.absolute_path))}: {error.message[:300]}"
                for error in self.validator.iter_errors(body)]


class Botocore:
    """The input of one operation of Bedrock; blobs are base64 on the wire."""

    def __init__(self):
        self.model = botocore.model.ServiceModel(
            json.loads((SHARED / "bedrock_runtime/service-2.json").read_text()), "bedrock-runtime")

    def problems(self, body):
        shape = self.model.operation_model("Converse").input_shape
        report = botocore.validate.ParamValidator().validate({"modelId": "m" * 20, **body}, shape)
        return [report.generate_report()] if report.has_errors() else []


class Gemini:
    """`GenerateContentRequest`; the API takes more than these protos have."""

    NEWER = {".generationConfig.thinkingConfig.thinkingLevel"}

    def __init__(self):
        self.protos = self.read_protos()

    def problems(self, body):
        found = self.protos.problems(body, "GenerateContentRequest")
        return [problem for problem in found if problem.split(":")[0] not in self.NEWER]

    @staticmethod
    def read_protos():
        """The types of a schema may be written small, as most recorded requests have them."""
        protos = Protos(SHARED / "gemini_protos/v1beta")
        protos.enums["Type"] |= {name.lower() for name in protos.enums["Type"]}
        return protos


class Spec(unittest.TestCase):
    def check(self, dialect, model, spec, base=""):
        for name, request in REQUESTS.items():
            for stream in (False, True):
                with self.subTest(dialect=dialect, request=name, stream=stream):
                    _, body, raw = sent(dialect, model, request, stream, base)
                    self.assertEqual(spec.problems(body), [])
                    self.assertEqual(sent(dialect, model, request, stream, base)[2], raw, "not the same bytes again")

    def test_openai_chat(self):
        self.check("openai-chat", "gpt-4o", OpenApi("openai_openapi/openapi.json", "CreateChatCompletionRequest"), "/v1")

    def test_openai_responses(self):
        self.check("openai-responses", "gpt-5", OpenApi("openai_openapi/openapi.json", "CreateResponse"), "/v1")

    def test_mistral(self):
        self.check("mistral", "mistral-small-latest", OpenApi("mistral_openapi/openapi.json", "ChatCompletionRequest"))

    def test_ollama(self):
        self.check("ollama", "qwen3:4b", OpenApi("ollama_openapi/openapi.json", "ChatRequest"))

    def test_bedrock(self):
        self.check("bedrock-converse", "anthropic.claude-sonnet-4-5-20250929-v1:0", Botocore())

    def test_gemini(self):
        self.check("gemini", "gemini-2.5-flash", Gemini())
        self.check("gemini", "gemini-3-pro-preview", Gemini())

    def test_anthropic(self):
        self.check("anthropic", "claude-sonnet-4-0", sdk_types.Anthropic())
        self.check("anthropic", "claude-opus-4-6", sdk_types.Anthropic())

    def test_cohere(self):
        self.check("cohere", "command-a-03-2025", sdk_types.Cohere())

    def test_a_longer_conversation_extends_the_bytes(self):
        first, middle, last = called({"type": "tool_result", "id": "call_1", "name": "get_weather", "text": "sunny"},
                                     {"type": "tool_result", "id": "call_2", "name": "now", "text": "12:00"})
        more = [{"role": "assistant", "content": "It is sunny."}, {"role": "user", "content": "Thanks"}]
        conversations = [[first], [first, middle, last], [first, middle, last, *more]]
        lists = {"openai-responses": "input", "gemini": "contents"}
        for dialect in ("openai-chat", "openai-responses", "anthropic", "gemini", "cohere", "mistral", "ollama",
                        "bedrock-converse"):
            with self.subTest(dialect=dialect):
                key = f'"{lists.get(dialect, "messages")}":'
                before = ""
                for messages in conversations:
                    raw = sent(dialect, "any", {"messages": messages, "tools": [WEATHER, NO_ARGUMENTS]})[2].decode()
                    self.assertTrue(raw.startswith(before), f"{before}\n{raw}")
                    begin = raw.index(key) + len(key)
                    # To the end of the last message: what follows the list may move.
                    before = raw[:json.JSONDecoder().raw_decode(raw, begin)[1] - 1]

    def test_a_wrong_body_is_noticed(self):
        self.assertTrue(OpenApi("ollama_openapi/openapi.json", "ChatRequest").problems({"model": 7, "messages": []}))
        self.assertTrue(Botocore().problems({"messages": [{"role": "user", "content": "text"}]}))
        self.assertTrue(Gemini().problems({"contents": [{"parts": [{"texts": "a"}]}]}))
        self.assertTrue(Gemini().problems({"contents": [{"parts": [{"thought": 1}]}]}))
        asked = {"model": "m", "max_tokens": 1, "messages": [{"role": "user", "content": "a", "name": "b"}]}
        self.assertTrue(sdk_types.Anthropic().problems(asked))
        self.assertTrue(sdk_types.Cohere().problems({"messages": [{"role": "user", "content": "a", "name": "b"}]}))


if __name__ == "__main__":
    unittest.main()
