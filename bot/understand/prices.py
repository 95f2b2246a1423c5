"""What a call costs, in thousandths of a cent, by the vendors' list prices."""

import tomllib
from functools import cache
from importlib.resources import files
from math import ceil

MOST_TOKENS_OUT = 600
"""Of an answer: more than a dozen commands."""

CHARACTERS_A_TOKEN = 3
"""Cautious: English has about four."""


def price_call(model: str, tokens_in: int, tokens_out: int) -> int:
    """Thousandths of a cent, rounded up."""
    dollars_in, dollars_out = _find_prices(model)
    return ceil((tokens_in * dollars_in + tokens_out * dollars_out) / 10)


def estimate_call(model: str, characters: int) -> int:
    """What a call with so many characters may cost, as `price_call`."""
    return price_call(model, ceil(characters / CHARACTERS_A_TOKEN), MOST_TOKENS_OUT)


def _find_prices(model: str) -> tuple[float, float]:
    """Dollars for a million tokens, in and out."""
    prices = _load_prices()
    fitting = max((name for name in prices if model.startswith(name)), key=len, default="")
    return prices.get(fitting) or max(prices.values())


@cache
def _load_prices() -> dict[str, tuple[float, float]]:
    text = files("bot.understand").joinpath("prices.toml").read_text("utf-8")
    return {name: (pair[0], pair[1]) for name, pair in tomllib.loads(text)["prices"].items()}
