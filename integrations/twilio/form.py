"""The fields of a form post, however the web framework holds them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Params = Mapping[str, Any] | Iterable[tuple[str, str]]
"""Pairs in the order received, a plain mapping, or a framework's one with `getlist`."""


class Form:
    """Pairs in the order received; a key may come more than once, as Twilio's validator expects to ask for it."""

    def __init__(self, params: Params) -> None:
        self.pairs = _read_pairs(params)
        self._values: dict[str, list[str]] = {}
        for key, value in self.pairs:
            self._values.setdefault(key, []).append(value)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def getlist(self, key: str) -> list[str]:
        return self._values.get(key, [])


def clean_text(text: str) -> str:
    """`text` that a database can hold: U+0000 dropped, surrogate pairs joined, lone surrogates replaced."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def clean_fields(params: Params) -> dict[str, str]:
    """Every field, cleaned. The first value of a key stands under its name, later ones under `key#2`, `key#3` …"""
    fields: dict[str, str] = {}
    for key, values in _group(params).items():
        for number, value in enumerate(values, start=1):
            fields.setdefault(key if number == 1 else f"{key}#{number}", value)
    return fields


def _group(params: Params) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for key, value in Form(params).pairs:
        grouped.setdefault(clean_text(key), []).append(clean_text(value))
    return grouped


def _read_pairs(params: Params) -> list[tuple[str, str]]:
    if not isinstance(params, Mapping):
        return [(str(key), str(value)) for key, value in params]
    getlist = getattr(params, "getlist", None)
    if getlist is not None:
        return [(str(key), str(value)) for key in params for value in getlist(key)]
    return [(str(key), str(value)) for key, value in params.items()]
