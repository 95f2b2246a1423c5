"""ZIP codes of the United States with their cities, states and counties, offline."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import zipcodes
from rapidfuzz.distance import OSA

from flows.reading.segments import fold

_SHORT = {
    "st": "saint",
    "ste": "sainte",
    "ft": "fort",
    "mt": "mount",
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
}


@dataclass(frozen=True, slots=True)
class ZipPlace:
    """Where a ZIP code is: `city` as the post writes it, `others` further names it takes, folded; `county` bare."""

    city: str
    state: str
    county: str
    others: frozenset[str]


@lru_cache(maxsize=4096)
def find_zip(code: str) -> ZipPlace | None:
    """The place of a five-digit code (or ZIP+4), None for one that is not in the table. First use reads the table."""
    digits = code[:5]
    if not re.fullmatch(r"[0-9]{5}", digits):
        return None
    rows = zipcodes.matching(digits)  # type: ignore[no-untyped-call]
    if not rows:
        return None
    row = rows[0]
    others = [*row["acceptable_cities"], *row["unacceptable_cities"], row["city"]]
    return ZipPlace(row["city"], row["state"], bare_county(row["county"]), frozenset(map(spell_out, others)))


def spell_out(city: str) -> str:
    """A city's name folded, its shortened words in full: "St. Paul" and "saint paul" are one."""
    words = re.findall(r"[a-z0-9]+", fold(city))
    return " ".join(_SHORT.get(word, word) for word in words)


@lru_cache(maxsize=1024)
def count_states(city: str) -> Mapping[str, int]:
    """State -> number of ZIP codes of a city of that name there, most first; empty for a name nobody knows."""
    rows = _filter_rows(city=_as_posted(city), active=True)
    return dict(Counter(row["state"] for row in rows).most_common())


@lru_cache(maxsize=1024)
def list_counties(city: str, state: str) -> tuple[str, ...]:
    """Counties that a city lies in, the one with most of its ZIP codes first; empty when the city is not known."""
    rows = _filter_rows(city=_as_posted(city), state=state, active=True)
    names = Counter(bare_county(row["county"]) for row in rows if row["county"])
    return tuple(name for name, _ in names.most_common())


@lru_cache(maxsize=1024)
def list_prefixes(city: str, state: str) -> frozenset[str]:
    """The first three digits of a city's ZIP codes."""
    return frozenset(row["zip_code"][:3] for row in _filter_rows(city=_as_posted(city), state=state))


@lru_cache(maxsize=64)
def list_cities(state: str) -> Mapping[str, str]:
    """Every city of a state: spelt out and folded -> as the post writes it."""
    return {spell_out(row["city"]): row["city"] for row in _filter_rows(state=state, active=True)}


@lru_cache(maxsize=1024)
def correct_city(written: str, state: str) -> str | None:
    """The city of the state that a misspelt name can only mean; None when it is spelt right, or none or two fit."""
    cities, wanted = list_cities(state), spell_out(written)
    if wanted in cities or len(wanted) < 5:
        return None
    close = {name: edits for name in cities if (edits := _count_edits(wanted, name)) is not None}
    fewest = min(close.values(), default=0)
    best = [name for name, edits in close.items() if edits == fewest]
    return cities[best[0]] if len(best) == 1 else None


def is_same_city(written: str, place: ZipPlace) -> bool:
    """True when the post takes that name for the place."""
    return spell_out(written) in place.others


def is_misspelt(written: str, place: ZipPlace) -> bool:
    """True when the name is the place's own city with a letter or two wrong."""
    wanted = spell_out(written)
    return len(wanted) > 3 and _count_edits(wanted, spell_out(place.city)) is not None


def _count_edits(written: str, right: str) -> int | None:
    """Letters wrong, swapped, missing or too many: one in a short name, two in a long one, None beyond that."""
    most = 1 if len(right) < 8 else 2
    if written[0] != right[0] or abs(len(written) - len(right)) > most:
        return None
    edits = OSA.distance(written, right, score_cutoff=most)
    return edits if edits <= most else None


def _filter_rows(**wanted: Any) -> list[dict[str, Any]]:
    return list(zipcodes.filter_by(**wanted))  # type: ignore[no-untyped-call]


def bare_county(name: str) -> str:
    """A county's name without what it is called: "Maricopa", "Orleans", "Anchorage"."""
    return re.sub(r" (?:County|Parish|Municipio|Borough|Municipality|Census Area|City and Borough|city)$", "", name)


def _as_posted(city: str) -> str:
    return " ".join(word.capitalize() for word in spell_out(city).split())
