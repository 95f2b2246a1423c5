"""Pieces of addresses of the United States: states and ZIP codes."""

import re

from flows.reading.places import US_CODES, US_LONG, US_STATES
from flows.reading.segments import Message

STATE_NAMES = "|".join(sorted((re.escape(name) for name in (*US_STATES, *US_LONG)), key=len, reverse=True))
STATE = re.compile(
    rf"(?<![a-z])(?P<state>{STATE_NAMES}"
    rf"|{'|'.join(code.lower() for code in sorted(US_CODES))})(?![a-z'])\.?"
)
ZIP = re.compile(r"(?<![\w$.,/-])(?P<zip>(?:\d[\doOlI]{4})(?:-\d{4})?)(?![\w])(?!\s*(?:kwh|dollars|usd|a year|per))")
_WORDS = frozenset({"in", "or", "me", "hi", "ok", "oh", "la", "de", "al", "id", "co", "pa", "ma", "mi", "as", "ne"})


def name_state(match: re.Match[str]) -> str:
    """Code of a state written in full, shortened, or as its code."""
    name = match.group("state")
    return US_STATES.get(name) or US_LONG.get(name) or name.upper()


def is_state(message: Message, match: re.Match[str]) -> bool:
    """False for a small word that only looks like a code ("mesa in a house")."""
    start, end = match.span("state")
    if match.group("state") not in _WORDS or message.raw[start:end].isupper():
        return True
    return bool(re.match(r"[\s,.]*(?:\d{5}|$)", message.plain[end:]))


def is_zip(text: str) -> bool:
    """True for five characters of which two may be letters for a digit ("9672O")."""
    return sum(c.isdigit() for c in text[:5]) >= 3


def clean_zip(text: str) -> str:
    """A ZIP code with its letters made digits."""
    return re.sub(r"[oO]", "0", re.sub(r"[lI]", "1", text)).strip(" .,")
