#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The vendors' own SDKs, pointed at the mock provider: what it says is what they understand, whole and streamed.

Reads SLOOP (the command) and PEERS (a Python environment with the requirements of tests/peers).
"""
import os
import pathlib
import subprocess
import sys
import unittest

SKIP = 77
for packages in pathlib.Path(os.environ["PEERS"]).glob("lib/python3*/site-packages"):
    sys.path.insert(0, str(packages))
try:
    import anthropic
    import boto3
    import botocore.config
    import botocore.exceptions
    import cohere
    import ollama
    import openai
    from google import genai
    from mistralai.client import Mistral
except ImportError as error:
    print(f"skipped: {error}; ./dev test installs it")
    sys.exit(SKIP)

REPLY = "Ha! That is \u00fcber funny."
ASKED = [{"role": "user", "content": "Tell me a joke"}]
WEATHER = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}


class Sdks(unittest.TestCase):
    def mock(self, *args):
        """Starts a provider; returns its address without a path."""
        process = subprocess.Popen([os.environ["SLOOP"], "mock", "--port", "0", "--reply", REPLY, *args],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)

        def stop():
            process.terminate()
            process.wait(20)
            process.stdout.close()

        self.addCleanup(stop)
        return process.stdout.readline().decode().strip().removesuffix("/v1")

    def openai(self, *args):
        client = openai.OpenAI(api_key="k", base_url=self.mock(*args) + "/v1", max_retries=0)
        self.addCleanup(client.close)
        return client

    def test_openai_chat_completions(self):
        chat = self.openai().chat.completions
        tool = {"type": "function", "function": {"name": "weather", "parameters": WEATHER}}
        whole = chat.create(model="gpt-4o", messages=ASKED, tools=[tool])
        self.assertEqual((whole.choices[0].message.content, whole.choices[0].finish_reason), (REPLY, "stop"))
        self.assertEqual(whole.usage.total_tokens, whole.usage.prompt_tokens + whole.usage.completion_tokens)
        chunks = list(chat.create(model="gpt-4o", messages=ASKED, stream=True, stream_options={"include_usage": True}))
        self.assertEqual("".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices), REPLY)
        self.assertEqual(chunks[-1].usage, whole.usage)

    def test_openai_responses(self):
        responses = self.openai().responses
        whole = responses.create(model="gpt-4o", input="Tell me a joke")
        self.assertEqual((whole.output_text, whole.status), (REPLY, "completed"))
        with responses.stream(model="gpt-4o", input="Tell me a joke") as stream:
            deltas = [event.delta for event in stream if event.type == "response.output_text.delta"]
            last = stream.get_final_response()
        self.assertEqual("".join(deltas), REPLY)
        self.assertEqual((last.output_text, last.usage), (REPLY, whole.usage))

    def test_openai_errors(self):
        with self.assertRaises(openai.RateLimitError) as limited:
            self.openai("--always", "429:2").chat.completions.create(model="m", messages=ASKED)
        self.assertEqual(limited.exception.response.headers["retry-after"], "2")
        with self.assertRaises(openai.InternalServerError):
            self.openai("--always", "500").responses.create(model="m", input="Hi")
        with self.assertRaises(openai.APIError):
            list(self.openai("--always", "error-event").chat.completions.create(model="m", messages=ASKED, stream=True))

    def test_anthropic(self):
        client = anthropic.Anthropic(api_key="k", base_url=self.mock(), max_retries=0)
        self.addCleanup(client.close)
        ask = {"model": "claude-sonnet-4-5", "max_tokens": 100, "messages": ASKED,
               "tools": [{"name": "weather", "input_schema": WEATHER}]}
        whole = client.messages.create(**ask)
        self.assertEqual((whole.content[0].text, whole.stop_reason), (REPLY, "end_turn"))
        with client.messages.stream(**ask) as stream:
            self.assertEqual("".join(stream.text_stream), REPLY)
            last = stream.get_final_message()
        self.assertEqual((last.stop_reason, last.usage.output_tokens), ("end_turn", whole.usage.output_tokens))
        busy = anthropic.Anthropic(api_key="k", base_url=self.mock("--always", "529"), max_retries=0)
        self.addCleanup(busy.close)
        with self.assertRaises(anthropic.InternalServerError) as overloaded:
            busy.messages.create(**ask)
        self.assertEqual(overloaded.exception.status_code, 529)

    def test_google_genai(self):
        client = genai.Client(api_key="k", http_options={"base_url": self.mock()})
        whole = client.models.generate_content(model="gemini-2.5-flash", contents="Tell me a joke")
        self.assertEqual((whole.text, whole.candidates[0].finish_reason.name), (REPLY, "STOP"))
        chunks = list(client.models.generate_content_stream(model="gemini-2.5-flash", contents="Tell me a joke"))
        self.assertEqual("".join(chunk.text or "" for chunk in chunks), REPLY)
        self.assertEqual(chunks[-1].usage_metadata.candidates_token_count, whole.usage_metadata.candidates_token_count)

    def test_cohere(self):
        client = cohere.ClientV2(api_key="k", base_url=self.mock())
        whole = client.chat(model="command-a-03-2025", messages=ASKED)
        self.assertEqual((whole.message.content[0].text, whole.finish_reason), (REPLY, "COMPLETE"))
        events = list(client.chat_stream(model="command-a-03-2025", messages=ASKED))
        deltas = [event.delta.message.content.text for event in events if event.type == "content-delta"]
        self.assertEqual(("".join(deltas), events[-1].delta.finish_reason), (REPLY, "COMPLETE"))

    def test_mistral(self):
        with Mistral(api_key="k", server_url=self.mock()) as client:
            whole = client.chat.complete(model="mistral-small-latest", messages=ASKED)
            self.assertEqual((whole.choices[0].message.content, whole.choices[0].finish_reason), (REPLY, "stop"))
            with client.chat.stream(model="mistral-small-latest", messages=ASKED) as stream:
                chunks = [event.data.choices[0] for event in stream if event.data.choices]
        self.assertEqual("".join(chunk.delta.content or "" for chunk in chunks), REPLY)
        self.assertEqual(chunks[-1].finish_reason, "stop")

    def test_ollama(self):
        client = ollama.Client(host=self.mock())
        whole = client.chat(model="qwen3", messages=ASKED)
        self.assertEqual((whole.message.content, whole.done_reason), (REPLY, "stop"))
        parts = list(client.chat(model="qwen3", messages=ASKED, stream=True))
        self.assertEqual("".join(part.message.content or "" for part in parts), REPLY)
        self.assertTrue(parts[-1].done)

    def test_bedrock(self):
        def client(*args):
            config = botocore.config.Config(retries={"total_max_attempts": 1})
            return boto3.client("bedrock-runtime", endpoint_url=self.mock(*args), region_name="us-east-1",
                                aws_access_key_id="x", aws_secret_access_key="x", config=config)

        ask = {"modelId": "anthropic.claude", "messages": [{"role": "user", "content": [{"text": "A joke"}]}]}
        runtime = client()
        whole = runtime.converse(**ask)
        self.assertEqual((whole["output"]["message"]["content"][0]["text"], whole["stopReason"]), (REPLY, "end_turn"))
        events = list(runtime.converse_stream(**ask)["stream"])
        deltas = [event["contentBlockDelta"]["delta"]["text"] for event in events if "contentBlockDelta" in event]
        self.assertEqual("".join(deltas), REPLY)
        self.assertEqual([event["metadata"]["usage"] for event in events if "metadata" in event], [whole["usage"]])
        with self.assertRaises(botocore.exceptions.EventStreamError):
            list(client("--always", "error-event").converse_stream(**ask)["stream"])


if __name__ == "__main__":
    unittest.main()
