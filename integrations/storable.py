"""JSON that a database can hold: PostgreSQL refuses U+0000, and UTF-8 knows no halves of characters."""

import re
from typing import Any

_ODD = re.compile("[\x00\ud800-\udfff]")


def make_storable(value: Any) -> Any:
    """The same JSON-native value, U+0000 dropped and lone surrogates replaced in every text and name."""
    if isinstance(value, str):
        return value if not _ODD.search(value) else value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [make_storable(item) for item in value]
    if isinstance(value, dict):
        return {make_storable(name): make_storable(item) for name, item in value.items()}
    return value


def may_be_odd(content: bytes) -> bool:
    """Whether JSON could hold such a character: a quick look that spares the walk."""
    return b"\\u0000" in content or b"\\ud" in content or b"\\uD" in content
