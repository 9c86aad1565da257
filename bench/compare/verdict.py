# SPDX-License-Identifier: Apache-2.0
"""Holds the figures of one run against the goals, and adds goals and streams to the page.

    verdict.py --results FILE [--streams FILE] [--page FILE] [--left-out TEXT]..

A goal is a ratio of Sloop's figure to a peer's. A figure that was not measured gives no verdict.
"""
import argparse
import html
import json
import os

# (peer, what, at most, where). Where: "package", (figure, memory in MB), or (stream figure, runs).
FULL = 1769  # MB that buy one CPU
MANY = 1000
GOALS = [
    ("rig", "package", 0.5, "package"),
    ("rig", "exec to first reply at 128 MB", 0.03, ("first_reply_ms", 128)),
    ("rig", "exec to first reply, full CPU", 0.15, ("first_reply_ms", FULL)),
    ("rig", "peak memory", 0.45, ("peak_mb", 128)),
    ("rig", "CPU of a warm invocation", 0.4, ("warm_cpu_ms", 128)),
    ("rig", "CPU per run of 1,000 at once", 0.25, ("stream", "cpu_ms", MANY)),
    ("rig", "memory of 1,000 at once", 0.5, ("stream", "peak_mb", MANY)),
    ("rig", "CPU of the long stream", 0.1, ("stream", "cpu_ms", 1)),
    ("langchaingo", "exec to first reply at 128 MB", 0.2, ("first_reply_ms", 128)),
    ("langchaingo", "exec to first reply, full CPU", 0.8, ("first_reply_ms", FULL)),
    ("langchaingo", "peak memory", 0.6, ("peak_mb", 128)),
    ("langchaingo", "CPU per run of 1,000 at once", 0.75, ("stream", "cpu_ms", MANY)),
    ("langchain", "package", 0.08, "package"),
    ("langchain", "cold start", 0.01, ("first_reply_ms", 128)),
    ("langchain", "peak memory", 0.07, ("peak_mb", 128)),
    ("hello-rust", "exec to first /next, nothing opened", 1.2, ("init_ms", 128)),
]
LONGEST = 200_000  # deltas


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", required=True)
    parser.add_argument("--streams", default="")
    parser.add_argument("--page", default="")
    parser.add_argument("--left-out", action="append", default=[])
    return parser.parse_args()


def read(path):
    if not path or not os.path.exists(path):
        return None
    with open(path) as file:
        return json.load(file)


def function_figure(results, name, where):
    for one in results["measurements"]:
        if one["name"] != name:
            continue
        if where == "package":
            return one["package_bytes"] or None
        key, memory = where
        if one["memory_mb"] == memory and key in one:
            return one[key]["median"]
    return None


def stream_figures(streams, name, key, runs):
    """The figure by way (plain, TLS); CPU for each run, and of a shorter long stream as if it went on."""
    found = {}
    for result in streams or []:
        scene = result["scene"]
        one = result["clients"].get(name)
        is_long = scene["deltas"] == LONGEST
        if one is None or "error" in one or scene["runs"] != runs or is_long != (runs == 1):
            continue
        value = one[key]["median"]
        if key == "cpu_ms":
            value = value / runs * scene["deltas"] / one["deltas"]
        found[scene["way"]] = value
    return found


def ratios(results, streams, peer, where):
    """Pairs of (way, ratio): one without a way, or one for each way of streaming."""
    if where[0] == "stream":
        ours = stream_figures(streams, "sloop", *where[1:])
        theirs = stream_figures(streams, peer, *where[1:])
        return [(way, ours[way] / theirs[way]) for way in ours if theirs.get(way)]
    # The function that opens no connection is compared with the one that has none to open.
    ours = function_figure(results, "hello-sloop" if peer == "hello-rust" else "sloop", where)
    theirs = function_figure(results, peer, where)
    return [("", ours / theirs)] if ours and theirs else []


def verdicts(results, streams):
    rows = []
    for peer, what, goal, where in GOALS:
        measured = ratios(results, streams, peer, where)
        if not measured:
            rows.append((peer, what, goal, "-", "not measured"))
        for way, ratio in measured:
            name = f"{what}, {way}" if way else what
            rows.append((peer, name, goal, f"{ratio:.3f}", "met" if ratio <= goal else f"missed by {ratio / goal:.2f}x"))
    return rows


def text_table(rows):
    lines = [f"{'against':<13}{'Sloop / peer':<40}{'goal':>8}{'ratio':>9}  verdict"]
    lines += [f"{peer:<13}{what:<40}{goal:>8}{ratio:>9}  {verdict}" for peer, what, goal, ratio, verdict in rows]
    return "\n".join(lines)


def html_table(caption, head, rows):
    def cells(tag, row):
        return "".join(f"<{tag}>{html.escape(str(cell))}</{tag}>" for cell in row)
    body = "".join(f"<tr><th scope=\"row\">{html.escape(str(row[0]))}</th>{cells('td', row[1:])}</tr>\n" for row in rows)
    return (f"<h3>{html.escape(caption)}</h3>\n<div class=\"scroll\"><table>\n<thead><tr>{cells('th', head)}</tr></thead>\n"
            f"<tbody>\n{body}</tbody>\n</table></div>\n")


def stream_tables(streams):
    out = ""
    for result in streams or []:
        scene = result["scene"]
        way = "TLS, HTTP/2" if scene["way"] == "tls" else "plain HTTP/1.1"
        what = f"one stream of {scene['deltas']:,} deltas" if scene["deltas"] == LONGEST else f"{scene['runs']:,} runs at once"
        rows = []
        for name, one in result["clients"].items():
            if "error" in one:
                rows.append((name, "failed", "-", "-", "-"))
                continue
            cpu = one["cpu_ms"]["median"] / scene["runs"] * scene["deltas"] / one["deltas"]
            rows.append((name, f"{one['wall_ms']['median']:,.0f}", f"{cpu:,.2f}", f"{one['peak_mb']['median']:,.1f}",
                         f"{one['connections']['median']:,.0f}"))
        out += html_table(f"{what}, {way}", ("client", "wall, ms", "CPU of a run, ms", "peak memory, MB", "connections"), rows)
    return out


def section(title, hint, content):
    return f"<section>\n<h2>{title}</h2>\n<p class=\"hint\">{html.escape(hint)}</p>\n{content}</section>\n"


def add_to_page(path, rows, streams, left_out):
    with open(path) as file:
        page = file.read()
    added = section("Goals", "Ratios of Sloop's medians to those of the peer, in this run.",
                    html_table("Sloop / peer", ("against", "what", "goal", "ratio", "verdict"), rows))
    if streams:
        added += section("Many streams", "50 deltas each, 200 ms to the first byte; a client whose long stream is shorter is "
                         "counted as if it went on. curl is libcurl alone, which counts bytes.", stream_tables(streams))
    if left_out:
        items = "".join(f"<li>{html.escape(text)}</li>" for text in left_out)
        added += section("Left out", "What this machine could not build.", f"<ul>{items}</ul>\n")
    before, footer, rest = page.partition("<footer>")
    if not footer:
        raise SystemExit(f"{path}: no footer to put the goals before")
    with open(path, "w") as file:
        file.write(before + added + footer + rest)


def main():
    options = arguments()
    results = read(options.results)
    streams = read(options.streams)
    rows = verdicts(results, streams)
    print(text_table(rows))
    for text in options.left_out:
        print(f"left out: {text}")
    if options.page:
        add_to_page(options.page, rows, streams, options.left_out)


if __name__ == "__main__":
    main()
