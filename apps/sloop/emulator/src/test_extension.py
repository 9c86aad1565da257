#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An external extension for the tests of the emulator: it registers, subscribes to telemetry and tells what it gets.

What comes goes to the file EXTENSION_OUT, one JSON object a line. EXTENSION_ACT: `refuse` makes every wrong call first;
`crash` ends it before it registers; `init_error` reports a failure.
"""
import http.client
import http.server
import json
import os
import sys
import threading

API = os.environ["AWS_LAMBDA_RUNTIME_API"]
ACT = os.environ.get("EXTENSION_ACT", "")
LOCK = threading.Lock()


def tell(kind, value):
    with LOCK, open(os.environ["EXTENSION_OUT"], "a", encoding="utf-8") as out:
        out.write(json.dumps({"kind": kind, "value": value}) + "\n")


def call(method, path, body=None, headers=None):
    connection = http.client.HTTPConnection(API)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    return answer.status, answer.headers, json.loads(answer.read() or b"null")


def register(name, events):
    return call("POST", "/2020-01-01/extension/register", json.dumps({"events": events}),
                {"Lambda-Extension-Name": name, "Lambda-Extension-Accept-Feature": "accountId"})


class Sink(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        for record in json.loads(body):
            tell("telemetry", record)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def subscribe(identifier):
    sink = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    threading.Thread(target=sink.serve_forever, daemon=True).start()
    request = {"schemaVersion": "2022-12-13", "types": ["platform", "function"], "buffering": {"timeoutMs": 25},
               "destination": {"protocol": "HTTP", "URI": f"http://sandbox.localdomain:{sink.server_port}"}}
    status, _, answer = call("PUT", "/2022-07-01/telemetry", json.dumps(request),
                             {"Lambda-Extension-Identifier": identifier})
    tell("subscribed", [status, answer])
    request["buffering"]["timeoutMs"] = 1
    status, _, answer = call("PUT", "/2022-07-01/telemetry", json.dumps(request),
                             {"Lambda-Extension-Identifier": identifier})
    tell("refused", [status, answer["errorType"]])


def refuse(identifier):
    """Every call that is refused."""
    calls = [("GET", "event/next", None, {}),
             ("GET", "event/next", None, {"Lambda-Extension-Identifier": "short"}),
             ("GET", "event/next", None, {"Lambda-Extension-Identifier": "0" * 36}),
             ("POST", "register", b"{", {"Lambda-Extension-Name": "x"}),
             ("POST", "register", b"{}", {}),
             ("POST", "register", b'{"events":["SHUTDOWN"]}', {"Lambda-Extension-Name": "inner"}),
             ("POST", "init/error", b"{}", {"Lambda-Extension-Identifier": identifier})]
    for method, path, body, headers in calls:
        status, _, answer = call(method, "/2020-01-01/extension/" + path, body, headers)
        tell("refused", [status, answer["errorType"]])


def main():
    if ACT == "crash":
        sys.exit(4)
    _, head, answer = register(os.path.basename(sys.argv[0]), ["INVOKE", "SHUTDOWN"])
    identifier = head["Lambda-Extension-Identifier"]
    tell("registered", answer)
    if ACT == "init_error":
        call("POST", "/2020-01-01/extension/init/error", b"{}",
             {"Lambda-Extension-Identifier": identifier, "Lambda-Extension-Function-Error-Type": "Extension.Mine"})
        sys.exit(1)
    if ACT == "refuse":
        refuse(identifier)
    subscribe(identifier)
    while True:
        _, _, event = call("GET", "/2020-01-01/extension/event/next",
                           headers={"Lambda-Extension-Identifier": identifier})
        tell("event", event)
        if event["eventType"] == "SHUTDOWN":
            sys.exit(0)


if __name__ == "__main__":
    main()
