# SPDX-License-Identifier: Apache-2.0
"""The recordings, and a server that answers with them: its base URL ends in the number of the row."""
import base64
import http.server
import json
import os
import pathlib
import random
import threading

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDER = pathlib.Path(os.environ.get("SLOOP_SHARED", ROOT / ".." / "shared")) / "conformance"
EVERY = int(os.environ.get("REPLAY_EVERY", "5"))


def rows():
    """Every EVERY-th row of each file that says what it means."""
    out = []
    for file in sorted([*FOLDER.glob("exchanges/*/*.jsonl"), FOLDER / "responses/vercel.jsonl"]):
        with_meaning = [row for row in map(json.loads, file.open(encoding="utf-8")) if row.get("expected")]
        out += with_meaning[::EVERY]
    return out


def body_of(row):
    return base64.b64decode(row["body_base64"]) if "body_base64" in row else row["body"].encode()


class Player(http.server.BaseHTTPRequestHandler):
    """POST /<row>/... answers the row's body in chunks of random size."""

    protocol_version = "HTTP/1.1"
    rows = []

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        row = Player.rows[int(self.path.split("/")[1])]
        self.send_response(row["status"])
        for name, value in row["response_headers"].items():
            if name.lower() not in ("content-length", "transfer-encoding", "retry-after"):
                self.send_header(name, value)
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        body, at = body_of(row), 0
        dice = random.Random(len(body))
        while at < len(body):
            piece = body[at:at + dice.choice((1, 7, 100, 3000, 60000))]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            at += len(piece)
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_):
        pass


def serve(recorded):
    """Starts the server; returns its address."""
    Player.rows = recorded
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Player)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"
