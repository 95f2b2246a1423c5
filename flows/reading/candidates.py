"""Which electric companies a place can have: candidates that are offered to tap, never a value."""

from functools import lru_cache

from flows.reading.utilities import UTILITIES, Utility
from flows.reading.zips import find_zip, list_counties, spell_out

MOST = 3


@lru_cache(maxsize=1024)
def list_candidates(country: str, state: str = "", city: str = "", postal_code: str = "") -> tuple[str, ...]:
    """Names of at most three companies: the city's own, then those of its county, then those of the whole state.

    Empty where the state has more than can be offered and nothing narrows it down.
    """
    rows = [row for row in UTILITIES if row.offered and row.country == country]
    town = spell_out(city)
    own = [row for row in rows if _serves_town(row, town) and (not row.states or state in row.states)]
    if country != "US":
        return _name([*own, *(row for row in rows if not row.city and not row.serves and row not in own)])
    rows = [row for row in rows if state in row.states and not row.city and row not in own]
    counties = _find_counties(state, city, postal_code)
    near = [row for row in rows if set(row.counties.get(state, ())) & counties]
    wide = [row for row in rows if state not in row.counties]
    if counties:
        return _name([*own, *near, *wide])
    return _name([*own, *rows]) if len(own) + len(rows) <= MOST else ()


def short_name(name: str) -> str:
    """What a button says for a company: its short name, else its name."""
    return next((row.short or row.name for row in UTILITIES if row.name == name), name)


def _serves_town(row: Utility, town: str) -> bool:
    return bool(town) and town in {spell_out(name) for name in (*row.serves, row.city or "")}


def _find_counties(state: str, city: str, postal_code: str) -> set[str]:
    """The ZIP code's county; without one the county that holds most of the city."""
    place = find_zip(postal_code) if postal_code else None
    if place and place.state == state and place.county:
        return {place.county}
    return set(list_counties(city, state)[:1]) if city and state else set()


def _name(rows: list[Utility]) -> tuple[str, ...]:
    return tuple(row.name for row in rows)[:MOST]
