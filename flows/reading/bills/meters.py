"""Meter readings and the parts of a total: arithmetic that a bill shows."""

from collections.abc import Iterator, Sequence
from itertools import permutations

from flows.reading.bills.energy import MOST_KWH, is_usable
from flows.reading.bills.evidence import Reading
from flows.reading.bills.figures import Figure
from flows.reading.bills.lines import Line
from flows.reading.bills.sheet import Placed, Sheet, overlap_sideways

_MOST_PARTS = 8
_FACTORS = (1, 10, 20, 40, 60, 80, 100, 120)


def find_metered(sheet: Sheet) -> list[Reading]:
    """Readings of kWh from a line of readings, from labelled readings, from priced lines and from sums of parts."""
    found = [*_from_lines(sheet), *_from_labels(sheet)]
    priced = list(find_priced(sheet))
    found += [Reading(figure.value, "priced", 0.9, figure.cell.line) for figure in priced]
    return [*found, *_from_parts(sheet, priced)]


def _is_elsewhere(sheet: Sheet, line: Line) -> bool:
    """True in lines about gas or water."""
    units = {f.unit for f in sheet.figures[line.number]}
    return sheet.says(line, "amount_other") or ("other" in units and "kwh" not in units)


def _from_lines(sheet: Sheet) -> Iterator[Reading]:
    """Two readings and their difference on one line."""
    for line in sheet.lines:
        figures = [f for f in sheet.figures[line.number] if f.unit in ("none", "kwh") and f.decimals <= 3][:8]
        if len(figures) < 3 or _is_elsewhere(sheet, line):
            continue
        found = _match_difference(figures)
        if found:
            used, times = found
            product = next((f for f in figures if times > 1 and abs(f.value - used * times) < 0.51), None)
            yield Reading(product.value if product else used, "metered", 1.6, line.number)


def _match_difference(figures: Sequence[Figure]) -> tuple[float, float] | None:
    """The difference that stands beside its two readings, and the multiplier."""
    for new, old, used in permutations(figures, 3):
        fits = abs(new.value - old.value - used.value) < 0.6 and 1 <= abs(used.value) <= MOST_KWH
        if fits and new.value >= 100 and old.value > 0 and old.value != used.value:
            factors = [f.value for f in figures if f not in (new, old, used) and f.value in _FACTORS]
            return used.value, max(factors, default=1)
    return None


def _from_labels(sheet: Sheet) -> Iterator[Reading]:
    """Readings labelled current and previous, near each other; those of several registers are added."""
    news, olds = _labelled(sheet, "current_reading"), _labelled(sheet, "previous_reading")
    times = max((row[0].value for row in _labelled(sheet, "multiplier") if 1 <= row[0].value <= 400), default=1)
    for new in news[:6]:
        for old in olds[:6]:
            near = abs(new[0].cell.line - old[0].cell.line) <= 4
            same = new[0].cell is old[0].cell and new[0].start == old[0].start
            if same or not near or len(new) != len(old):
                continue
            used = sum(_subtract(a, b) for a, b in zip(new, old, strict=True)) * times
            if 0 < used <= MOST_KWH / 6:
                yield Reading(round(used, 3), "metered", 1.2, new[0].cell.line)


def _subtract(new: Figure, old: Figure) -> float:
    """The difference of two readings; a meter that ran over its last digit begins again."""
    if new.value >= old.value:
        return new.value - old.value
    return new.value + 10 ** len(str(int(old.value))) - old.value if old.value > 9000 else 0


def _labelled(sheet: Sheet, kind: str) -> list[list[Figure]]:
    """Figures of each label of a kind: those right of it, or the one below."""
    found: list[list[Figure]] = []
    for line, placed in sheet.find(kind):
        if _is_elsewhere(sheet, line):
            continue
        row = _figures_right(sheet, line, placed)
        if not row:
            row = [
                f for other in sheet.below(placed.cell, 2) for f in sheet.figures[other.number]
                if overlap_sideways(placed.cell, f.left, f.right) > 0 and f.unit in ("none", "kwh")
            ][:1]  # fmt: skip
        found += [row] if row else []
    return found


def _figures_right(sheet: Sheet, line: Line, placed: Placed) -> list[Figure]:
    """Figures after a label: the one of its cell, or those of the cells that follow, before the next label's."""
    cell = placed.cell
    inside = [f for f in sheet.figures[line.number] if f.cell is cell and f.start >= placed.label.end]
    if inside:
        return inside[:1] if inside[0].unit in ("none", "kwh") else []
    ends = min((p.cell.index for p in sheet.labels[line.number] if p.cell.index > cell.index), default=99)
    after = [f for f in sheet.figures[line.number] if cell.index < f.cell.index < ends]
    if not after or after[0].cell.index > cell.index + 1:
        return []
    return [f for f in after if f.unit in ("none", "kwh")]


def find_priced(sheet: Sheet) -> Iterator[Figure]:
    """Quantities of kWh whose line shows rate and amount that fit."""
    for line in sheet.lines:
        figures = sheet.figures[line.number][:10]
        if len(figures) < 3 or _is_elsewhere(sheet, line):
            continue
        amounts = [f for f in figures if f.unit in ("money", "none") and f.decimals == 2]
        rates = [f for f in figures if f.unit in ("rate", "none", "money") and abs(f.value) > 0 and f.decimals >= 2]
        for quantity in (f for f in figures if is_usable(f) and abs(f.value) >= 2):
            if any(_fits(quantity, rate, amount) for rate in rates for amount in amounts):
                yield quantity
                break


def _fits(quantity: Figure, rate: Figure, amount: Figure) -> bool:
    if rate is amount or quantity is amount or quantity is rate:
        return False
    for price in (rate.value, rate.value / 100):
        slip = 0.006 + abs(quantity.value) * 0.5 * 10.0 ** -(rate.decimals + (price != rate.value) * 2)
        if (
            0.01 < abs(price) < 12
            and abs(quantity.value * price - amount.value) <= min(slip, 0.3)
            and abs(amount.value) > 0.5
        ):
            return True
    return False


def _from_parts(sheet: Sheet, priced: Sequence[Figure]) -> Iterator[Reading]:
    """Tiers or times of use that follow each other, added up."""
    parts = _list_parts(sheet, priced)
    for first in range(len(parts)):
        total, run = parts[first].value, 1
        for last, part in zip(parts[first:], parts[first + 1 :], strict=False):
            if (
                part.cell.page != last.cell.page
                or part.cell.line - last.cell.line > 3
                or part.cell.line == last.cell.line
            ):
                break
            total, run = total + part.value, run + 1
            if run > _MOST_PARTS:
                break
            yield Reading(round(total, 3), "parts", 0.5, parts[first].cell.line)


def _list_parts(sheet: Sheet, priced: Sequence[Figure]) -> list[Figure]:
    """Quantities of lines that name a tier or a time, or that are priced; one a line, in reading order."""
    by_line = {figure.cell.line: figure for figure in priced}
    for line in sheet.lines:
        if line.number in by_line or not sheet.says(line, "tier") or sheet.says(line, "not_usage"):
            continue
        figure = next((f for f in sheet.figures[line.number] if f.unit == "kwh" and is_usable(f)), None)
        if figure:
            by_line[line.number] = figure
    return [by_line[number] for number in sorted(by_line)][:80]


def find_differences(sheet: Sheet) -> frozenset[float]:
    """Differences of whole figures of a meter's size that stand under each other."""
    found: set[float] = set()
    for line in sheet.lines:
        for figure in sheet.figures[line.number][:8]:
            if not _may_be_reading(figure):
                continue
            for below in sheet.below(figure.cell, 2):
                for other in sheet.figures[below.number][:8]:
                    apart = abs(figure.value - other.value)
                    if (
                        _may_be_reading(other)
                        and apart >= 1
                        and overlap_sideways(figure.cell, other.left, other.right) > 0
                    ):
                        found.add(apart)
    return frozenset(found)


def _may_be_reading(figure: Figure) -> bool:
    return (
        figure.unit in ("none", "kwh")
        and figure.decimals == 0
        and figure.value >= 1000
        and not 2015 <= figure.value <= 2035
    )
