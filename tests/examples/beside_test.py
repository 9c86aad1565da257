#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Examples that need more than one event: an extension beside a function, and many invocations in one process."""
import concurrent.futures
import http.server
import json
import os
import pathlib
import queue
import re
import shutil
import subprocess
import tempfile
import threading
import unittest
import urllib.error
import urllib.request

SLOOP, SHIPPER, MANAGED = (os.environ[name] for name in ("SLOOP", "SHIPPER", "MANAGED"))


class Sink(http.server.ThreadingHTTPServer):
    """Where the shipper sends lines to."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), SinkHandler)
        self.lines = queue.Queue()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/lines"


class SinkHandler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        for line in self.rfile.read(int(self.headers["content-length"])).splitlines():
            self.server.lines.put(json.loads(line))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


class LocalLambda:
    """`sloop watch` on a free port; ended by its process id."""

    def __init__(self, *arguments, **environment):
        self.process = subprocess.Popen([SLOOP, "watch", *arguments, "--port", "0", "--timeout", "20"], text=True,
                                        stderr=subprocess.PIPE, env={**os.environ, **environment})
        for line in self.process.stderr:
            if found := re.search(r"is at (http://\S+)", line):
                break
        self.url = found[1]
        # The log goes on; nobody needs it here.
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=20)

    def invoke(self, event):
        request = urllib.request.Request(self.url + "/2015-03-31/functions/function/invocations",
                                         data=json.dumps(event).encode(), method="POST")
        for _ in range(100):
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return json.load(answer), answer.headers.get("x-amz-function-error")
            except urllib.error.HTTPError as error:
                if error.code != 429:  # All are busy: AWS's SDKs ask again, too.
                    raise
        raise AssertionError("all environments stay busy")


class Beside(unittest.TestCase):
    def test_the_shipper_sends_what_the_function_logged_and_cost(self):
        sink = Sink()
        with tempfile.TemporaryDirectory() as folder:
            # A copy: Lambda knows external extensions by the names of their files.
            shutil.copy(SHIPPER, pathlib.Path(folder, "log-shipper"))
            with LocalLambda(MANAGED, "--extensions", folder, LOG_SHIPPER_URL=sink.url) as function:
                answer, error = function.invoke({"guest": "Ada"})
                self.assertEqual((answer["response"], error), ("Welcome aboard, Ada!", None))
        # The environment was frozen after its reply: the lines come at its end.
        lines = [sink.lines.get(timeout=20) for _ in range(2)]
        self.assertEqual([line["type"] for line in lines], ["function", "platform.report"])
        self.assertIn("welcome", str(lines[0]["message"]))
        self.assertGreater(lines[1]["durationMs"], 0)

    def test_many_invocations_share_one_process(self):
        with LocalLambda(MANAGED, "--managed-instances", "16", "--concurrency", "1") as function:
            with concurrent.futures.ThreadPoolExecutor(16) as callers:
                answers = list(callers.map(lambda i: function.invoke({"guest": f"g{i}" if i != 7 else ""}), range(64)))
        failed = [i for i, (_, error) in enumerate(answers) if error]
        self.assertEqual(failed, [7])
        self.assertEqual(answers[7][0]["errorType"], "Function.InvalidInput")
        for i, (answer, _) in enumerate(answers):
            if i != 7:
                self.assertEqual(answer["response"], f"Welcome aboard, g{i}!")
        # One process counted them all.
        self.assertEqual(sorted(answer["visitor"] for i, (answer, _) in enumerate(answers) if i != 7), list(range(1, 64)))


if __name__ == "__main__":
    unittest.main()
