# SPDX-License-Identifier: Apache-2.0
"""Many streamed calls at once in one process with LangChain: what they cost."""
import argparse
import asyncio
import json
import os
import resource
import time


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--ca", default="")
    parser.add_argument("--model", required=True)
    parser.add_argument("--runs", type=int, default=1)
    return parser.parse_args()


def cpu_ms():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return (usage.ru_utime + usage.ru_stime) * 1e3


def peak_mb():
    with open("/proc/self/status") as status:
        return next(float(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM:"))


async def run(model, messages):
    characters = 0
    async for chunk in model.astream(messages):
        characters += len(chunk.content)
    return characters


async def main(options):
    from langchain_core.messages import HumanMessage, SystemMessage
    from langchain_openai import ChatOpenAI

    model = ChatOpenAI(model=options.model, base_url=options.url, api_key="any", timeout=600, max_retries=0)
    messages = [SystemMessage("You are a comedian."), HumanMessage("Entertain me!")]
    start_cpu, start_mb, begin = cpu_ms(), peak_mb(), time.monotonic()
    done = await asyncio.gather(*(run(model, messages) for _ in range(options.runs)), return_exceptions=True)
    good = [one for one in done if isinstance(one, int)]
    result = {"runs": options.runs, "ok": len(good), "characters": sum(good),
              "wall_ms": round((time.monotonic() - begin) * 1e3, 1), "cpu_ms": round(cpu_ms(), 1),
              "peak_mb": round(peak_mb(), 2), "start_cpu_ms": round(start_cpu, 1), "start_mb": round(start_mb, 2)}
    print(json.dumps(result))


if __name__ == "__main__":
    given = arguments()
    if given.ca:
        os.environ["SSL_CERT_FILE"] = given.ca
    asyncio.run(main(given))
