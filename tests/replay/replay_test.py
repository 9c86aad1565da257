#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`sloop complete`, `embed` and `rerank` print what recorded answers are known to mean."""
import collections
import concurrent.futures
import json
import os
import subprocess
import sys
import unittest

import recorded

SKIP = 77
if not recorded.FOLDER.exists():
    print(f"skipped: no recordings in {recorded.FOLDER}; set SLOOP_SHARED")
    sys.exit(SKIP)

DIALECTS = {
    "openai_chat": "openai-chat", "azure_openai": "openai-chat", "openai_compatible": "openai-chat",
    "openrouter": "openai-chat", "openai_responses": "openai-responses", "anthropic": "anthropic",
    "bedrock_invoke": "anthropic", "gemini": "gemini", "cohere": "cohere", "mistral": "mistral", "ollama": "ollama",
    "bedrock_converse": "bedrock-converse",
}
VECTOR_DIALECTS = {"google": "gemini", "cohere": "cohere", "mistral": "mistral"}
ROWS = recorded.rows()
ADDRESS = recorded.serve(ROWS)


def run(subcommand, dialect, number, request, *flags):
    """The lines that the command prints, parsed, and its exit status."""
    command = [os.environ["SLOOP"], subcommand, "--dialect", dialect, "--model", "any", "--api-key", "k", "--attempts",
               "1", "--base-url", f"{ADDRESS}/{number}", *flags]
    done = subprocess.run(command, input=json.dumps(request), capture_output=True, text=True, timeout=60, check=False)
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode


def error_problems(result, expected, status):
    wanted, got = expected["error"], result["error"]
    if wanted is None:
        return [] if got is None and status == 0 else [f"error {got}, exit status {status}"]
    if got is None or status == 0:
        return ["no error"]
    problems = [] if got["status"] == wanted["status"] else [f"error.status {got['status']}"]
    if wanted["message"] is not None and got["message"] != wanted["message"]:
        problems.append(f"error.message {got['message']}")
    return problems


def differences(got, wanted, keys):
    return [f"{key}: {got.get(key)!r:.300} instead of {wanted.get(key)!r:.300}" for key in keys
            if got.get(key) != wanted.get(key)]


def opening_call(row):
    """Anthropic's streams may hold calls of code of its own in their first event; `expected` overlooks those."""
    return row["dialect"] == "anthropic" and '"message_start"' in row["body"][:200] and row["expected"]["finish"] == "other"


def chat_problems(row, lines, status):
    *events, result = lines
    expected = row["expected"]
    problems = error_problems(result, expected, status)
    if opening_call(row):
        return problems + ([] if result["tool_calls"] else ["a lost call"])
    problems += differences(result, expected, ("text",) if expected["error"] else
                            ("text", "reasoning", "finish", "finish_raw", "refusal"))
    if not expected["error"]:
        calls = [{"name": call["name"], "arguments": call["arguments"]} for call in result["tool_calls"]]
        problems += differences({"tool_calls": calls}, expected, ("tool_calls",))
        stated = {name: count for name, count in expected["usage"].items() if count is not None}
        problems += differences(result["usage"], stated, stated)
    if events and "".join(event["text"] for event in events if event["type"] == "text_delta") != result["text"]:
        problems.append("the deltas are not the text")
    return problems


def vector_problems(row, result, status):
    expected = row["expected"]
    problems = error_problems(result, expected, status)
    if expected["error"]:
        return problems
    keys = ("vectors", "dimensions", "first") if row["dialect"] == "embeddings" else ("ranking",)
    return problems + differences(result, expected, keys)


def replay(number):
    """What is wrong with a row, and how it was asked for."""
    row = ROWS[number]
    if row["dialect"] in DIALECTS:
        flags = ["--stream"] if row["kind"] in ("sse", "ndjson", "aws_eventstream") else []
        request = {"messages": [{"role": "user", "content": "Hello"}]}
        return flags, chat_problems(row, *run("complete", DIALECTS[row["dialect"]], number, request, *flags))
    dialect = VECTOR_DIALECTS.get(row["vendor"], "openai-chat")
    count = row["expected"].get("vectors") or 1
    documents = ["a"] * (1 + max([place["index"] for place in row["expected"].get("ranking") or []], default=0))
    embeds = row["dialect"] == "embeddings"
    request = {"texts": ["a"] * count} if embeds else {"query": "q", "documents": documents}
    lines, status = run("embed" if embeds else "rerank", dialect if embeds else "cohere", number, request)
    return [], vector_problems(row, lines[-1], status)


class Replay(unittest.TestCase):
    def test_what_is_printed_is_what_the_answer_means(self):
        counts = collections.defaultdict(collections.Counter)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for row, (flags, problems) in zip(ROWS, pool.map(replay, range(len(ROWS)))):
                counts[row["dialect"]]["streamed" if flags else "whole"] += 1
                counts[row["dialect"]]["failed"] += bool(problems)
                with self.subTest(row=row["id"]):
                    self.assertEqual(problems, [])
        print("\n| recordings | whole | streamed | failed |\n|---|---:|---:|---:|")
        for dialect, count in sorted(counts.items()):
            print(f"| {dialect} | {count['whole']} | {count['streamed']} | {count['failed']} |")
        self.assertGreater(sum(count["streamed"] for count in counts.values()), 50)


if __name__ == "__main__":
    unittest.main()
