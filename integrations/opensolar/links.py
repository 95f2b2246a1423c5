"""Links and ids as OpenSolar writes them: relations are URLs, absolute or relative."""

import re
from collections.abc import Mapping
from typing import Any

_ID = re.compile(r"[0-9]{1,19}")


def read_id(value: Any) -> str:
    """An id as text; "" for what is none."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return ""
    text = str(value).strip()
    return text if _ID.fullmatch(text) else ""


def read_link(value: Any, kind: str) -> str:
    """The id in a link to one of `kind` ("projects", "contacts" …), or of an object that brings its own id."""
    if isinstance(value, Mapping):
        return read_id(value.get("id")) or read_link(value.get("url"), kind)
    if not isinstance(value, str) or len(value) > 2000:
        return read_id(value)
    found = re.search(rf"/{kind}/([0-9]{{1,19}})/?(?:[?#].*)?$", value)
    return found[1] if found else read_id(value)


def is_web_address(value: Any) -> bool:
    """Whether a homeowner's phone could open it."""
    return isinstance(value, str) and len(value) <= 2000 and re.fullmatch(r"https?://[^\s<>\"]+", value) is not None


def is_plain(value: Any, longest: int) -> bool:
    """Whether it is text that any database takes: no control characters, no halves of characters."""
    return isinstance(value, str) and len(value) <= longest and value.isprintable()


def list_objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list, leaving out what is none."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
