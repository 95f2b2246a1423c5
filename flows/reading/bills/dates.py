"""Days and months as bills print them, in English and Spanish."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flows.reading.bills.keys import fold
from flows.reading.bills.lines import Cell, Line

MOST = 24
"""Dates of a line that are looked at."""
_NAMES = (
    "january|jan|enero|ene|januarie", "february|feb|febrero|februarie", "march|mar|marzo|maart|mrt",
    "april|apr|abril|abr", "may|mayo|mei", "june|jun|junio|junie", "july|jul|julio|julie",
    "august|aug|agosto|ago|augustus", "september|sept|sep|septiembre|setiembre|set", "october|oct|octubre|okt|oktober",
    "november|nov|noviembre", "december|dec|diciembre|dic|des|desember",
)  # fmt: skip
MONTHS = {
    name[:size]: index
    for index, names in enumerate(_NAMES, 1)
    for name in names.split("|")
    for size in range(3, len(name) + 1)
}
"""Names and whatever of their beginnings charts have room for."""
_ALL = "|".join(sorted(MONTHS, key=len, reverse=True))
_MONTH = rf"(?P<month>{_ALL})(?![a-z])\.?"
_YEAR = r"(?P<year>20[0-4]\d|'?\d\d)"
_BY_NAME = (
    re.compile(
        rf"(?<![\d.,])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ ./-]{{0,2}}(?:de ?)?{_MONTH}"
        rf"[ .,/-]{{0,2}}(?:del? ?)?{_YEAR}(?![\d,.:%/])"
    ),
    re.compile(rf"(?<![a-z]){_MONTH} ?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:(?:, ?| ){_YEAR}(?![\d,.:%/]))?"),
    re.compile(rf"(?<![\d.,])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ ./-]{{0,2}}(?:de ?)?{_MONTH}(?P<year>)"),
)
"""The day, month and year first: "02 ABR 25" holds no 25 April."""
_IN_DIGITS = re.compile(
    r"(?<![\d.,/-])(?:(?P<y1>20[0-4]\d)(?P<s1>[-/.]) ?(?P<m1>\d{1,2})(?P=s1) ?(?P<d1>\d{1,2})"
    r"|(?P<a>\d{1,2}) ?(?P<s2>[-/.]) ?(?P<b>\d{1,2}) ?(?P=s2) ?(?P<y2>20[0-4]\d|\d\d)"
    r"|(?P<a3>\d{1,2})/(?P<b3>\d{1,2}))(?![\d/]|[.,-]\d)"
)
_MONTH_ONLY = re.compile(rf"(?<![a-z]){_MONTH}[ ,./-]{{0,2}}(?P<year>20[0-4]\d|'?[1-4]\d)?(?![\d])")
_MONTH_DIGITS = re.compile(
    r"(?<![\d.,/-])(?:(?P<m>0?[1-9]|1[0-2])[/-](?P<y>20[0-4]\d|[1-4]\d)|(?P<y4>20[0-4]\d)[/-](?P<m4>0[1-9]|1[0-2]))(?![\d/.-])"
)


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """A day as printed; `year` is None where it was left out. `other` is the day with day and month the other way."""

    year: int | None
    month: int
    day: int
    cell: Cell
    start: int
    end: int
    other: tuple[int, int] | None = None

    def on(self, year: int | None = None, swapped: bool = False) -> date | None:
        """The date, with `year` where the bill gave none; None when there is no such day."""
        month, day = self.other if swapped and self.other else (self.month, self.day)
        chosen = self.year or year
        try:
            return date(chosen, month, day) if chosen else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, eq=False)
class Month:
    """A month as printed, with its year where it has one."""

    month: int
    year: int | None
    cell: Cell
    start: int
    end: int

    @property
    def middle(self) -> float:
        left, right = self.cell.span(self.start, self.end)
        return (left + right) / 2

    @property
    def left(self) -> float:
        return self.cell.span(self.start, self.end)[0]

    @property
    def right(self) -> float:
        return self.cell.span(self.start, self.end)[1]


def find_days(line: Line, country: str) -> tuple[Day, ...]:
    """Days of a line from left to right."""
    found: list[Day] = []
    for cell in line.cells:
        if len(found) >= MOST:
            break
        found += find_days_in(cell, country)
    return tuple(found[:MOST])


def find_days_in(cell: Cell, country: str) -> list[Day]:
    """Days of a cell from left to right; day and month the country's way, the other way kept beside."""
    text = _fold_same(cell.text)
    found: list[Day] = []
    taken = [False] * len(text)
    for pattern in _BY_NAME:
        for match in pattern.finditer(text):
            _keep(found, taken, _day_by_name(match, cell))
    for match in _IN_DIGITS.finditer(text):
        _keep(found, taken, _day_in_digits(match, cell, country))
    return sorted(found, key=lambda day: day.start)[:MOST]


def _fold_same(text: str) -> str:
    folded = fold(text)
    return folded if len(folded) == len(text) else text.lower()


def _keep(found: list[Day], taken: list[bool], day: Day | None) -> None:
    if day and not any(taken[day.start : day.end]) and len(found) < MOST:
        taken[day.start : day.end] = [True] * (day.end - day.start)
        found.append(day)


def _day_by_name(match: re.Match[str], cell: Cell) -> Day | None:
    day = int(match.group("day"))
    year = full_year(match.group("year"))
    if not 1 <= day <= 31:
        return None
    return Day(year, MONTHS[match.group("month")], day, cell, match.start(), match.end())


def full_year(text: str | None) -> int | None:
    """ "25" is 2025; None for none."""
    if not text:
        return None
    digits = int(text.lstrip("'"))
    return digits if digits > 99 else 2000 + digits


def _day_in_digits(match: re.Match[str], cell: Cell, country: str) -> Day | None:
    if match.group("y1"):
        month, day = int(match.group("m1")), int(match.group("d1"))
        valid = 1 <= month <= 12 and 1 <= day <= 31
        return Day(int(match.group("y1")), month, day, cell, match.start(), match.end()) if valid else None
    first, second = (int(match.group(a) or match.group(b)) for a, b in (("a", "a3"), ("b", "b3")))
    year = full_year(match.group("y2"))
    month, day = (first, second) if country == "US" else (second, first)
    if month > 12:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    other = (day, month) if day <= 12 and day != month else None
    return Day(year, month, day, cell, match.start(), match.end(), other)


def find_months(line: Line) -> tuple[Month, ...]:
    """Months of a line from left to right; the month of a full date counts."""
    found: list[Month] = []
    for cell in line.cells:
        found += _months_in(cell)
        if len(found) > 40:
            break
    return tuple(found[:40])


def _months_in(cell: Cell) -> list[Month]:
    text = _fold_same(cell.text)
    found = [
        Month(MONTHS[match.group("month")], full_year(match.group("year")), cell, match.start(), match.end())
        for match in _MONTH_ONLY.finditer(text)
    ]
    for match in _MONTH_DIGITS.finditer(text):
        month, year = match.group("m") or match.group("m4"), match.group("y") or match.group("y4")
        found.append(Month(int(month), full_year(year), cell, match.start(), match.end()))
    return sorted(found, key=lambda month: month.start)


def with_year(day: Day, year: int) -> Day:
    """The day in a year."""
    return replace(day, year=year)


def span_days(start: date, end: date) -> int:
    """Days from `start` to `end`, the first one not counted."""
    return (end - start) // timedelta(days=1)
