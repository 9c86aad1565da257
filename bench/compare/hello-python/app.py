# SPDX-License-Identifier: Apache-2.0
"""A function that calls no model: the floor of Python's runtime."""


def handler(event, context):
    return {"response": "Ha!"}
