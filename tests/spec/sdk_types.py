# SPDX-License-Identifier: Apache-2.0
"""Requests held against the types of the vendors' own SDKs, which are made from specifications that are not published."""
import collections.abc
import types
import typing

import pydantic
import typing_extensions

SCALARS = {str: str, int: int, float: (int, float), bool: bool, type(None): type(None), None: type(None)}


def mismatches(value, kind, path):
    """What in `value` is not as the annotation `kind` says; unions give what their nearest member says."""
    origin, args = typing_extensions.get_origin(kind), typing_extensions.get_args(kind)
    if origin in (typing_extensions.Required, typing_extensions.NotRequired, typing_extensions.Annotated):
        return mismatches(value, args[0], path)
    if origin in (typing.Union, types.UnionType):
        return min((mismatches(value, one, path) for one in args), key=len)
    if origin is typing_extensions.Literal:
        return [] if value in args else [f"{path}: {value!r} is none of {args}"]
    if typing_extensions.is_typeddict(kind):
        return member_mismatches(value, kind, path)
    if origin in (collections.abc.Iterable, collections.abc.Sequence, list):
        if not isinstance(value, list):
            return [f"{path}: no list"]
        return [problem for i, one in enumerate(value) for problem in mismatches(one, args[0], f"{path}[{i}]")]
    if origin in (dict, collections.abc.Mapping):
        return [] if isinstance(value, dict) else [f"{path}: no object"]
    if kind in SCALARS:
        wrong = isinstance(value, bool) and kind in (int, float)
        return [] if isinstance(value, SCALARS[kind]) and not wrong else [f"{path}: {value!r} is no {kind}"]
    return [] if kind in (object, typing.Any) else [f"{path}: {type(value)} instead of {kind}"]


def member_mismatches(value, kind, path):
    if not isinstance(value, dict):
        return [f"{path}: no object"]
    hints = typing_extensions.get_type_hints(kind, include_extras=True)
    out = [f"{path}.{name}: missing" for name in kind.__required_keys__ if name not in value]
    for name, member in value.items():
        out += mismatches(member, hints[name], f"{path}.{name}") if name in hints else [f"{path}.{name}: unknown"]
    return out


class Anthropic:
    """`MessageCreateParams`, streamed or not."""

    # Of models that are older than the types, which all recorded requests are to.
    OLDER = {".temperature", ".top_p", ".top_k"}

    def __init__(self):
        from anthropic.types import message_create_params as params
        self.whole, self.streamed = params.MessageCreateParamsNonStreaming, params.MessageCreateParamsStreaming

    def problems(self, body):
        found = mismatches(body, self.streamed if body.get("stream") else self.whole, "")
        return [problem for problem in found if problem.split(":")[0] not in self.OLDER]


class Cohere:
    """The parameters of `ClientV2.chat`; its models take any members, so what they don't know is looked for."""

    def __init__(self):
        from cohere.v2.client import V2Client
        hints = typing.get_type_hints(V2Client.chat)
        self.parameters = {name: pydantic.TypeAdapter(kind) for name, kind in hints.items()
                           if name not in ("self", "return", "request_options")}

    def problems(self, body):
        out = []
        for name, value in body.items():
            if name == "stream":
                continue
            if name not in self.parameters:
                out.append(f"{name}: no parameter")
                continue
            try:
                out += unknown(self.parameters[name].validate_python(value), name)
            except pydantic.ValidationError as error:
                out += [f"{name}.{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        return out


def unknown(value, path):
    if isinstance(value, pydantic.BaseModel):
        out = [f"{path}.{name}: no member of {type(value).__name__}" for name in value.model_extra or {}]
        for name in value.model_fields_set:
            if name in type(value).model_fields:
                out += unknown(getattr(value, name), f"{path}.{name}")
        return out
    if isinstance(value, (list, tuple)):
        return [problem for i, one in enumerate(value) for problem in unknown(one, f"{path}[{i}]")]
    return []
