# SPDX-License-Identifier: Apache-2.0
"""The JSON mapping of a message of the Gemini API, read from its .proto files."""
import base64
import re

INTEGERS = {"int32", "int64", "uint32", "uint64", "fixed32", "fixed64", "sint32", "sint64"}
FREE = {"google.protobuf.Struct", "google.protobuf.Value", "google.protobuf.ListValue", "google.protobuf.Any"}
TEXTS = {"google.protobuf.Timestamp", "google.protobuf.Duration", "google.protobuf.FieldMask"}
TOKEN = re.compile(r'"(?:\\.|[^"])*"|[\w.]+|[{}<>=,;\[\]()]')
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.S)


def json_name(name):
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


class Protos:
    """The messages and enums of a folder of .proto files."""

    def __init__(self, folder):
        self.messages, self.enums = {}, {}
        for file in sorted(folder.glob("*.proto")):
            self.tokens = TOKEN.findall(COMMENT.sub("", file.read_text(encoding="utf-8")))
            while self.tokens:
                self.block(self.tokens.pop(0), "")

    def block(self, word, scope):
        """A top-level statement, or one inside of the message `scope`."""
        if word == "message":
            self.message(scope)
        elif word == "enum":
            self.enum(scope)
        elif word == "oneof":
            self.tokens.pop(0)
            self.members(scope)
        elif word in ("service", "extend"):
            self.tokens.pop(0)
            self.skip_braces()
        elif word in ("option", "reserved", "syntax", "package", "import") or not scope:
            self.skip_to_semicolon()
        else:
            self.field(word, scope)

    def members(self, scope):
        assert self.tokens.pop(0) == "{"
        while (word := self.tokens.pop(0)) != "}":
            if word != ";":
                self.block(word, scope)

    def message(self, scope):
        name = f"{scope}.{self.tokens.pop(0)}".lstrip(".")
        self.messages[name] = {}
        self.members(name)

    def enum(self, scope):
        name = f"{scope}.{self.tokens.pop(0)}".lstrip(".")
        self.enums[name] = set()
        assert self.tokens.pop(0) == "{"
        while (word := self.tokens.pop(0)) != "}":
            if word != ";":
                self.enums[name].add(word)
                self.skip_to_semicolon()

    def field(self, word, scope):
        label = word if word in ("repeated", "optional") else ""
        kind = self.tokens.pop(0) if label else word
        if kind == "map":
            label, kind = "map", self.tokens[3]
            del self.tokens[:5]
        self.messages[scope][json_name(self.tokens.pop(0))] = (label, kind)
        self.skip_to_semicolon()

    def skip_braces(self):
        depth = 0
        while True:
            depth += {"{": 1, "}": -1}.get(self.tokens.pop(0), 0)
            if depth == 0:
                return

    def skip_to_semicolon(self):
        """A field's options may hold braces."""
        depth = 0
        while self.tokens:
            word = self.tokens.pop(0)
            depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(word, 0)
            if word == ";" and depth == 0:
                return

    def resolve(self, kind, scope):
        """The full name of a type that is named inside of `scope`."""
        while True:
            name = f"{scope}.{kind}".lstrip(".")
            if name in self.messages or name in self.enums or not scope:
                return name
            scope = scope.rpartition(".")[0]

    def problems(self, value, message, path=""):
        """What in `value` is not as `message` says."""
        if not isinstance(value, dict):
            return [f"{path}: no object"]
        out = []
        for name, member in value.items():
            if name not in self.messages[message]:
                out.append(f"{path}.{name}: no field of {message}")
                continue
            label, kind = self.messages[message][name]
            members = member.values() if label == "map" else member if label == "repeated" else [member]
            if label and not isinstance(member, (dict if label == "map" else list) if label != "optional" else object):
                out.append(f"{path}.{name}: not {label}")
                continue
            for one in members:
                out += self.value_problems(one, kind, message, f"{path}.{name}")
        return out

    def value_problems(self, value, kind, scope, path):
        if kind in FREE:
            return []
        good = {"string": isinstance(value, str), "bool": isinstance(value, bool),
                "bytes": isinstance(value, str) and is_base64(value)}.get(kind)
        if kind in TEXTS:
            good = isinstance(value, str)
        elif kind in INTEGERS:
            good = isinstance(value, int) and not isinstance(value, bool)
        elif kind in ("float", "double"):
            good = isinstance(value, (int, float)) and not isinstance(value, bool)
        if good is not None:
            return [] if good else [f"{path}: no {kind}"]
        name = self.resolve(kind, scope)
        if name in self.enums:
            return [] if value in self.enums[name] else [f"{path}: {value!r} is not in {name}"]
        return self.problems(value, name, path) if name in self.messages else [f"{path}: unknown type {kind}"]


def is_base64(text):
    try:
        base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
        return True
    except ValueError:
        return False
