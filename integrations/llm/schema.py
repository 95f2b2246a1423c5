"""Flat JSON schemas: what every vendor takes, and whether an answer fits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FORBIDDEN = ("oneOf", "allOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "$ref", "$defs")
CHECKED = ("type", "properties", "required", "additionalProperties", "items", "enum", "const", "description", "title")
TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}


def check_schema(schema: Mapping[str, Any], at: str = "$") -> None:
    """ValueError for what a vendor's strict mode refuses, or `find_misfit` does not look at.

    Every object names all its properties as required and allows no others; alternatives are `type` lists or `enum`.
    """
    if unknown := [key for key in schema if key in FORBIDDEN or key not in CHECKED]:
        raise ValueError(f"{at}: {', '.join(unknown)} cannot be used in a schema for a language model")
    kinds = list_types(schema)
    if not kinds or not set(kinds) <= set(TYPES):
        raise ValueError(f"{at}: type must be one or more of {', '.join(TYPES)}")
    if at == "$" and kinds != ["object"]:
        raise ValueError("$: the answer must be an object")
    if "object" in kinds:
        _check_object(schema, at)
    if "array" in kinds:
        check_schema(schema.get("items", {}), f"{at}[]")


def _check_object(schema: Mapping[str, Any], at: str) -> None:
    properties = schema.get("properties", {})
    if schema.get("additionalProperties") is not False:
        raise ValueError(f"{at}: additionalProperties must be false")
    if set(schema.get("required", ())) != set(properties):
        raise ValueError(f"{at}: every property must be required")
    for name, inner in properties.items():
        check_schema(inner, f"{at}.{name}")


def list_types(schema: Mapping[str, Any]) -> list[str]:
    kinds = schema.get("type", [])
    return [kinds] if isinstance(kinds, str) else list(kinds)


def find_misfit(value: Any, schema: Mapping[str, Any], at: str = "$") -> str:
    """Where `value` first breaks the checked `schema`, as a path such as "$.commands[].slot"; "" where it fits.

    The path holds names of the schema alone, never what the model wrote.
    """
    if not any(_is_type(value, kind) for kind in list_types(schema)):
        return at
    if ("enum" in schema and value not in schema["enum"]) or ("const" in schema and value != schema["const"]):
        return at
    if isinstance(value, dict):
        return _find_in_object(value, schema, at)
    if isinstance(value, list):
        found = (find_misfit(item, schema["items"], f"{at}[]") for item in value)
        return next((path for path in found if path), "")
    return ""


def _find_in_object(value: dict[str, Any], schema: Mapping[str, Any], at: str) -> str:
    properties = schema.get("properties", {})
    if set(value) != set(properties):
        return at
    found = (find_misfit(value[name], inner, f"{at}.{name}") for name, inner in properties.items())
    return next((path for path in found if path), "")


def _is_type(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, TYPES[kind])
