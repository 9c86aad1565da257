# SPDX-License-Identifier: Apache-2.0
"""A runtime that behaves and misbehaves as its events say, on raw sockets, for the tests of the emulator.

An event is an object with `act`; each act is a function below. What the Runtime API answers goes to the log.
"""
import base64
import http.client
import json
import os
import signal
import socket
import sys
import threading
import time

API = os.environ["AWS_LAMBDA_RUNTIME_API"]
BASE = "/2018-06-01/runtime"


def call(method, path, body=None, headers=None):
    connection = http.client.HTTPConnection(API)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()


def log(*words):
    print(*words, flush=True)


def post(request_id, body, action="response", headers=None):
    status, _, answer = call("POST", f"{BASE}/invocation/{request_id}/{action}", body, headers)
    log(action, status, answer.decode())


def wait_for_file(path):
    until = time.monotonic() + 20
    while not os.path.exists(path) and time.monotonic() < until:
        time.sleep(0.005)


def start_stream(request_id, event):
    connection = http.client.HTTPConnection(API)
    connection.putrequest("POST", f"{BASE}/invocation/{request_id}/response")
    connection.putheader("Content-Type", event.get("content_type", "text/plain"))
    if event.get("mode", True):
        connection.putheader("Lambda-Runtime-Function-Response-Mode", "streaming")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.putheader("Trailer", "Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body")
    connection.endheaders()
    return connection


def chunk(data):
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def cut_off(connection):
    """Ends what is sent without an end, and waits until the other side has noticed."""
    connection.sock.shutdown(socket.SHUT_WR)
    while connection.sock.recv(4096):
        pass
    connection.close()


def stream(request_id, event):
    """`pieces`, each sent when the file `after` names exists; `fail`: with error trailers; `cut`: without an end."""
    connection = start_stream(request_id, event)
    for number, piece in enumerate(event.get("pieces", [])):
        if number > 0 and "after" in event:
            wait_for_file(event["after"])
        connection.send(chunk(piece.encode()))
    for _ in range(event.get("blocks", 0)):
        connection.send(chunk(b"x" * 65536))
    if event.get("exit"):
        os._exit(3)
    if event.get("cut"):
        cut_off(connection)
        return
    trailers = b""
    if event.get("fail"):
        error = json.dumps({"errorMessage": "in the middle", "errorType": "Function.Broken"}).encode()
        trailers = (b"Lambda-Runtime-Function-Error-Type: Function.Broken\r\n"
                    b"Lambda-Runtime-Function-Error-Body: " + base64.b64encode(error) + b"\r\n")
    connection.send(b"0\r\n" + trailers + b"\r\n")
    answer = connection.getresponse()
    log("response", answer.status, answer.read().decode())


def echo(request_id, event):
    post(request_id, json.dumps(event.get("value")))


def headers(request_id, event):
    post(request_id, json.dumps({name.lower(): value for name, value in event["headers"].items()}))


def wrong_mode(request_id, event):
    post(request_id, b"{}", headers={"Lambda-Runtime-Function-Response-Mode": "buffered"})


def wrong_order(request_id, event):
    """Every call that is refused, then the result."""
    post("no-such-id", b"{}")
    status, _, answer = call("POST", BASE + "/init/error", b"{}")
    log("init/error", status, answer.decode())
    status, _, answer = call("GET", BASE + "/restore/next")
    log("restore/next", status, answer.decode())
    post(request_id, b'"first"')
    post(request_id, b'"second"')
    post(request_id, b"{}", "error")


def truncated(request_id, event):
    connection = http.client.HTTPConnection(API)
    connection.putrequest("POST", f"{BASE}/invocation/{request_id}/response")
    connection.putheader("Content-Length", "1000")
    connection.endheaders(b"too short")
    cut_off(connection)


def large(request_id, event):
    post(request_id, b"x" * 6291557)


def error(request_id, event):
    post(request_id, json.dumps({"errorMessage": "on purpose", "errorType": "Mine"}), "error",
         {"Lambda-Runtime-Function-Error-Type": event["type"]})


def wait(request_id, event):
    """Says that it is there, and answers when the file `after` exists."""
    log("waiting", request_id)
    wait_for_file(event["after"])
    post(request_id, json.dumps(os.getpid()))


def late(request_id, event):
    """Answers after the invocation has ended, which the log tells."""
    wait_for_file(event["after"])
    post(request_id, b'"late"')


def pid(request_id, event):
    post(request_id, json.dumps(os.getpid()))


def leave(request_id, event):
    os._exit(5)


ACTS = {act.__name__: act for act in (echo, stream, headers, wrong_mode, wrong_order, truncated, large, error, wait, late,
                                      pid, leave)}


def next_event():
    """A post that was cut off is noticed by the other side a moment later; until then, /next is refused."""
    until = time.monotonic() + 10
    while True:
        status, head, body = call("GET", BASE + "/invocation/next")
        if status != 403 or time.monotonic() > until:
            return status, head, body
        time.sleep(0.005)


def serve():
    while True:
        status, head, body = next_event()
        if status != 200:
            log("next", status, body.decode())
            os._exit(1)
        event = json.loads(body)
        event["headers"] = dict(head)
        ACTS[event.get("act", "echo")](head["Lambda-Runtime-Aws-Request-Id"], event)


def register_for_sigterm():
    """The internal extension without events, by which a runtime is told of its end."""
    _, head, _ = call("POST", "/2020-01-01/extension/register", b'{"events":[]}', {"Lambda-Extension-Name": "inner"})
    identifier = {"Lambda-Extension-Identifier": head["Lambda-Extension-Identifier"]}
    threading.Thread(target=call, args=("GET", "/2020-01-01/extension/event/next", None, identifier), daemon=True).start()

    def goodbye(*_):
        log("told to end")
        os._exit(0)

    signal.signal(signal.SIGTERM, goodbye)


def initialise():
    act = os.environ.get("AT_START", "")
    if act == "sigterm":
        register_for_sigterm()
    if act == "snapshot_error":
        call("POST", BASE + "/init/error", b'{"errorType":"Runtime.BeforeSnapshotError","errorMessage":"no snapshot"}',
             {"Lambda-Runtime-Function-Error-Type": "Runtime.BeforeSnapshotError"})
        sys.exit(1)
    if os.environ["AWS_LAMBDA_INITIALIZATION_TYPE"] == "snap-start":
        log("restored", call("GET", BASE + "/restore/next")[0])
    if act == "restore_error":
        call("POST", BASE + "/restore/error", b'{"errorType":"Runtime.AfterRestoreError","errorMessage":"no restore"}',
             {"Lambda-Runtime-Function-Error-Type": "Runtime.AfterRestoreError"})
        sys.exit(1)


def main():
    initialise()
    workers = int(os.environ.get("AWS_LAMBDA_MAX_CONCURRENCY", "1"))
    for _ in range(workers - 1):
        threading.Thread(target=serve, daemon=True).start()
    serve()


if __name__ == "__main__":
    main()
