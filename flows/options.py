"""Option ids: what they stand for, and those that stand for a list of the market's or the place's own."""

import json
from collections.abc import Mapping
from typing import Any

from flows.definition import Slot
from flows.markets import market_of
from flows.reading.candidates import list_candidates
from flows.state import SlotValue


def read_option(slot: Slot, text: str) -> Any:
    """The value that the text behind "slot=" stands for: a device, JSON, or the text itself."""
    if slot.kind == "devices":
        return [] if text == "none" else [{"type": text, "quantity": 1}]
    try:
        return json.loads(text)
    except ValueError:
        return text


def expand_option(option: str, market: str, slots: Mapping[str, SlotValue] | None = None) -> tuple[str, ...]:
    """An option id as it is, the market's own list for "@devices" and "@roofs", the place's for "@utilities"."""
    if option == "@devices":
        return tuple(f"devices={name}" for name in market_of(market).devices)
    if option == "@roofs":
        return tuple(f"roof_type={name}" for name in market_of(market).roofs)
    if option == "@utilities":
        return tuple(f"utility={name}" for name in _list_utilities(market, slots or {}))
    return (option,)


def _list_utilities(market: str, slots: Mapping[str, SlotValue]) -> tuple[str, ...]:
    """The companies that the address allows: offered, since the bill decides."""
    place = {name: str(slots[name].value) for name in ("state", "city", "postal_code") if name in slots}
    country = str(slots["country"].value) if "country" in slots else market_of(market).country
    return list_candidates(country, **place)
