# SPDX-License-Identifier: Apache-2.0
"""Neutral requests that together use the vocabulary, by what they are about."""

PIXEL = ("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
WEATHER = {
    "name": "get_weather",
    "description": "The weather of a city",
    "schema": {
        "type": "object",
        "properties": {
            "city": {"type": "string", "description": "Name"},
            "unit": {"type": "string", "enum": ["C", "F"]},
            "days": {"type": "array", "items": {"$ref": "#/$defs/day"}},
        },
        "required": ["city"],
        "$defs": {"day": {"type": "object", "properties": {"offset": {"type": "integer"}}, "required": ["offset"]}},
    },
}
NO_ARGUMENTS = {"name": "now", "description": "The time", "schema": {"type": "object", "properties": {}}}


def user(content):
    return {"role": "user", "content": content}


def called(*results):
    """A conversation with two calls in one message, and their results."""
    calls = [{"type": "tool_call", "id": "call_1", "name": "get_weather", "arguments": "{\"city\":\"Oslo\"}"},
             {"type": "tool_call", "id": "call_2", "name": "now", "arguments": ""}]
    return [user("How is it?"), {"role": "assistant", "content": [{"type": "text", "text": "I look."}, *calls]},
            {"role": "tool", "content": list(results)}]


REQUESTS = {
    "plain": {"messages": [{"role": "system", "content": "Be brief."}, user("Hi")]},
    "sampling": {"messages": [user("Hi")], "temperature": 0.5, "top_p": 0.9, "max_tokens": 100, "stop": ["END"], "seed": 7},
    "penalties": {"messages": [user("Hi")], "presence_penalty": 0.5, "frequency_penalty": -0.5},
    "tools": {"messages": [user("Oslo?")], "tools": [WEATHER, NO_ARGUMENTS], "tool_choice": "auto"},
    "tool_required": {"messages": [user("Oslo?")], "tools": [WEATHER], "tool_choice": "required",
                      "parallel_tool_calls": False},
    "tool_none": {"messages": [user("Oslo?")], "tools": [WEATHER], "tool_choice": "none"},
    "tool_named": {"messages": [user("Oslo?")], "tools": [WEATHER, NO_ARGUMENTS],
                   "tool_choice": {"name": "get_weather"}},
    "results": {"messages": called({"type": "tool_result", "id": "call_1", "name": "get_weather", "text": "sunny"},
                                   {"type": "tool_result", "id": "call_2", "name": "now", "text": "broken",
                                    "is_error": True}),
                "tools": [WEATHER, NO_ARGUMENTS]},
    "json_result": {"messages": called({"type": "tool_result", "id": "call_1", "name": "get_weather",
                                        "json": {"degrees": 20}},
                                       {"type": "tool_result", "id": "call_2", "name": "now", "text": "12:00"}),
                    "tools": [WEATHER, NO_ARGUMENTS]},
    "image": {"messages": [user([{"type": "text", "text": "What is it?"},
                                 {"type": "image", "base64": PIXEL, "media_type": "image/png"}])]},
    "effort": {"messages": [user("Think")], "reasoning_effort": "low", "max_tokens": 4000},
    "schema": {"messages": [user("Oslo?")], "output_schema": {"name": "weather", "schema": WEATHER["schema"]}},
    "identity": {"messages": [user("Hi")], "user": "u1", "metadata": {"job": "7"}, "service_tier": "default"},
    "turns": {"messages": [user("Hi"), {"role": "assistant", "content": "Hello!"}, user("Bye")]},
}
