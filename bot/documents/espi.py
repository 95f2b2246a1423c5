"""Green Button XML (ESPI): electricity of a feed in which units, times, names and other meters vary."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from bot.documents.consumption import Billed, Consumption, conclude_bill
from bot.documents.espi_feed import Entry, Node, find_all, find_number, find_text, list_entries
from bot.documents.espi_times import LocalTime
from bot.documents.limits import Limits
from bot.documents.names import find_utility
from bot.documents.problems import BadFile
from flows.reading.bills.types import Bill

WATT_HOURS = 72
GAS_UNITS = frozenset({42, 119, 132, 169})  # cubic metres, cubic feet, Btu, therms
ELECTRICITY, GAS = 0, 1
REVERSE = 19  # flowDirection: to the grid
LONGEST = 400 * 86_400  # seconds of a period
HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{8}")
MONEY = 100_000  # parts of a dollar
CURRENCIES = {840: "USD", 978: "EUR", 124: "CAD", 710: "ZAR", 484: "MXN"}
ESTIMATED = frozenset({"8", "9", "estimated"})


def read_espi(content: bytes, limits: Limits) -> Bill:
    """BadFile: unreadable (also where it declares entities), too_large, gas_only, not_a_bill."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise BadFile("unreadable") from error
    entries = list_entries(root)
    if not entries:
        raise BadFile("not_a_bill")
    found = Consumption()
    kinds = {
        entry.path: find_number(entry.body, "ServiceCategory", "kind") for entry in entries if entry.is_a("UsagePoint")
    }
    electric = [entry for entry in entries if _is_electric(entry, kinds)]
    found.has_gas = len(electric) < len(entries) and GAS in kinds.values()
    found.utility, found.address = find_author(root), find_address(electric)
    local = find_local_time(entries)
    for entry in electric:
        if entry.is_a("UsageSummary") or entry.is_a("ElectricPowerUsageSummary"):
            add_summary(found, entry.body, local)
    count = 0
    for entry in electric:
        if entry.is_a("IntervalBlock"):
            count += add_readings(found, entry, electric, local, limits.readings - count)
    return conclude_bill(found)


def _is_electric(entry: Entry, kinds: dict[str, int | None]) -> bool:
    """By the nearest usage point that its address names; a feed of one kind need not say."""
    holders = [path for path in kinds if path and (entry.path == path or entry.path.startswith(f"{path}/"))]
    kind = kinds[max(holders, key=len)] if holders else next(iter(kinds.values()), None) if len(kinds) == 1 else None
    return kind in (ELECTRICITY, None)


def find_author(root: Node) -> str | None:
    """Only where the table of utilities knows the name: a feed's title is no utility."""
    for name in ("author", "title"):
        for element in root:
            if element.tag.rpartition("}")[2] == name and (known := find_utility(" ".join(element.itertext()))):
                return known
    return None


def find_address(entries: list[Entry]) -> str | None:
    """Titles of usage points often are where the meter is."""
    titles = [entry.title for entry in entries if entry.is_a("UsagePoint")]
    return next((title for title in titles if title[:1].isdigit() and " " in title), None)


def find_local_time(entries: list[Entry]) -> LocalTime:
    """UTC where the feed does not say."""
    for entry in entries:
        if entry.is_a("LocalTimeParameters"):
            offset, summer = (
                timedelta(seconds=find_number(entry.body, name) or 0) for name in ("tzOffset", "dstOffset")
            )
            return LocalTime(offset, summer, find_rule(entry.body, "dstStartRule"), find_rule(entry.body, "dstEndRule"))
    return LocalTime()


def find_shift(body: Node, name: str) -> timedelta:
    """Of at most a day."""
    return timedelta(seconds=min(max(find_number(body, name) or 0, -86_400), 86_400))


def find_rule(body: Node, name: str) -> int | None:
    text = find_text(body, name) or ""
    return int(text, 16) if HEXADECIMAL.fullmatch(text) else None


def find_moment(element: Node, local: LocalTime) -> tuple[datetime, float] | None:
    """Local time of its start, and seconds."""
    start, seconds = find_number(element, "start"), find_number(element, "duration") or 0
    moment = local.read(start) if start is not None else None
    if moment is None:
        return None
    return moment, float(min(max(seconds, 0), LONGEST))


def find_nearest_day(moment: datetime) -> date:
    """Of a midnight that a feed without rules of summer time moves by an hour."""
    return (moment + timedelta(hours=12)).date()


def add_summary(found: Consumption, body: Node, local: LocalTime) -> None:
    period = next(find_all(body, "billingPeriod"), None)
    when = find_moment(period, local) if period is not None else None
    if when is None or when[1] <= 0:
        return
    start = find_nearest_day(when[0])
    end = find_nearest_day(when[0] + timedelta(seconds=when[1])) - timedelta(days=1)
    used = next(find_all(body, "overallConsumptionLastPeriod"), None)
    used = used if used is not None else next(find_all(body, "currentBillingPeriodOverAllConsumption"), None)
    kwh = read_kwh(used) if used is not None else None
    cost = find_number(body, "billLastPeriod")
    if cost is None:
        cost = find_number(body, "billToDate")
    found.currency = CURRENCIES.get(find_number(body, "currency") or 840, found.currency)
    found.is_estimated = found.is_estimated or (find_text(body, "qualityOfReading") or "") in ESTIMATED
    found.bills.append(Billed(start, max(start, end), kwh, None if cost is None else round(cost / MONEY, 2)))


def read_kwh(element: Node) -> float | None:
    """None for another unit than watt hours."""
    unit, value = find_number(element, "uom"), find_number(element, "value")
    if value is None or unit not in (WATT_HOURS, None):
        return None
    return scale_kwh(value, find_number(element, "powerOfTenMultiplier"))


def scale_kwh(value: float, tenth: int | None) -> float:
    return round(value * 10.0 ** max(-12, min(12, tenth or 0)) / 1000, 6)


def add_readings(found: Consumption, entry: Entry, entries: list[Entry], local: LocalTime, left: int) -> int:
    """How many readings; BadFile beyond `left`."""
    kind = find_reading_type(entry, entries)
    unit = find_number(kind.body, "uom") if kind else WATT_HOURS
    direction = find_number(kind.body, "flowDirection") if kind else None
    if unit in GAS_UNITS:
        found.has_gas = True
    if unit not in (WATT_HOURS, None):
        return 0
    tenth = find_number(kind.body, "powerOfTenMultiplier") if kind else 0
    sign = -1 if direction == REVERSE else 1
    count = 0
    for count, (moment, seconds, value, cost) in enumerate(list_readings(entry.body, local), start=1):
        if count > left:
            raise BadFile("too_large")
        day = (moment + timedelta(seconds=seconds / 2)).date()
        found.days[day] += sign * scale_kwh(value, tenth)
        found.seconds[day] += 0 if sign < 0 else max(seconds, 1.0)
        if cost is not None:
            found.costs[day] += cost / MONEY
            found.currency = CURRENCIES.get((find_number(kind.body, "currency") if kind else None) or 840)
    return count


def find_reading_type(entry: Entry, entries: list[Entry]) -> Entry | None:
    """That which its meter reading is related to; else the only one."""
    types = [other for other in entries if other.is_a("ReadingType")]
    readings = [other for other in entries if other.is_a("MeterReading") and entry.path.startswith(f"{other.path}/")]
    for reading in readings:
        for kind in types:
            if kind.path and kind.path in reading.related:
                return kind
    near = [kind for kind in types if readings and kind.path.startswith(f"{readings[0].path}/")]
    return next(iter(near or types), None)


def list_readings(body: Node, local: LocalTime) -> Iterator[tuple[datetime, float, float, float | None]]:
    for reading in find_all(body, "IntervalReading"):
        period = next(find_all(reading, "timePeriod"), None)
        when = find_moment(period, local) if period is not None else None
        value = find_number(reading, "value")
        if when is not None and value is not None:
            yield when[0], when[1], value, find_number(reading, "cost")
