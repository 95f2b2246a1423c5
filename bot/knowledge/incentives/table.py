"""The table of incentives: read once, and what of it is told of a home on a day."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from bot.knowledge.incentives.fact import Fact, Place
from bot.knowledge.incentives.faults import find_faults
from flows.markets import market_of

SETS = ("applies_to", "states", "cities")
TUPLES = ("postal_prefixes", "conditions")


class TableError(ValueError):
    """Rows that may not be used; the message lists every fault, one a line."""


@cache
def load_facts() -> tuple[Fact, ...]:
    """The rows that ship; raises TableError."""
    return read_facts(files("bot.knowledge.incentives").joinpath("facts.toml").read_text("utf-8"))


def read_facts(text: str) -> tuple[Fact, ...]:
    """Rows out of TOML; raises TableError with every fault of every row."""
    try:
        rows = tomllib.loads(text).get("fact", [])
    except tomllib.TOMLDecodeError as error:
        raise TableError(f"is not readable TOML: {error}") from error
    names = [str(row.get("id")) for row in rows]
    faults = [f"{name}: {fault}" for name, row in zip(names, rows, strict=True) for fault in find_faults(row)]
    faults += [f"{name}: occurs twice" for name in sorted(set(names)) if names.count(name) > 1]
    if faults:
        raise TableError("\n".join(faults))
    return tuple(_build(row) for row in rows)


def _build(row: Mapping[str, Any]) -> Fact:
    source = row["source"]
    values = {name: value for name, value in row.items() if name != "source"}
    values |= {name: frozenset(row[name]) for name in SETS if name in row}
    values |= {name: tuple(row[name]) for name in TUPLES if name in row}
    return Fact(**values, source=source["name"], source_url=source["url"])


def tell_facts(
    place: Place, devices: Collection[str], today: date, facts: Sequence[Fact] | None = None
) -> dict[str, Any] | None:
    """What may be told of a home, as the facts of the news "incentives" (docs/incentives.md); None where nothing is
    known. `devices` are our types. What holds in the city comes before what holds in the state or the country."""
    fitting = [fact for fact in (load_facts() if facts is None else facts) if fact.fits(place, devices)]
    fitting.sort(key=lambda fact: (not fact.cities, not fact.states))  # what is nearest comes first
    standing = [(fact, fact.stands(today)) for fact in fitting]
    current = [fact for fact, stands in standing if stands == "current"]
    ended = [fact for fact, stands in standing if stands == "ended"]
    disputed = [fact.disputed_note for fact, stands in standing if stands == "disputed"]
    used = [fact for fact, stands in standing if stands != "unsaid"]
    if not used:
        return None
    return {
        "source": "table",
        "currency": market_of(place.country).currency,
        "checked_on": min(fact.checked_on for fact in used).isoformat(),
        "firm": [],
        "possible": [_tell_amount(fact) for fact in current if fact.conditions],
        "ended": [_tell_end(fact) for fact in ended],
        "notes": [
            *(fact.text for fact in current if fact.text),
            *disputed,
            *(f.ended_note for f in ended if f.ended_note),
        ],
        "connect_url": "",
    }


def _tell_amount(fact: Fact) -> dict[str, Any]:
    return {
        "program": fact.programme,
        "amount_cents": fact.cap_cents,
        "yearly": False,
        "conditions": list(fact.conditions),
    }


def _tell_end(fact: Fact) -> dict[str, Any]:
    """The later end, where sources give two: by then it has ended for certain."""
    day = fact.disputed_to or fact.valid_to
    return {"program": fact.programme, "ended_on": day.isoformat() if day else ""}
