# SPDX-License-Identifier: Apache-2.0
"""Functions with AWS's Rust runtime, and with its HTTP library."""
import json
from urllib import request

from peer import NotPossible, PEERS, Peer, RuntimeCells, cell, free_port, streamed, wait_for

PROGRAMS = PEERS / "rust" / "debug"
NO_TRAILERS = "the runtime writes its trailers into the body"


class Rust(RuntimeCells, Peer):
    peer = "Rust: lambda_runtime"
    built = "rust"
    command = (PROGRAMS / "runtime",)
    stream_command = (PROGRAMS / "runtime", "stream")
    no_stream_error = NO_TRAILERS

    def body_of(self, payload):
        return payload.partition(bytes(8))[2]  # this runtime puts a prelude in front of every stream


def http_event(query=""):
    """A request as API Gateway's HTTP APIs hand it over, format 2.0."""
    return json.dumps({
        "version": "2.0", "routeKey": "$default", "rawPath": "/boats/7", "rawQueryString": query, "cookies": [],
        "headers": {"host": "example.com", "accept": "*/*"}, "isBase64Encoded": False,
        "requestContext": {"accountId": "000000000000", "apiId": "api", "domainName": "example.com",
                           "domainPrefix": "api", "requestId": "r", "routeKey": "$default", "stage": "$default",
                           "time": "01/Feb/2026:10:00:00 +0000", "timeEpoch": 1769940000000,
                           "http": {"method": "GET", "path": "/boats/7", "protocol": "HTTP/1.1",
                                    "sourceIp": "127.0.0.1", "userAgent": "test"}}})


class RustHttp(Peer):
    peer = "Rust: lambda_http"
    built = "rust"
    command = (PROGRAMS / "http",)

    def invoke(self, event):
        reply = self.client(self.watch_command(self.command)).invoke(FunctionName="peer", Payload=event)
        return reply, json.loads(reply["Payload"].read())

    @cell("event")
    def test_it_answers_a_request(self):
        _, payload = self.invoke(http_event())
        self.assertEqual((payload["statusCode"], payload["body"]), (201, "GET /boats/7"))
        self.assertEqual(payload["headers"]["x-peer"], "lambda_http")

    @cell("error")
    def test_its_error_arrives(self):
        reply, payload = self.invoke(http_event("fail=1"))
        self.assertEqual(reply["FunctionError"], "Unhandled")
        self.assertEqual(payload["errorMessage"], "asked to fail")

    @cell("stream")
    def test_its_streamed_reply_has_a_prelude(self):
        client = self.client(self.watch_command((*self.command, "stream")))
        payload, _ = streamed(client.invoke_with_response_stream(FunctionName="peer", Payload=http_event()))
        prelude, _, body = payload.partition(bytes(8))
        self.assertEqual(json.loads(prelude)["statusCode"], 201)
        self.assertEqual(body, b"GET /boats/7")

    @cell("front doors")
    def test_it_answers_behind_every_front_door(self):
        doors = {f"{kind}={free_port()}": path for kind, path in
                 (("url", ""), ("http-api", ""), ("rest-api", "/prod"), ("alb", ""))}
        options = [word for door in doors for word in ("--door", door)]
        self.watch("--memory", 1769, "--timeout", 30, *options, "--", *self.command)
        for door, path in doors.items():
            port = int(door.partition("=")[2])
            wait_for(port)
            with self.subTest(door), request.build_opener(request.ProxyHandler({})).open(
                    f"http://127.0.0.1:{port}{path}/boats/7?colour=blue", timeout=60) as answer:
                self.assertEqual((answer.status, answer.read()), (201, b"GET /boats/7"))
                self.assertEqual(answer.headers["x-peer"], "lambda_http")

    @cell("stream fails")
    def test_a_stream_that_fails(self):
        raise NotPossible(NO_TRAILERS)
