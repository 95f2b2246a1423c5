"""Electricity usage in kWh: units, ranges, any period."""

import re

from flows.reading.months import read_months
from flows.reading.numbers import Number, find_numbers
from flows.reading.periods import PER_MONTH, Period, find_periods, mean, nearest_period, pick_group
from flows.reading.segments import Message

ASKED = frozenset({"monthly_kwh", "annual_kwh"})
_UNIT = re.compile(
    r"\s*(?:(?P<mwh>mwh|megawatt[ -]?hours?)|(?P<kwh>kwh?rs?|kwhs?|kw[ -]?h(?:(?:ou)?rs?)?|kw/h|kwts?|kilo "
    r"?watt[ -]?hours?"
    r"|kilovatios?[ -]?horas?|kilowatt[ -]?uur)|(?P<units>units?|unidades|eenhede|mayunits|ma ?unit)"
    r"|(?P<power>kva|kwp|watts?|w|amps?|kw (?:system|inverter|solar|battery|generator|panel|peak|array|unit"
    r"|pump|geyser)s?)"
    r"|(?P<kw>kw|kws|kilowatts?|kilovatios?))(?![a-z0-9])"
)
_SYSTEM = re.compile(
    r"\b(?:systems?|inverters?|solar|panels?|generators?|batter(?:y|ies)|genset|array|sistema|inversor|kva)\b"
)
_MONEY = re.compile(r"(?:[$€£]|\busd|\beur|\bzig|\br)\s*$")
_MONEY_AFTER = re.compile(r"\s*(?:dollars?|bucks|usd|pesos|euros?|rands?|zar|zig|dolares|[$€]|us\$)")
_NOT_USAGE = re.compile(
    r"\s*-?(?:bed(?:s|rooms?)?|rooms?|people|persons?|kids|years?|yrs?|days?|months?|meses|hours?|acs?|aircons?|panels?"
    r"|batter|geysers?|floors?|stor(?:y|ies)|bath|square|sq|m2|personas|anos|dias|habitaciones|%|percent"
    r"|degrees|am\b|pm\b"
    r"|st\b|nd\b|rd\b|th\b|o'?clock)"
)
_USAGE = re.compile(r"\b(?:use|used|using|usage|consum\w+|usamos|uso|gast\w+|kwh|burn|draw|verbruik|gebruik)\b")


def read_energy(message: Message, asked: str | None, country: str) -> None:
    """Set `monthly_kwh` or `annual_kwh`; twelve months first."""
    read_months(message, asked)
    if message.has("monthly_kwh"):
        return
    numbers = find_numbers(message)
    if not numbers:
        return
    periods = find_periods(message)
    periods_at = [(p.start, p.end) for p in periods]
    numbers = [n for n in numbers if not any(a <= n.start < b for a, b in periods_at)]
    usable = [n for n in numbers if _is_usage(message, n, asked, country, periods)]
    usable = _spread_unit(message, numbers, usable)
    if not usable:
        return
    group, _ = pick_group(message, usable)
    if not _UNIT.match(message.plain, usable[-1].end) and len(usable) > 2 and len(group) < 3:
        return
    _set_usage(message, group, usable, nearest_period(message, group, periods))


def _set_usage(message: Message, group: list[Number], usable: list[Number], period: Period | None) -> None:
    value = mean(group)
    unit = next((m for n in reversed(group) if (m := _UNIT.match(message.plain, n.end))), None)
    if unit and unit.group("mwh"):
        value *= 1000
    start, end = group[0].start, max(unit.end() if unit else 0, group[-1].end)
    confidence = 0.95 if unit else 0.85
    if period and period.name == "year":
        message.keep("annual_kwh", value, start, end, confidence)
    else:
        factor = PER_MONTH[period.name] if period else 1.0
        message.keep("monthly_kwh", round(value * factor, 2), start, end, confidence)
    for number in usable:
        written = _UNIT.match(message.plain, number.end)
        message.take(number.start, written.end() if written else number.end)
    if period:
        message.take(period.start, period.end)


def _is_usage(message: Message, number: Number, asked: str | None, country: str, periods: list[Period]) -> bool:
    plain = message.plain
    if _MONEY.search(plain, max(0, number.start - 5), number.start):
        return False
    unit = _UNIT.match(plain, number.end)
    if unit is None and number.worded and number.value < 20:
        return False
    if unit is None:
        return asked in ASKED and not (_NOT_USAGE.match(plain, number.end) or _MONEY_AFTER.match(plain, number.end))
    if unit.group("power"):
        return False
    start, end = message.sentence_at(number.start)
    here = plain[start:end]
    if re.match(r"\s*/?\s*(?:kwh)", plain[unit.end() : unit.end() + 6]):
        return False
    if unit.group("kw"):
        near = plain[max(start, number.start - 30) : unit.end() + 20]
        return not _SYSTEM.search(near) and (asked in ASKED or bool(periods) or bool(_USAGE.search(here)))
    if unit.group("units"):
        if re.search(r"\b(?:ac|aircon|air|window|split|solar)\s*$", plain[max(0, number.start - 8) : number.start]):
            return False
        return country in ("ZW", "ZA") or asked in ASKED or bool(periods)
    return number.value >= 25 or not _SYSTEM.search(here)


def _spread_unit(message: Message, numbers: list[Number], usable: list[Number]) -> list[Number]:
    """ "between 800 and 900 kwh": the unit holds for both ends."""
    found = list(usable)
    for index in range(len(numbers) - 1):
        here, after = numbers[index], numbers[index + 1]
        if (here in found) == (after in found):
            continue
        other = here if after in found else after
        if _MONEY.search(message.plain, max(0, other.start - 5), other.start) or _UNIT.match(message.plain, other.end):
            continue
        if _NOT_USAGE.match(message.plain, other.end) or _MONEY_AFTER.match(message.plain, other.end):
            continue
        if len(pick_group(message, [here, after])[0]) == 2 or pick_group(message, [here, after])[1]:
            found.append(other)
    return sorted(found, key=lambda number: number.start)
