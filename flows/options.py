"""Option ids: what they stand for, and those that stand for a market's own list."""

import json
from typing import Any

from flows.definition import Slot
from flows.markets import market_of


def read_option(slot: Slot, text: str) -> Any:
    """The value that the text behind "slot=" stands for: a device, JSON, or the text itself."""
    if slot.kind == "devices":
        return [] if text == "none" else [{"type": text, "quantity": 1}]
    try:
        return json.loads(text)
    except ValueError:
        return text


def expand_option(option: str, market: str) -> tuple[str, ...]:
    """An option id as it is, the market's own list for "@devices" and "@roofs"."""
    if option == "@devices":
        return tuple(f"devices={name}" for name in market_of(market).devices)
    if option == "@roofs":
        return tuple(f"roof_type={name}" for name in market_of(market).roofs)
    return (option,)
