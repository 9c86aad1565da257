# SPDX-License-Identifier: Apache-2.0
"""The REST example as a plain server and behind every door of the local Lambda; the chat, streamed; its document.

Reads SLOOP (the command), REST and CHAT (the examples), MISBEHAVING (a service that does) and PEERS (a Python environment with tests/peers' packages; the
document's validator is there: without it that test alone is skipped).
"""
import gzip
import http.client
import json
import os
import pathlib
import subprocess
import threading
import unittest

SLOOP, REST, CHAT, MISBEHAVING, PEERS = (
    os.environ[name] for name in ("SLOOP", "REST", "CHAT", "MISBEHAVING", "PEERS"))


class Web(unittest.TestCase):
    def start(self, args, **options):
        process = subprocess.Popen([str(arg) for arg in args], stdin=subprocess.DEVNULL, text=True, **options)

        def stop():
            process.terminate()
            process.wait(20)
            for pipe in (process.stdout, process.stderr):
                if pipe:
                    pipe.close()

        self.addCleanup(stop)
        return process

    def serve(self, program, **environment):
        """The host and port of `program` as a plain server."""
        variables = {k: v for k, v in os.environ.items() if k != "AWS_LAMBDA_RUNTIME_API"} | environment
        process = self.start([program, "--port", 0], env=variables, stderr=subprocess.PIPE)
        for line in process.stderr:
            if "listening on http://" in line:
                return line.rsplit("http://", 1)[1].strip()
        self.fail("the server ended")

    def ask(self, host, method, path, body=None, prefix="", **headers):
        connection = http.client.HTTPConnection(host, timeout=30)
        self.addCleanup(connection.close)
        connection.request(method, prefix + path, body, {k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def check_service(self, host, prefix=""):
        def ask(*args, **headers):
            return self.ask(host, *args, prefix=prefix, **headers)

        status, headers, body = ask("POST", "/notes", json.dumps({"title": "A \u00fc", "tags": ["x"] * 400}),
                                    content_type="application/json")
        self.assertEqual(status, 201, body)
        note = json.loads(body)
        self.assertEqual(note["title"], "A \u00fc")
        path = f"/notes/{note['id']}"
        self.assertEqual(json.loads(ask("GET", path)[2]), note)
        status, headers, body = ask("GET", path, accept_encoding="gzip")
        self.assertEqual(headers["content-encoding"], "gzip")
        self.assertEqual(json.loads(gzip.decompress(body)), note)
        self.assertEqual(json.loads(ask("GET", "/notes?tag=a%26b")[2]), [])
        file = bytes(range(256)) * 64
        self.assertEqual(ask("PUT", path + "/file", file, content_type="image/png")[0], 204)
        status, headers, body = ask("GET", path + "/file", accept="image/png")
        self.assertEqual((status, headers["content-type"], body), (200, "image/png", file))
        status, headers, body = ask("POST", "/notes", '{"title":1}', content_type="application/json")
        self.assertEqual((status, headers["content-type"]), (422, "application/problem+json"))
        self.assertIn("body.title: ", json.loads(body)["detail"])
        self.assertEqual(ask("POST", "/notes", "{", content_type="text/plain")[0], 415)
        self.assertEqual(ask("GET", "/notes/x")[0], 400)
        self.assertEqual(ask("GET", "/notes/77")[0], 404)
        status, headers, body = ask("DELETE", "/notes")
        self.assertEqual((status, headers["allow"]), (405, "GET, HEAD, POST"))

    def test_a_plain_server_answers(self):
        self.check_service(self.serve(REST))

    def test_every_door_answers_alike(self):
        for door in ("url=0", "http-api=0", "http-api=0,stage=prod", "rest-api=0,stage=prod,binary=*/*", "alb=0",
                     "alb=0,multi-value"):
            with self.subTest(door=door):
                self.check_service(*self.door(REST, door))

    def test_what_is_bad_is_answered_and_so_is_the_next(self):
        host, _ = self.door(MISBEHAVING, "url=0", timeout=5, memory=1769)
        json_type = {"content_type": "application/json"}
        many = {f"x-{i}": "v" for i in range(10_000)}
        for what, wanted, call in (
                ("an int is thrown", {500}, lambda: self.ask(host, "GET", "/int")),
                ("the process exits", {502}, lambda: self.ask(host, "GET", "/exit")),
                ("the handler blocks", {502, 504}, lambda: self.ask(host, "GET", "/hang")),
                ("a reply of 8 MB", {502, 413}, lambda: self.ask(host, "GET", "/large")),
                ("a header is injected", {500}, lambda: self.ask(host, "GET", "/header?value=a%0d%0ax-evil:%201")),
                ("no JSON", {400}, lambda: self.ask(host, "POST", "/things", "{", **json_type)),
                ("a NUL in JSON", {400}, lambda: self.ask(host, "POST", "/things", b'{"name":"a\0"}', **json_type)),
                ("invalid UTF-8 in JSON", {400}, lambda: self.ask(host, "POST", "/things", b'{"name":"\xff"}', **json_type)),
                ("another content type", {415}, lambda: self.ask(host, "POST", "/things", "a=b", content_type="text/plain")),
                ("10,000 headers", {200, 400, 413, 431}, lambda: self.ask(host, "GET", "/well", **many))):
            with self.subTest(what):
                try:
                    status, headers, _ = call()
                    self.assertIn(status, wanted)
                    self.assertNotIn("x-evil", headers)
                except (ConnectionError, http.client.HTTPException) as error:
                    self.assertEqual(what, "10,000 headers", error)
                self.assertEqual(self.ask(host, "GET", "/well")[2], b"well")
        self.assertEqual(self.ask(host, "GET", "/files/a%2fb/c")[2], b"a/b/c")
        for path in ("/files/../../etc/passwd", "/files/..%2f..%2fetc/passwd", "/files/a%00b"):
            self.assertEqual(self.ask(host, "GET", path)[0], 400, path)

    def door(self, program, door, timeout=20, memory=128):
        """Host and path prefix of a front door of the local Lambda, with `program` as the function."""
        process = self.start([SLOOP, "watch", program, "--port", 0, "--timeout", timeout, "--memory", memory,
                              "--door", door],
                             stderr=subprocess.PIPE)
        for line in process.stderr:
            if " is at http://" in line and "--data" not in line:
                # Read on, so that the function's log never fills the pipe.
                threading.Thread(target=process.stderr.read, daemon=True).start()
                host, _, prefix = line.rsplit("http://", 1)[1].strip().partition("/")
                return host, "/" + prefix if prefix else ""
        self.fail("the local Lambda ended")

    def test_a_streaming_function_url_sends_pieces(self):
        host, prefix = self.door(CHAT, "url=0,stream")
        status, headers, body = self.ask(host, "POST", "/chat", '{"prompt":1}', prefix, content_type="application/json")
        self.assertEqual((status, headers["content-type"]), (422, "application/problem+json"), body)

    def test_a_chat_arrives_in_pieces(self):
        mock = self.start([SLOOP, "mock", "--port", 0, "--reply", "Ha ha ha!"], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL)
        host = self.serve(CHAT, OPENAI_API_KEY="k", OPENAI_BASE_URL=mock.stdout.readline().strip())
        status, headers, body = self.ask(host, "POST", "/chat", '{"prompt":"Hi"}', content_type="application/json")
        self.assertEqual((status, headers["content-type"]), (200, "text/event-stream"))
        events = [line[6:] for line in body.decode().splitlines() if line.startswith("data: ")]
        self.assertEqual(events[-1], "[DONE]")
        self.assertEqual("".join(json.loads(event)["text"] for event in events[:-1]), "Ha ha ha!")
        self.assertEqual(headers["transfer-encoding"], "chunked")

    def test_the_document_is_valid(self):
        python = pathlib.Path(PEERS) / "bin" / "python3"
        check = "import sys, json, openapi_spec_validator as v; v.validate(json.load(sys.stdin))"
        if not python.exists() or subprocess.run([python, "-c", "import openapi_spec_validator"], capture_output=True).returncode:
            self.skipTest("openapi-spec-validator is not installed: run ./dev test")
        document = self.ask(self.serve(REST), "GET", "/openapi.json")[2]
        done = subprocess.run([python, "-c", check], input=document, capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        self.assertEqual(json.loads(document)["openapi"], "3.1.0")


if __name__ == "__main__":
    unittest.main()
