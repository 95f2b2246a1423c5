"""Content and its variables become what a phone shows."""

from __future__ import annotations

import re
from typing import Any

from tools.sandbox.twilio.records import Content

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


def list_placeholders(value: Any) -> set[str]:
    """Names of all placeholders in a Content's types, however deep."""
    if isinstance(value, str):
        return set(PLACEHOLDER.findall(value))
    if isinstance(value, dict):
        return set().union(*(list_placeholders(part) for part in value.values())) if value else set()
    if isinstance(value, list):
        return set().union(*(list_placeholders(part) for part in value)) if value else set()
    return set()


def fill_placeholders(value: Any, variables: dict[str, str]) -> Any:
    """The same structure with values in place; an unknown placeholder stays as it is."""
    if isinstance(value, str):
        return PLACEHOLDER.sub(lambda found: variables.get(found.group(1), found.group(0)), value)
    if isinstance(value, dict):
        return {key: fill_placeholders(part, variables) for key, part in value.items()}
    if isinstance(value, list):
        return [fill_placeholders(part, variables) for part in value]
    return value


def render_content(content: Content, variables: dict[str, str]) -> dict[str, Any]:
    """{"type", …} with the fields of the Content's richest type, filled."""
    filled = fill_placeholders(content.types[content.kind], {**content.variables, **variables})
    if content.kind == "twilio/card":  # a phone draws it as a picture over words and buttons
        return {"type": "quick-reply", "body": filled["title"], "media": filled["media"], "actions": filled["actions"]}
    return {"type": content.kind.removeprefix("twilio/"), **filled}


def read_body(shape: dict[str, Any]) -> str:
    return str(shape.get("body") or "")
