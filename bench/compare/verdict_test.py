# SPDX-License-Identifier: Apache-2.0
import os
import tempfile
import unittest

import verdict


def function(name, memory, first_reply, package=1_000_000):
    return {"name": name, "memory_mb": memory, "package_bytes": package, "first_reply_ms": {"median": first_reply}}


def stream(runs, deltas, clients):
    scene = {"way": "plain", "runs": runs, "deltas": deltas}
    return {"scene": scene, "clients": {name: one if "error" in one else {
        "deltas": one.get("deltas", deltas), "cpu_ms": {"median": one["cpu"]}, "peak_mb": {"median": 30},
        "wall_ms": {"median": 300}, "connections": {"median": 10}} for name, one in clients.items()}}


RESULTS = {"measurements": [function("sloop", 128, 4.0), function("rig", 128, 400.0, 4_000_000),
                            function("sloop", 1769, 4.0), function("rig", 1769, 20.0)]}


def row_of(rows, peer, what):
    return next(row for row in rows if row[:2] == (peer, what))


class Verdict(unittest.TestCase):
    def test_a_ratio_within_the_goal_meets_it_and_one_beyond_says_by_how_much(self):
        rows = verdict.verdicts(RESULTS, None)
        self.assertEqual(row_of(rows, "rig", "package")[2:], (0.5, "0.250", "met"))
        self.assertEqual(row_of(rows, "rig", "exec to first reply at 128 MB")[2:], (0.03, "0.010", "met"))
        self.assertEqual(row_of(rows, "rig", "exec to first reply, full CPU")[2:], (0.15, "0.200", "missed by 1.33x"))

    def test_what_was_not_measured_or_failed_has_no_verdict(self):
        streams = [stream(1000, 50, {"sloop": {"cpu": 150}, "rig": {"error": "killed"}})]
        rows = verdict.verdicts(RESULTS, streams)
        self.assertEqual(row_of(rows, "rig", "CPU per run of 1,000 at once")[3:], ("-", "not measured"))
        self.assertEqual(row_of(rows, "langchain", "package")[3:], ("-", "not measured"))

    def test_many_runs_are_counted_by_run_and_a_shorter_long_stream_as_if_it_went_on(self):
        streams = [stream(1000, 50, {"sloop": {"cpu": 150}, "rig": {"cpu": 1000}}),
                   stream(1, 200_000, {"sloop": {"cpu": 180}, "rig": {"cpu": 200, "deltas": 20_000}})]
        rows = verdict.verdicts(RESULTS, streams)
        self.assertEqual(row_of(rows, "rig", "CPU per run of 1,000 at once, plain")[3:], ("0.150", "met"))
        self.assertEqual(row_of(rows, "rig", "CPU of the long stream, plain")[3:], ("0.090", "met"))

    def test_goals_and_streams_stand_in_the_page_before_its_footer(self):
        streams = [stream(100, 50, {"sloop": {"cpu": 15}, "<peer>": {"cpu": 100}})]
        with tempfile.TemporaryDirectory() as folder:
            page = os.path.join(folder, "report.html")
            with open(page, "w") as file:
                file.write("<main>before<footer>after</footer></main>")
            verdict.add_to_page(page, verdict.verdicts(RESULTS, streams), streams, ["rig: no <cargo>"])
            with open(page) as file:
                text = file.read()
        self.assertTrue(text.startswith("<main>before<section>"))
        self.assertTrue(text.endswith("</section>\n<footer>after</footer></main>"))
        for part in ("missed by 1.33x", "100 runs at once, plain HTTP/1.1", "&lt;peer&gt;", "rig: no &lt;cargo&gt;"):
            self.assertIn(part, text)

    def test_every_goal_reads_a_figure_that_the_harness_writes(self):
        names = {name for peer, _, _, where in verdict.GOALS for name in [where if where == "package" else where[0]]}
        self.assertEqual(names, {"package", "stream", "first_reply_ms", "peak_mb", "warm_cpu_ms", "init_ms"})


if __name__ == "__main__":
    unittest.main()
