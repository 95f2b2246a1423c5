"""The billing period: two days that belong together, with whatever the bill says of their distance."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from flows.reading.bills.dates import Day, span_days
from flows.reading.bills.keys import fold
from flows.reading.bills.lines import Cell, Line
from flows.reading.bills.sheet import Placed, Sheet, overlap_sideways
from flows.reading.bills.years import LONGEST, SHORTEST, Years, count_days

_USUAL = (24, 37)
_SHARP = 0.93
_BETWEEN = re.compile(
    r"[\s,.]*(?:-|–|—|~|to|thru|through|through to|until|till|and|a|al|hasta|hasta el|tot|y|/|>|a el)?"
    r"(?: the| el)?[\s,.:]*"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A period with what speaks for it; `agreed` when the bill says its length or says it twice; `sharp` when its days
    were read with confidence."""

    start: date
    end: date
    score: float
    agreed: bool
    line: int
    labelled: bool = False
    sharp: bool = True


def find_periods(sheet: Sheet) -> list[Period]:
    """Periods of a bill, the likeliest first."""
    years = Years(sheet)
    counts = count_days(sheet)
    found: list[Period] = []
    for line in sheet.lines:
        found += _pairs_of_line(sheet, line, years, counts)
    found += _pairs_by_label(sheet, years, counts)
    found += _pairs_of_columns(sheet, years, counts)
    return _merge(found)


def _pairs_of_line(sheet: Sheet, line: Line, years: Years, counts: Counter[int]) -> list[Period]:
    days = sheet.days[line.number]
    found = []
    for start, end in pairwise(days):
        if not _are_joined(start, end):
            continue
        placed = _place(start, end, years, counts)
        if placed:
            score = 1.5 + _score_labels(sheet, line, start)
            sharp = min(day.cell.confidence(day.start, day.end) for day in (start, end)) >= _SHARP
            found.append(replace(_judge(*placed, score, counts, line.number), sharp=sharp))
    return found


def _are_joined(start: Day, end: Day) -> bool:
    """True when nothing but "to" or a dash stands between two days, or they are neighbouring cells."""
    if start.cell is end.cell:
        return _BETWEEN.fullmatch(fold(start.cell.text[start.end : end.start])) is not None
    if end.cell.index - start.cell.index == 1:
        tail, head = start.cell.text[start.end :], end.cell.text[: end.start]
        return _BETWEEN.fullmatch(fold(f"{tail} {head}")) is not None
    return (
        end.cell.index - start.cell.index == 2
        and not (start.cell.text[start.end :] + end.cell.text[: end.start]).strip()
    )


def _place(start: Day, end: Day, years: Years, counts: Counter[int]) -> tuple[date, date] | None:
    """The period's days; day and month the other way where only that makes a period."""
    straight = years.place(start, end, swapped=False)
    if straight and _is_usual(straight):
        return straight
    swapped = years.place(start, end, swapped=True) if start.other or end.other else None
    if swapped and _is_usual(swapped):
        return swapped
    if straight and SHORTEST <= span_days(*straight) <= LONGEST:
        return straight
    return None


def _is_usual(period: tuple[date, date]) -> bool:
    days = span_days(*period)
    return _USUAL[0] <= days <= _USUAL[1] or 54 <= days <= 68


def _judge(start: date, end: date, score: float, counts: Counter[int], line: int) -> Period:
    days = span_days(start, end)
    agreed = bool(counts[days] or counts[days + 1])
    if _USUAL[0] <= days <= _USUAL[1]:
        score += 1.5
    elif not 54 <= days <= 68:
        score -= 1.0
    return Period(start, end, score + (1.0 if agreed else 0), agreed, line, score >= 3.5)


def _score_labels(sheet: Sheet, line: Line, day: Day) -> float:
    """What the words before and above a day say of it."""
    same = [
        p
        for p in sheet.labels[line.number]
        if p.cell.left <= day.cell.left and (p.cell is not day.cell or p.label.start < day.start)
    ]
    if same:
        return _worth(max(same, key=lambda placed: (placed.cell.left, placed.label.start)), same)
    for cell in sheet.headings(day.cell, 2):
        labels = [p for p in sheet.labels[cell.line] if p.cell is cell]
        if labels:
            return _worth(labels[-1], labels)
    return 0.0


def _worth(nearest: Placed, all_of_them: list[Placed]) -> float:
    if any("other_date" in placed.label.kinds for placed in all_of_them):
        return -2.0
    if any("history" in placed.label.kinds for placed in all_of_them):
        return -1.0
    if any("period" in placed.label.kinds for placed in all_of_them):
        return 2.0
    return (
        0.5 if nearest.label.kinds & {"start_date", "end_date", "kwh_total", "amount_electric", "charge_line"} else 0.0
    )


def _pairs_by_label(sheet: Sheet, years: Years, counts: Counter[int]) -> list[Period]:
    """A day labelled as the start and another as the end."""
    starts = _days_of(sheet, "start_date")
    ends = _days_of(sheet, "end_date")
    found = []
    for start, line in starts[:12]:
        for end, other in ends[:12]:
            if start is end or abs(line - other) > 6:
                continue
            placed = _place(start, end, years, counts)
            if placed:
                found.append(_judge(*placed, 1.6 - 0.05 * abs(line - other), counts, line))
    return found


def _days_of(sheet: Sheet, kind: str) -> list[tuple[Day, int]]:
    """Days right of or below labels of a kind."""
    found: list[tuple[Day, int]] = []
    for line, placed in sheet.find(kind):
        if any("other_date" in p.label.kinds for p in sheet.labels[line.number] if p.cell is placed.cell):
            continue
        right = [d for d in sheet.days[line.number] if _is_after(d, placed)]
        if right:
            found.append((right[0], line.number))
            continue
        for below in sheet.below(placed.cell, 3):
            under = [d for d in sheet.days[below.number] if _is_under(d, placed.cell)]
            if under:
                found.append((under[0], below.number))
                break
    return found


def _is_after(day: Day, placed: Placed) -> bool:
    if day.cell is placed.cell:
        return placed.label.end <= day.start
    return 0 < day.cell.index - placed.cell.index <= 1 and not day.cell.text[: day.start].strip(" :")


def _is_under(day: Day, heading: Cell) -> bool:
    left, right = day.cell.span(day.start, day.end)
    return overlap_sideways(heading, left, right) > 0


def _pairs_of_columns(sheet: Sheet, years: Years, counts: Counter[int]) -> list[Period]:
    """Readings below each other: one day over the other, each with a figure beside it."""
    found = []
    for line in sheet.lines:
        for day in sheet.days[line.number][:2]:
            for below in sheet.following(line, 2):
                for other in sheet.days[below.number][:2]:
                    left, right = other.cell.span(other.start, other.end)
                    if overlap_sideways(day.cell, left, right) <= 0:
                        continue
                    texts = fold(day.cell.text + " " + other.cell.text)
                    if "read" not in texts and "lect" not in texts and "meter" not in texts:
                        continue
                    for first, last in ((day, other), (other, day)):
                        placed = _place(first, last, years, counts)
                        if placed and _is_usual(placed):
                            found.append(_judge(*placed, 1.4, counts, line.number))
    return found


def _merge(found: list[Period]) -> list[Period]:
    """The same days in two places count once and agree."""
    by_days: dict[tuple[date, date], list[Period]] = {}
    for period in found:
        by_days.setdefault((period.start, period.end), []).append(period)
    merged = []
    for (start, end), group in by_days.items():
        best = max(group, key=lambda period: period.score)
        places = len({period.line for period in group})
        agreed = best.agreed or places > 1
        labelled = any(period.labelled for period in group)
        merged.append(
            Period(start, end, best.score + 0.4 * min(places - 1, 2), agreed, best.line, labelled, best.sharp)
        )
    return sorted(merged, key=lambda period: (-period.score, -period.end.toordinal()))
