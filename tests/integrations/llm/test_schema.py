"""Schemas that every vendor takes, and answers that fit them."""

from typing import Any

import pytest

from integrations.llm.schema import check_schema, find_misfit
from tests.integrations.llm.conftest import DATA, SCHEMA
from tools.sandbox.models.rules import find_strict_fault

LIST: dict[str, Any] = {"type": "array", "items": {"type": "integer"}}


def make_object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "array", "items": {"type": "string"}},
        {"type": "object", "properties": {}},
        {**make_object(a={"type": "string"}), "required": []},
        make_object(a={"oneOf": [{"type": "string"}]}),
        make_object(a={"anyOf": [{"type": "string"}]}),
        make_object(a={"type": "text"}),
        make_object(a={}),
        make_object(a={"type": "array"}),
        make_object(a={"type": "string", "minLength": 3}),
        make_object(a={"$ref": "#/$defs/a"}),
    ],
)
def test_what_some_vendor_refuses_is_refused(schema: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\$"):
        check_schema(schema)


def test_what_we_take_openai_takes() -> None:
    check_schema(SCHEMA)
    assert find_strict_fault(SCHEMA) == ""


@pytest.mark.parametrize(
    ("value", "misfit"),
    [
        (DATA, ""),
        ({"commands": []}, ""),
        ([], "$"),
        ({}, "$"),
        ({"commands": [], "more": 1}, "$"),
        ({"commands": None}, "$.commands"),
        ({"commands": [7]}, "$.commands[]"),
        ({"commands": [{"command": "Submit", "slot": None, "words": ""}]}, "$.commands[].command"),
        ({"commands": [{"command": "SetSlot", "slot": 1, "words": ""}]}, "$.commands[].slot"),
    ],
)
def test_misfits_are_found(value: Any, misfit: str) -> None:
    assert find_misfit(value, SCHEMA) == misfit


def test_yes_is_no_number() -> None:
    assert find_misfit({"a": [True]}, make_object(a=LIST)) == "$.a[]"
    assert find_misfit({"a": [1]}, make_object(a=LIST)) == ""
