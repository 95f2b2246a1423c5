"""Names on a bill, of a company, a street and a town: no words that a chat or a mail would make a link of."""

import re
from typing import Any

from flows.kinds import KINDS
from flows.reading.address import read_address
from flows.reading.injections import find_injection
from flows.reading.segments import Message, fold
from flows.reading.utilities import UTILITIES

LONGEST_UTILITY = 60
LONGEST_ADDRESS = 120
PARTS = ("street", "city", "state", "postal_code")

_LINK = re.compile(r"\w:/|www\.|[@\\<>]|\w[.\uff0e\u3002\uff61][^\W\d_]{2}|\d(?:\.\d+){3}", re.IGNORECASE)
"""An address of the web or of mail, its scheme left out or not: a dot with letters right behind it is enough."""

_NUMBER = re.compile(r"(?<!\d)\d{3}[-.\u2010-\u2015]\d{4}(?!\d)|\d{7}")
"""A number to call."""

_TIGHT = re.compile(
    r"\b(avda|avd|av|ave|c|cl|ctra|esc|no|pl|plz|pza|pso|sta|sto|st|urb|[nsewpo])\.(?=[^\W\d_])", re.IGNORECASE
)
"""A short word of an address that is printed without the blank behind it, as in "Avda.de la Paz"."""

_COMPANY = re.compile(r"(?:[^\W\d_]|[ &'\u2019.,-]|\bNo\. ?\d{1,2}\b)+", re.IGNORECASE)
_APPEAL = re.compile(
    r"\b(?:call|click|pay|text|visit|whatsapp|haga|llam[ae]|pag[ae]|pague|puls[ae]|pulse|visit[ae])\b", re.IGNORECASE
)
"""What asks the reader to do something, as no name does."""

_LISTED = frozenset(each.name for each in UTILITIES)


def read_utility(value: Any) -> str:
    """A company's name; "" for anything that reads like something else."""
    text = _read_text(value, LONGEST_UTILITY)
    if text in _LISTED:
        return text
    is_name = _COMPANY.fullmatch(text) and not _APPEAL.search(text) and sum(map(str.isalpha, text)) >= 2
    return text if is_name and not _is_link(text) else ""


def read_parts(value: Any, country: str) -> dict[str, str]:
    """The parts of a service address, as they are read from a contact's words; empty where it names no street."""
    text = _TIGHT.sub(r"\1. ", _read_text(value, LONGEST_ADDRESS))
    if not text or re.search(r"https?:|www\.|@", text):
        return {}
    message = Message(text)
    read_address(message, "street", country)
    parts: dict[str, str] = {}
    for found in message.found:
        try:
            part = KINDS["street" if found.slot == "street" else "text"](found.value)
        except ValueError:
            continue
        if not _is_link(part):
            parts.setdefault(found.slot, part)
    return {name: parts[name] for name in PARTS if name in parts} if "street" in parts else {}


def _is_link(text: str) -> bool:
    return bool(_LINK.search(text) or _NUMBER.search(text))


def _read_text(value: Any, longest: int) -> str:
    """Words without orders in them; "" for what is none, or too long."""
    try:
        text = str(KINDS["text"](value))
    except ValueError:
        return ""
    return "" if len(text) > longest or find_injection(fold(text)) else text
