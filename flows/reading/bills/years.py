"""Years of days that were printed without one, and the numbers of days that a bill prints."""

import re
from collections import Counter
from datetime import date

from flows.reading.bills.dates import Day, span_days
from flows.reading.bills.keys import fold
from flows.reading.bills.lines import Line
from flows.reading.bills.sheet import Placed, Sheet, overlap_sideways

SHORTEST, LONGEST = 5, 130
"""Days of a billing period."""
_DAYS = re.compile(r"(?<![\d.,])(\d{1,3}) ?-?(?:days?|dias?|dae)(?![a-z])")


class Years:
    """Years that a bill prints, for days that were printed without."""

    def __init__(self, sheet: Sheet) -> None:
        days = [day for row in sheet.days for day in row if day.year]
        self.known = [day for day in (day.on() for day in days) if day and 2000 < day.year < 2050]
        self.counts = Counter(day.year for day in self.known)

    def place(self, start: Day, end: Day, swapped: bool) -> tuple[date, date] | None:
        """The two days with their years; None where they cannot be told."""
        if end.year or start.year:
            year = end.year or start.year
            last = end.on(year, swapped)
            first = start.on(start.year or year, swapped)
            if first and last and first > last:
                if start.year is None:
                    first = start.on(last.year - 1, swapped)
                elif end.year is None:
                    last = end.on(first.year + 1, swapped)
        else:
            last, first = self._place_bare(start, end, swapped)
        return (first, last) if first and last else None

    def _place_bare(self, start: Day, end: Day, swapped: bool) -> tuple[date | None, date | None]:
        """The latest year in which the period ends near before a day of the bill."""
        for year in sorted(self.counts, reverse=True):
            last = end.on(year, swapped)
            if last is None or not any(-3 <= span_days(last, day) <= 75 for day in self.known):
                continue
            first = start.on(year, swapped)
            if first and first > last:
                first = start.on(year - 1, swapped)
            return last, first
        return None, None


def count_days(sheet: Sheet) -> Counter[int]:
    """Numbers of days that the bill prints."""
    counts: Counter[int] = Counter()
    for line in sheet.lines:
        for number in _DAYS.findall(fold(line.text))[:6]:
            counts[int(number)] += 1
        for placed in sheet.labels[line.number]:
            if "days" in placed.label.kinds:
                counts.update(_counts_near(sheet, line, placed))
    return counts


def _counts_near(sheet: Sheet, line: Line, placed: Placed) -> set[int]:
    """Whole numbers right of or below a label about days."""
    right = [
        f
        for f in sheet.figures[line.number]
        if f.left >= placed.cell.left and (f.cell is not placed.cell or f.start >= placed.label.end)
    ]
    near = right[:1]
    for below in sheet.below(placed.cell, 2):
        near += [f for f in sheet.figures[below.number] if overlap_sideways(placed.cell, f.left, f.right) > 0]
    return {int(f.value) for f in near if f.decimals == 0 and SHORTEST <= f.value <= LONGEST}
