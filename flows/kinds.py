"""The kinds of value a slot can hold: what is accepted, made uniform, and how two values become one."""

import math
import re
from collections.abc import Callable
from typing import Any

from flows.markets import DEVICES, ROOFS

Check = Callable[[Any], Any]

LONGEST_NOTE = 240
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]{2,}")


def check_text(value: Any) -> str:
    """Text with single spaces, 1 to 120 characters; ValueError otherwise, as in every check here."""
    if not isinstance(value, str):
        raise ValueError("not text")
    text = " ".join(value.split())
    if not 0 < len(text) <= 120 or not any(map(str.isalnum, text)):
        raise ValueError("empty or too long")
    return text


def check_person(value: Any) -> str:
    text = check_text(value)
    if any(map(str.isdigit, text)) or len(text.split()) > 6 or len(text) > 60:
        raise ValueError("not a name")
    return text


def check_street(value: Any) -> str:
    text = check_text(value)
    if not any(map(str.isdigit, text)) and len(text.split()) < 2:
        raise ValueError("no house number and no street")
    return text


def check_yes_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("neither yes nor no")
    return value


def check_amount(value: Any) -> int | float:
    """A number above 0 and below ten million; whole ones become int, others keep two decimals."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("not a number")
    if not 0 < value < 10_000_000:
        raise ValueError("out of range")
    rounded = round(float(value), 2)
    return int(rounded) if rounded == int(rounded) else rounded


def check_kwh(value: Any) -> Any:
    """A monthly amount, or twelve of them from January with None for unknown."""
    if not isinstance(value, list | tuple):
        return check_amount(value)
    if len(value) != 12 or all(month is None for month in value):
        raise ValueError("not twelve months")
    return [None if month is None else check_amount(month) for month in value]


def check_devices(value: Any) -> list[dict[str, Any]]:
    """Known types once each; quantity 0 is an explicit no, None a plural of unknown number."""
    if not isinstance(value, list | tuple):
        raise ValueError("not a list")
    rows: dict[str, int | None] = {}
    for row in value:
        if not isinstance(row, dict) or row.get("type") not in DEVICES:
            raise ValueError("unknown device")
        quantity = row.get("quantity")
        if quantity is not None and (isinstance(quantity, bool) or not isinstance(quantity, int)):
            raise ValueError("quantity is not a whole number")
        if quantity is not None and not 0 <= quantity <= 1000:
            raise ValueError("quantity out of range")
        rows[row["type"]] = quantity
    return [{"type": name, "quantity": quantity} for name, quantity in rows.items()]


def check_email(value: Any) -> str:
    text = check_text(value)
    if not _EMAIL.fullmatch(text):
        raise ValueError("not an e-mail address")
    return text


def check_phone(value: Any) -> str:
    text = check_text(value)
    if not 6 <= sum(map(str.isdigit, text)) <= 15:
        raise ValueError("not a phone number")
    return text


def check_location(value: Any) -> dict[str, Any]:
    """{"latitude", "longitude"} in degrees, and the pin's own "address" and "label" where it has them."""
    if not isinstance(value, dict):
        raise ValueError("not a pin")
    latitude, longitude = value.get("latitude"), value.get("longitude")
    for degrees, most in ((latitude, 90), (longitude, 180)):
        if isinstance(degrees, bool) or not isinstance(degrees, int | float) or not -most <= degrees <= most:
            raise ValueError("not degrees")
    words = {name: check_text(value[name]) for name in ("address", "label") if value.get(name)}
    return {"latitude": latitude, "longitude": longitude, **words}


def check_document(value: Any) -> Any:
    """Only the promise of one can be said; the file itself comes as media."""
    if value != "promised":
        raise ValueError("a document is sent, not said")
    return value


def check_code(value: Any) -> str:
    """A country or currency code in capitals."""
    text = check_text(value).upper()
    if not re.fullmatch(r"[A-Z]{2,3}", text):
        raise ValueError("not a code")
    return text


def refuse_value(value: Any) -> Any:
    """What is never set by a reading: consent, given in answer to the recap; facts that are told; photos."""
    raise ValueError("cannot be said")


def check_rating(value: Any) -> int:
    """A whole number from 1 to 5."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 5:
        raise ValueError("not 1 to 5")
    return value


def one_of(*allowed: str) -> Check:
    """A check that takes exactly these words."""

    def check(value: Any) -> str:
        if value not in allowed:
            raise ValueError(f"not one of {', '.join(allowed)}")
        return str(value)

    return check


def check_note(value: Any) -> str:
    """Free words, cut at 240 characters."""
    if not isinstance(value, str) or not any(map(str.isalnum, value)):
        raise ValueError("not words")
    return " ".join(value.split())[:LONGEST_NOTE].rstrip()


KINDS: dict[str, Check] = {
    "text": check_text,
    "note": check_note,
    "person": check_person,
    "street": check_street,
    "yes_no": check_yes_no,
    "money": check_amount,
    "annual_kwh": check_amount,
    "kwh": check_kwh,
    "code": check_code,
    "devices": check_devices,
    "email": check_email,
    "phone": check_phone,
    "location": check_location,
    "document": check_document,
    "roof": one_of(*ROOFS),
    "renter": one_of("landlord", "later"),
    "consent": refuse_value,
    "told": refuse_value,
    "photo": refuse_value,
    "decision": one_of("accept", "change", "later"),
    "rating": check_rating,
}


def merge_devices(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By type, the new quantity winning; nothing at all in `new` means none."""
    if not new:
        return []
    rows = {row["type"]: row["quantity"] for row in (*old, *new)}
    return [{"type": name, "quantity": quantity} for name, quantity in rows.items()]


def merge_notes(old: str, new: str) -> str:
    """Both, unless the old one says it already."""
    return old if new.casefold() in old.casefold() else check_note(f"{old}, {new}")


MERGES: dict[str, Callable[[Any, Any], Any]] = {"devices": merge_devices, "note": merge_notes}
"""Kinds whose new value joins the old one instead of replacing it."""

NEED_DIGITS = frozenset({"street", "phone"})


def takes_words(kind: str, words: str, insists: bool = False) -> bool:
    """Whether words that no rule explains may be offered back as a value of this kind.

    A place without any figure may be one once the contact `insists`.
    """
    if kind == "person" and len(words.split()) > 3:
        return False
    letters = sum(map(str.isalpha, words))
    has_enough = kind not in NEED_DIGITS or any(map(str.isdigit, words)) or _names_place(kind, words, insists)
    return letters > 1 and has_enough


def _names_place(kind: str, words: str, insists: bool) -> bool:
    return insists and kind == "street" and len(words.split()) > 2
