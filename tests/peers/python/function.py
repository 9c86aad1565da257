# SPDX-License-Identifier: Apache-2.0
"""A function for Lambda's Python runtime."""
import pathlib


class AskedToFail(Exception):
    pass


def handler(event, context):
    print("a line of the function")
    if "touch" in event:
        pathlib.Path(event["touch"]).write_text(context.aws_request_id)
    if event.get("fail"):
        raise AskedToFail("asked to fail")
    return {"event": event, "id": context.aws_request_id, "left": context.get_remaining_time_in_millis()}
