# SPDX-License-Identifier: Apache-2.0
"""A function for Lambda's Python runtime."""


def handler(event, context):
    print("a line of the function")
    if event.get("fail"):
        raise ValueError("asked to fail")
    return {"event": event, "id": context.aws_request_id, "left": context.get_remaining_time_in_millis()}
