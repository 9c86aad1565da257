#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Recorded answers as first inputs of the fuzz targets: seeds.py RECORDINGS TARGET FOLDER. Nothing where there are none."""
import base64
import collections
import hashlib
import json
import pathlib
import sys

LONGEST, PER_SOURCE = 6000, 40
DIALECTS = {
    "openai_chat": ("openai_chat", "openai_compatible", "openrouter", "azure_openai", "mistral"),
    "anthropic": ("anthropic", "bedrock_invoke"),
    "vectors": ("embeddings", "rerank"),
}


def wanted(target):
    """The dialects of a target's seeds, and whether they are streams; no dialects: all of them."""
    if target in ("sse", "json", "aws_event_stream"):
        return None, target != "json"
    name, _, kind = target.rpartition("_")
    if kind not in ("stream", "text", "whole"):
        name = target
    return DIALECTS.get(name, (name,)), kind in ("stream", "text")


def fits(target, row, streamed):
    binary = row["kind"] == "aws_eventstream"
    if target == "sse":
        return row["kind"] == "sse"
    if target == "aws_event_stream":
        return binary
    return streamed == (row["kind"] in ("sse", "ndjson", "aws_eventstream"))


def main(recordings, target, folder):
    dialects, streamed = wanted(target)
    taken = collections.Counter()
    for file in sorted(recordings.glob("**/*.jsonl")):
        for line in file.open(encoding="utf-8"):
            row = json.loads(line)
            if dialects is not None and row["dialect"] not in dialects or not fits(target, row, streamed):
                continue
            body = base64.b64decode(row["body_base64"]) if "body_base64" in row else row.get("body", "").encode()
            source = (row["dialect"], row["vendor"], row["status"])
            if not 0 < len(body) <= LONGEST or taken[source] == PER_SOURCE:
                continue
            taken[source] += 1
            # The first byte of a stream decides how the rest is cut.
            seed = (b"\x07" if streamed and target != "aws_event_stream" else b"") + body
            (folder / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3]))
