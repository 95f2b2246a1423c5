"""Corrections that name the old value: "340 not 240" finds its slot by what is on file."""

import re
from collections.abc import Mapping
from typing import Any

from flows.commands import Correct
from flows.reading.segments import fold

_WORD = r"[\w.'@-]+(?: [\w.'@-]+)?"
_PATTERNS = (
    re.compile(
        r"(?<![\w.,$])(?P<new>\d{1,6}[a-z]?)(?: [a-z][a-z.']*){1,3},? (?:and )?(?:not|no|nie|instead of|y no|en vez de)"
        r" (?P<old>\d{1,6}[a-z]?)(?![\w$%])"
    ),
    re.compile(
        r"(?<![\w.,])(?P<new>\d[\d.,]{0,12}|\w[\w'-]{0,30}),? (?:and )?(?:not|no|nie|instead of|y no"
        rf"|en vez de) (?:r |us)?[$€]?(?P<old>{_WORD})"
    ),
    re.compile(rf"\bnot (?P<old>{_WORD}?),? (?:but|it'?s|its|sino) (?P<new>\d[\d.,]*|\w[\w'-]*)"),
)
_NUMBERS = ("monthly_bill", "monthly_kwh", "annual_kwh")
_TEXTS = ("name", "street", "city", "utility", "postal_code", "email", "alternate_name", "alternate_phone")
SURE = 0.85


def replace_held(text: str, held: Mapping[str, Any]) -> Correct | None:
    """The correction of the one slot whose value on file is, or has in it, what the message takes back."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(fold(text)):
            new, old = text[slice(*match.span("new"))], match.group("old").rstrip(".,!? ")
            found = _replace_number(new, old, held) or _replace_words(new, old, held)
            if found:
                return found
    return None


def _replace_number(new: str, old: str, held: Mapping[str, Any]) -> Correct | None:
    wanted, taken_back = _read_number(new), _read_number(old.partition(" ")[0])
    if wanted is None or taken_back is None:
        return None
    slot = next((name for name in _NUMBERS if held.get(name) == taken_back), None)
    return Correct(slot, wanted, new, confidence=SURE) if slot else None


def _read_number(text: str) -> float | int | None:
    digits = text.strip(".,").replace(",", "")
    if not re.fullmatch(r"\d+(?:\.\d+)?", digits):
        return None
    return float(digits) if "." in digits else int(digits)


def _replace_words(new: str, old: str, held: Mapping[str, Any]) -> Correct | None:
    for words in dict.fromkeys((old, old.partition(" ")[0])):
        fitting = [name for name in _TEXTS if name in held and words in _split(held[name])]
        if len(fitting) == 1:
            value = " ".join(new.title() if fold(word) == words else word for word in str(held[fitting[0]]).split())
            return Correct(fitting[0], value, new, confidence=SURE)
    return None


def _split(value: Any) -> list[str]:
    return [word.strip(".,") for word in fold(str(value)).split()]
