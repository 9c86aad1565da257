#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The table of README.md from the benchmarks' JSON on standard input:

    build/bench/bench/micro_bench --benchmark_filter='decode/|encode/' --benchmark_format=json | bench/micro/table.py
"""
import json
import sys

RUNS = {run["name"]: run for run in json.load(sys.stdin)["benchmarks"]}
print("| wire format | decode, MB/s | million events/s | allocations per event | encode, µs | encode, MB/s |")
print("|---|---:|---:|---:|---:|---:|")
for name in (run.removeprefix("decode/") for run in RUNS if run.startswith("decode/")):
    decode, encode = RUNS["decode/" + name], RUNS["encode/" + name]
    print(f"| {name} | {decode['bytes_per_second'] / 1e6:.0f} | {decode['items_per_second'] / 1e6:.2f} "
          f"| {decode['allocations/event']:.1f} | {encode['cpu_time'] / 1e3:.0f} | {encode['bytes_per_second'] / 1e6:.0f} |")
