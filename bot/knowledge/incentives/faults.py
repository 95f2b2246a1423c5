"""What may be wrong with a row of incentives, said so that the person who edited it can mend it."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bot.knowledge.entry import LANGUAGES
from bot.knowledge.faults import FIGURE, LONGEST_TEXT, PROMISES, YEAR
from bot.knowledge.words import fold
from flows.markets import DEVICES, MARKETS

NEEDED = {"id", "country", "applies_to", "programme", "source", "checked_on", "review_after"}
KEYS = {
    *NEEDED, "states", "cities", "postal_prefixes", "percent", "cap_cents", "years", "valid_from", "valid_to",
    "disputed_to", "text", "conditions", "ended_note", "disputed_note",
}  # fmt: skip
DAYS = ("checked_on", "review_after", "valid_from", "valid_to", "disputed_to")
WORDS = ("text", "ended_note", "disputed_note")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
STATE = re.compile(r"[A-Z]{2}")


def find_faults(row: Mapping[str, Any]) -> Iterator[str]:
    """Every fault of a row, a sentence each."""
    yield from (f"{key!r} is not a known key" for key in sorted(row.keys() - KEYS))
    yield from (f"{key} is missing" for key in sorted(NEEDED - row.keys()))
    if not ID.fullmatch(str(row.get("id"))):
        yield "id is not of small letters, digits and hyphens"
    if row.get("country") not in {market.country for market in MARKETS.values()}:
        yield f"country {row.get('country')!r} is none of ours"
    yield from _check_reach(row)
    yield from _check_source(row.get("source"))
    yield from _check_days(row)
    yield from _check_amounts(row)
    yield from _check_words(row)


def _check_reach(row: Mapping[str, Any]) -> Iterator[str]:
    kinds = row.get("applies_to")
    if not isinstance(kinds, list) or not kinds:
        yield "applies_to names nothing"
    else:
        yield from (f"applies_to: {kind!r} is neither solar nor a device" for kind in kinds if not _is_kind(kind))
    yield from (f"state {state!r} is not like NY" for state in row.get("states", ()) if not STATE.fullmatch(str(state)))
    yield from (f"city {city!r} is not in small letters" for city in row.get("cities", ()) if city != str(city).lower())
    if row.get("postal_prefixes") and not row.get("cities"):
        yield "postal_prefixes need cities, for homes whose postal code is not known"


def _is_kind(kind: object) -> bool:
    return kind == "solar" or kind in DEVICES


def _check_source(source: object) -> Iterator[str]:
    name, url = (source.get("name"), source.get("url")) if isinstance(source, dict) else (None, None)
    if not isinstance(name, str) or not name.strip():
        yield "source has no name"
    if not isinstance(url, str) or not url.startswith("https://"):
        yield "source has no address that begins with https://"


def _check_days(row: Mapping[str, Any]) -> Iterator[str]:
    wrong = [key for key in DAYS if key in row and type(row[key]) is not date]
    yield from (f"{key} is not a date like 2026-11-21" for key in wrong)
    if wrong:
        return
    for earlier, later in (("checked_on", "review_after"), ("valid_from", "valid_to"), ("valid_to", "disputed_to")):
        if earlier in row and later in row and not row[earlier] < row[later]:
            yield f"{later} is not after {earlier}"
    if "disputed_to" in row and ("valid_to" not in row or "disputed_note" not in row):
        yield "disputed_to needs valid_to and a disputed_note"


def _check_amounts(row: Mapping[str, Any]) -> Iterator[str]:
    percent = row.get("percent")
    if percent is not None and (
        isinstance(percent, bool) or not isinstance(percent, (int, float)) or not 0 < percent <= 100
    ):
        yield "percent is not between 0 and 100"
    for key in ("cap_cents", "years"):
        value = row.get(key)
        if value is not None and (type(value) is not int or value <= 0):
            yield f"{key} is no whole number above 0"
    if row.get("conditions") and row.get("cap_cents") is None:
        yield "conditions without cap_cents: there is nothing to tell as an amount"


def _check_words(row: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"programme: {fault}" for fault in _check_texts(row.get("programme"), dated=False))
    for key in WORDS:
        if key in row:
            yield from (f"{key}: {fault}" for fault in _check_texts(row[key], dated=True))
    for number, condition in enumerate(row.get("conditions", ()), 1):
        yield from (f"condition {number}: {fault}" for fault in _check_texts(condition, dated=False))
    ended = (
        type(row.get("valid_to")) is date
        and type(row.get("checked_on")) is date
        and row["valid_to"] < row["checked_on"]
    )
    if not ended and not row.get("conditions") and "text" not in row:
        yield "nothing says it while it holds: neither text nor conditions"


def _check_texts(texts: object, *, dated: bool) -> Iterator[str]:
    if not isinstance(texts, dict) or texts.keys() != set(LANGUAGES):
        yield f"is not in {' and '.join(LANGUAGES)}"
        return
    for language, text in texts.items():
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT:
            yield f"{language}: is empty or longer than {LONGEST_TEXT} characters"
            continue
        if promise := PROMISES.search(fold(text)):
            yield f"{language}: promises something: {promise.group()!r}"
        if dated and FIGURE.search(text) and not YEAR.search(text):
            yield f"{language}: a price or a percentage needs the year it is from"
