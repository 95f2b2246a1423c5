"""Which clock hangs in a home: by market, and in the United States by state or by where the pin is."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flows.state import SlotValue

_MARKETS = {"ZW": "Africa/Harare", "ZA": "Africa/Johannesburg", "ES": "Europe/Madrid"}
_STATES = {
    "America/New_York": "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV",
    "America/Chicago": "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
    "America/Denver": "CO ID MT NM UT WY",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA NV OR WA",
    "America/Anchorage": "AK",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR",
}
"""Where a state has two clocks, that of most of its people."""

_ZONE_OF = {state: zone for zone, states in _STATES.items() for state in states.split()}
_EASTERN, _CENTRAL, _MOUNTAIN = -85.0, -102.0, -114.0
"""Longitudes at about which the clocks of the United States change."""


def zone_of(market: str, slots: Mapping[str, SlotValue]) -> ZoneInfo:
    """The time zone of the home that the slots describe."""
    if market in _MARKETS:
        return ZoneInfo(_MARKETS[market])
    state, pin = slots.get("state"), slots.get("location")
    named = _ZONE_OF.get(str(state.value).strip().upper()) if state else None
    if named is None and pin is not None and isinstance(pin.value, dict):
        named = _zone_at(float(pin.value["longitude"]))
    return ZoneInfo(named or "America/New_York")


def _zone_at(longitude: float) -> str:
    if longitude > _EASTERN:
        return "America/New_York"
    if longitude > _CENTRAL:
        return "America/Chicago"
    return "America/Denver" if longitude > _MOUNTAIN else "America/Los_Angeles"


def at_local(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """That hour of that day on the home's clock, as UTC."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=zone).astimezone(UTC)
