#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the table of prices (libs/model/src/price_table.inc) from a list of prices in the form of genai-prices.

usage: scripts/prices.py DATA.json DATE
"""
import json
import pathlib
import sys

# Names in the list, and in our table of providers. OpenRouter tells the cost of a call itself.
PROVIDERS = {
    "anthropic": "anthropic", "aws": "bedrock", "azure": "azure", "cerebras": "cerebras", "cohere": "cohere",
    "deepseek": "deepseek", "doubleword": "doubleword", "fireworks": "fireworks", "google": "gemini", "groq": "groq",
    "minimax": "minimax", "mistral": "mistral", "moonshotai": "moonshot", "openai": "openai",
    "perplexity": "perplexity", "together": "together", "x-ai": "xai", "zhipuai": "zai",
}
KINDS = {"equals": "equals", "starts_with": "starts_with", "ends_with": "ends_with", "contains": "contains"}
NAMES = ("input_mtok", "output_mtok", "cache_read_mtok", "cache_write_mtok")


def clauses(match):
    """The patterns of which one has to fit; combinations that a row can't say give none."""
    if "or" in match:
        return [pair for one in match["or"] for pair in clauses(one)]
    return [(KINDS[kind], text) for kind, text in match.items() if kind in KINDS]


def current(prices):
    """The prices that hold always, or since the latest date."""
    if isinstance(prices, dict):
        return prices
    dated = [one for one in prices if "start_date" in one.get("constraint", {"start_date": ""})]
    return dated[-1]["prices"]


def at(value, beyond):
    """A price, or that of its tier; the number of tokens from which on it holds."""
    if not isinstance(value, dict):
        return value, 0
    if not value.get("tiers"):
        return value["base"], 0
    tier = value["tiers"][0]
    return (tier["price"] if beyond else value["base"]), tier["start"]


def numbers(prices, beyond):
    rates, threshold = [], 0
    for name in NAMES:
        rate, start = at(prices.get(name, 0 if name in NAMES[:2] else -1), beyond)
        rates.append(rate if rate is not None else -1)
        threshold = max(threshold, start)
    return ", ".join(f"{rate:g}" for rate in rates), threshold


def rows(data):
    for provider in data:
        ours = PROVIDERS.get(provider["id"])
        if ours is None:
            continue
        for model in provider["models"]:
            prices = current(model["prices"])
            base, threshold = numbers(prices, False)
            above = f", {threshold}, {{{numbers(prices, True)[0]}}}" if threshold else ""
            for kind, text in clauses(model["match"]):
                yield f'{{"{ours}", Match::{kind}, "{text}", {{{{{base}}}{above}}}}},'


def main():
    data = json.loads(pathlib.Path(sys.argv[1]).read_text())
    folder = pathlib.Path(__file__).parent.parent / "libs/model/src"
    head = "// SPDX-License-Identifier: Apache-2.0\n// Written by scripts/prices.py; US dollars for a million tokens.\n"
    (folder / "price_table.inc").write_text(head + "\n".join(rows(data)) + "\n")
    (folder / "price_date.inc").write_text(f'"{sys.argv[2]}"\n')


if __name__ == "__main__":
    main()
