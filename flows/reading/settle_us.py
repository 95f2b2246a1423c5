"""ZIP code, city and state held against each other: what agrees is sure, what cannot be true together is asked."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flows.reading.places import US_CODES
from flows.reading.segments import Found, Message
from flows.reading.zips import (
    ZipPlace,
    correct_city,
    count_states,
    find_zip,
    is_misspelt,
    is_same_city,
    list_counties,
    list_prefixes,
)

DOUBTED = 0.5
"""Confidence of a value that another one speaks against: the flow has it confirmed."""


def settle_us_place(message: Message, held: Mapping[str, Any]) -> None:
    """Correct the spelling of a city, add what the ZIP code tells, and doubt what cannot be true together.

    What was not said but follows from the ZIP code has no words: its span is empty.
    """
    if _country_of(message, held) != "US":
        return
    capital = _find(message, "state")
    if capital and capital.value == "DC" and not message.has("city"):
        message.keep("city", "Washington", capital.start, capital.end, 0.9)
    code = _find(message, "postal_code")
    place = find_zip(code.value) if code and code.confidence > DOUBTED else None
    if code and place is None:
        _change(message, code, confidence=DOUBTED)
    elif code and place:
        _settle_with_code(message, code, place, held)
    else:
        _settle_without(message, held)


def _country_of(message: Message, held: Mapping[str, Any]) -> str:
    return str(message.value("country") or held.get("country") or "US")


def _settle_with_code(message: Message, code: Found, place: ZipPlace, held: Mapping[str, Any]) -> None:
    city, state = _find(message, "city"), _find(message, "state")
    known_state = state.value if state else held.get("state")
    if known_state and known_state != place.state:
        _doubt_one(message, code, place, city, state)
        return
    if city and is_misspelt(city.value, place) and not is_same_city(city.value, place):
        _change(message, city, value=place.city)
    elif city and not is_same_city(city.value, place) and _is_far(city.value, place, code.value):
        _change(message, code, confidence=DOUBTED)
        return
    if city is None and "city" not in held:
        message.keep("city", place.city, code.end, code.end, 0.85)
    if known_state is None:
        said = code.start if city else code.end
        message.keep("state", place.state, said, code.end, 0.9)


def _doubt_one(message: Message, code: Found, place: ZipPlace, city: Found | None, state: Found | None) -> None:
    """The odd one out of three is doubted; of two, the ZIP code."""
    if city and state and is_same_city(city.value, place) and not count_states(city.value).get(state.value):
        _change(message, state, confidence=DOUBTED)
    else:
        _change(message, code, confidence=DOUBTED)


def _is_far(city: str, place: ZipPlace, code: str) -> bool:
    """True for a city that shares neither county nor first digits with the code; neighbouring names are in use."""
    prefixes = list_prefixes(city, place.state)
    return bool(prefixes) and code[:3] not in prefixes and place.county not in list_counties(city, place.state)


def _settle_without(message: Message, held: Mapping[str, Any]) -> None:
    city, state = _find(message, "city"), _find(message, "state")
    where = state.value if state else held.get("state")
    if city is None or where not in US_CODES:
        return
    better = correct_city(city.value, where)
    if better:
        _change(message, city, value=better)


def _find(message: Message, slot: str) -> Found | None:
    return next((found for found in message.found if found.slot == slot), None)


def _change(message: Message, old: Found, **parts: Any) -> None:
    message.found[message.found.index(old)] = replace(old, **parts)
