"""A row of the table of incentives: where, what, how much, from when to when, and who says so."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

Standing = Literal["current", "ended", "disputed", "unsaid"]
Texts = dict[str, str]  # by language
SOLAR = "solar"  # what every project is about


@dataclass(frozen=True, slots=True)
class Place:
    """Where a project is; "" is unknown. `country` is ISO 3166-1 alpha-2, `state` the postal abbreviation."""

    country: str
    state: str = ""
    city: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """Empty `states`, `cities` and `postal_prefixes` mean everywhere. `applies_to` names "solar" or our types of
    devices. `percent` is of what the homeowner pays, `cap_cents` the most it can be in cents of the country's money.
    `text` says it while it holds; a row with a cap and `conditions` is told as "up to, if". Where sources give two
    ends, `valid_to` is the earlier and `disputed_to` the later. Both ends and `review_after` are included."""

    id: str
    country: str
    programme: Texts
    applies_to: frozenset[str]
    source: str
    source_url: str
    checked_on: date
    review_after: date
    states: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    postal_prefixes: tuple[str, ...] = ()
    percent: float | None = None
    cap_cents: int | None = None
    years: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    disputed_to: date | None = None
    text: Texts | None = None
    conditions: tuple[Texts, ...] = ()
    ended_note: Texts | None = None
    disputed_note: Texts | None = None

    def stands(self, today: date) -> Standing:
        """Whether it holds today; `unsaid` before it begins and past its review date."""
        if today > self.review_after or (self.valid_from is not None and today < self.valid_from):
            return "unsaid"
        if self.valid_to is None or today <= self.valid_to:
            return "current"
        return "disputed" if self.disputed_to is not None and today <= self.disputed_to else "ended"

    def fits(self, place: Place, devices: Collection[str]) -> bool:
        """Whether it is for such a home: its place, and panels or one of its `devices`."""
        if place.country != self.country or (self.states and place.state.upper() not in self.states):
            return False
        if (self.cities or self.postal_prefixes) and not self._names(place):
            return False
        return bool(self.applies_to & {SOLAR, *devices})

    def _names(self, place: Place) -> bool:
        """By the postal code where it is known: two places may share a city's name."""
        if place.postal_code and self.postal_prefixes:
            return place.postal_code.startswith(self.postal_prefixes)
        return " ".join(place.city.lower().split()) in self.cities
