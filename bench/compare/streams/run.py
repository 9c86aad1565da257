# SPDX-License-Identifier: Apache-2.0
"""Measures many streamed runs at once, and one long stream, with several clients by turns.

    run.py --provider PROGRAM --json FILE NAME=COMMAND..

The first client is the one that the others are compared with. A command may hold blanks (`python3 client.py`).
"""
import argparse
import json
import os
import resource
import shlex
import statistics
import subprocess
import sys
import tempfile
import urllib.request

DELTAS = 50
LONG = 200_000
# What needs minutes for the long stream gets a tenth of it, which the table says.
LONG_OF = {"langchain": 20_000}
WORD = len(" word")
TIMEOUT = 300


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clients", nargs="+", metavar="NAME=COMMAND")
    parser.add_argument("--provider", required=True)
    parser.add_argument("--json", required=True)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--ways", default="plain,tls")
    parser.add_argument("--runs", default="1,100,1000")
    return parser.parse_args()


def scenes(options):
    for way in options.ways.split(","):
        for runs in options.runs.split(","):
            yield {"way": way, "runs": int(runs), "deltas": DELTAS}
        yield {"way": way, "runs": 1, "deltas": LONG}


class Provider:
    def __init__(self, program, folder):
        self.ca = os.path.join(folder, "ca.pem")
        self.process = subprocess.Popen([program, "--ca", self.ca], stdout=subprocess.PIPE)
        self.doors = json.loads(self.process.stdout.readline())

    def take_stats(self):
        request = urllib.request.Request(self.doors["control"], method="POST")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=10) as answer:
            return json.load(answer)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)


def measure(name, command, scene, provider):
    deltas = LONG_OF.get(name, LONG) if scene["deltas"] == LONG else scene["deltas"]
    line = shlex.split(command) + ["--url", provider.doors[scene["way"]], "--model", f"mock-{deltas}",
                                   "--runs", str(scene["runs"])]
    if scene["way"] == "tls":
        line += ["--ca", provider.ca]
    provider.take_stats()
    environment = {key: value for key, value in os.environ.items() if "proxy" not in key.lower()}
    done = subprocess.run(line, capture_output=True, text=True, timeout=TIMEOUT, env=environment)
    if done.returncode != 0:
        raise RuntimeError(f"{name}: exit status {done.returncode}: {done.stderr.strip()[-300:]}")
    result = json.loads(done.stdout.strip().splitlines()[-1])
    expected = scene["runs"] * deltas * WORD
    if result["ok"] != scene["runs"] or result.get("characters", expected) != expected:
        raise RuntimeError(f"{name}: {result['ok']} of {scene['runs']} runs, {result.get('characters')} of "
                           f"{expected} characters: {done.stderr.strip()[-300:]}")
    return {"wall_ms": result["wall_ms"], "cpu_ms": result["cpu_ms"] - result["start_cpu_ms"],
            "memory_mb": result["peak_mb"] - result["start_mb"], "peak_mb": result["peak_mb"],
            "connections": provider.take_stats()["connections"], "deltas": deltas}


def summary(samples):
    out = {"deltas": samples[0]["deltas"]}
    for key in ("wall_ms", "cpu_ms", "memory_mb", "peak_mb", "connections"):
        values = [sample[key] for sample in samples]
        out[key] = {"median": statistics.median(values), "min": min(values), "max": max(values)}
    return out


def title(scene):
    what = f"one stream of {LONG:,} deltas" if scene["deltas"] == LONG else f"{scene['runs']:,} runs at once"
    return f"{what}, {'TLS' if scene['way'] == 'tls' else 'plain'}"


def table(results):
    names = list(results[0]["clients"])
    lines = []
    for result in results:
        lines.append(f"{title(result['scene']):<40}" + "".join(f"{name:>22}" for name in names))
        rows = (("wall_ms", "wall, ms"), ("cpu_ms", "CPU, ms per run"), ("peak_mb", "peak memory, MB"),
                ("connections", "connections"))
        for key, label in rows:
            cells = []
            first = None
            for name in names:
                one = result["clients"][name]
                if "error" in one:
                    cells.append(f"{'failed':>22}")
                    continue
                value = one[key]["median"] / (result["scene"]["runs"] if key == "cpu_ms" else 1)
                # A shorter stream is counted as if it went on.
                if key == "cpu_ms" and result["scene"]["deltas"] == LONG:
                    value *= LONG / one["deltas"]
                first = value if first is None else first
                ratio = f"{value / first:.2f}x" if first else ""
                cells.append(f"{value:>13.2f}{ratio:>9}")
            lines.append(f"  {label:<38}" + "".join(cells))
    for name, deltas in LONG_OF.items():
        if name in names:
            lines.append(f"{name}'s long stream has {deltas:,} deltas; its CPU is scaled.")
    return "\n".join(lines)


def main():
    options = arguments()
    clients = dict(text.split("=", 1) for text in options.clients)
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    results = []
    failed = False
    with tempfile.TemporaryDirectory() as folder, Provider(options.provider, folder) as provider:
        for scene in scenes(options):
            samples = {name: [] for name in clients}
            errors = {}
            for _ in range(options.repeat):
                for name, command in clients.items():
                    if name in errors:
                        continue
                    try:
                        samples[name].append(measure(name, command, scene, provider))
                    except (RuntimeError, subprocess.TimeoutExpired) as error:
                        errors[name] = str(error)
                        print(f"failed: {title(scene)}: {error}", file=sys.stderr)
                        failed = True
            results.append({"scene": scene, "clients": {
                name: {"error": errors[name]} if name in errors else summary(samples[name]) for name in clients}})
            print(f"measured: {title(scene)}", file=sys.stderr)
    with open(options.json, "w") as file:
        json.dump(results, file, indent=1)
    print(table(results))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
