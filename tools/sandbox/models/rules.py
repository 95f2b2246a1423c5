"""What both vendors refuse in a schema that an answer or a tool must fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
NOT_PERMITTED = ("oneOf", "allOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas")
MAX_DEPTH = 10
MAX_PROPERTIES = 5000
MAX_ENUM = 1000


def find_strict_fault(schema: Any) -> str:
    """OpenAI docs, structured outputs: supported schemas. A sentence, or "" where strict mode takes it."""
    if not isinstance(schema, dict) or schema.get("type") != "object":
        return "schema must be a JSON Schema of 'type: \"object\"'."
    if "anyOf" in schema:
        return "In context=(), 'anyOf' is not permitted at the root."
    nodes = list(walk_schema(schema))
    if sum(len(node.get("properties", {})) for _, node in nodes) > MAX_PROPERTIES:
        return f"a schema may have up to {MAX_PROPERTIES} object properties."
    if sum(len(node.get("enum", ())) for _, node in nodes) > MAX_ENUM:
        return f"a schema may have up to {MAX_ENUM} enum values."
    return next((fault for at, node in nodes if (fault := _find_node_fault(at, node))), "")


def _find_node_fault(at: tuple[str, ...], node: dict[str, Any]) -> str:
    if forbidden := next((key for key in NOT_PERMITTED if key in node), ""):
        return f"In context={at}, '{forbidden}' is not permitted."
    if not {"type", "anyOf", "$ref", "enum", "const"} & set(node):
        return f"In context={at}, schema must have a 'type' key."
    if at.count("properties") > MAX_DEPTH:
        return f"a schema may have up to {MAX_DEPTH} levels of nesting."
    kinds = node.get("type", [])
    if "object" in ([kinds] if isinstance(kinds, str) else kinds):
        return _find_object_fault(at, node)
    if "array" in ([kinds] if isinstance(kinds, str) else kinds) and "items" not in node:
        return f"In context={at}, array schema missing items."
    return ""


def _find_object_fault(at: tuple[str, ...], node: dict[str, Any]) -> str:
    if node.get("additionalProperties") is not False:
        return f"In context={at}, 'additionalProperties' is required to be supplied and to be false."
    missing = [name for name in node.get("properties", {}) if name not in node.get("required", ())]
    if missing:
        return (
            f"In context={at}, 'required' is required to be supplied and to be an array including every key in "
            f"properties. Missing '{missing[0]}'."
        )
    return ""


def walk_schema(schema: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every schema inside `schema`, and the way to it."""
    if not isinstance(schema, dict):
        return
    yield at, schema
    for name, inner in schema.get("properties", {}).items():
        yield from walk_schema(inner, (*at, "properties", name))
    for key in ("items", "anyOf", "oneOf", "allOf"):
        inner = schema.get(key)
        for number, one in enumerate(inner if isinstance(inner, list) else [inner]):
            yield from walk_schema(one, (*at, key, *([str(number)] if isinstance(inner, list) else [])))
