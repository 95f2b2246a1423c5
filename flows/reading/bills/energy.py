"""What was used: readings of kWh from labels, prices, parts and meters."""

from collections.abc import Iterator

from flows.reading.bills.evidence import Reading
from flows.reading.bills.figures import Figure
from flows.reading.bills.lines import Line
from flows.reading.bills.sheet import Placed, Sheet, overlap_sideways

MOST_KWH = 60_000
_AVERAGES = ("averag", "avg", "dally", "perday", "dlarlo", "medlo", "promedlo")
"""Parts of squeezed labels."""
_TOTALS = ("kwh_total", "kwh_net")


def find_usage(sheet: Sheet) -> list[Reading]:
    """Readings of the period's kWh, apart from meters and sums of parts."""
    return [*_find_labelled(sheet), *_find_plain(sheet)]


def is_usable(figure: Figure) -> bool:
    """True for what may be a household's kWh of a period."""
    return abs(figure.value) <= MOST_KWH and (figure.unit == "kwh" or (figure.unit == "none" and figure.decimals <= 3))


def _find_labelled(sheet: Sheet) -> Iterator[Reading]:
    for line, placed in sheet.find(*_TOTALS):
        kind = "net" if "kwh_net" in placed.label.kinds else "labelled"
        if _is_spoilt(sheet, line, placed):
            continue
        figure, weight = _figure_of(sheet, line, placed)
        if figure:
            if figure.unit != "kwh" and not _is_about_kwh(sheet, line, placed, figure):
                weight *= 0.3
            yield Reading(figure.value, kind, weight * (1.4 if kind == "net" else 1.0), line.number)


def _is_spoilt(sheet: Sheet, line: Line, placed: Placed) -> bool:
    """True when the words just around a label make it another matter: last year's, a day's, a limit."""
    for other in sheet.labels[line.number]:
        if other.cell is placed.cell and other.label.kinds & {"not_usage", "history", "kwh_export", "other_date"}:
            return True
        if other.cell is placed.cell and other.label.kinds & {"tier", "amount_other"}:
            return True
    return False


def _figure_of(sheet: Sheet, line: Line, placed: Placed) -> tuple[Figure | None, float]:
    """The figure that a label names, and what that is worth: beside it, before it, below it."""
    cell, label = placed.cell, placed.label
    inside = [f for f in sheet.figures[line.number] if f.cell is cell]
    after = next((f for f in inside if f.start >= label.end and is_usable(f)), None)
    if after and not _crosses_label(sheet, line, placed, after):
        return after, 2.0
    before = next((f for f in reversed(inside) if f.end <= label.start and f.unit == "kwh"), None)
    if before and label.start - before.end < 10:
        return before, 1.8
    right, share = _figure_right(sheet, line, placed)
    if right:
        return right, 1.9 * share
    below = _figure_below(sheet, line, placed)
    if below:
        return below, 1.7
    if not inside:
        return _figure_above(sheet, line, placed), 1.2
    return None, 0.0


def _crosses_label(sheet: Sheet, line: Line, placed: Placed, figure: Figure) -> bool:
    between = [
        p
        for p in sheet.labels[line.number]
        if p.cell is placed.cell and placed.label.end <= p.label.start < figure.start
    ]
    return any(
        p.label.kinds & {"not_usage", "amount_due", "current_reading", "previous_reading", "multiplier"}
        for p in between
    )


def _figure_right(sheet: Sheet, line: Line, placed: Placed) -> tuple[Figure | None, float]:
    """The first usable figure in the cells right of a label, before another label's; the last of a row of parts that
    it is the sum of; worth little in a row of kWh that add up to nothing."""
    row: list[Figure] = []
    for figure in sheet.figures[line.number]:
        if figure.cell.index <= placed.cell.index:
            continue
        between = [
            p for p in sheet.labels[line.number]
            if placed.cell.index < p.cell.index <= figure.cell.index and p.label.start < max(figure.start, 1)
            and not p.label.kinds & {"kwh_unit", "kwh_total"}
        ]  # fmt: skip
        if between or not is_usable(figure) or not (_is_alone(figure) or figure.unit == "kwh"):
            break
        row.append(figure)
    if len(row) >= 3 and abs(sum(figure.value for figure in row[:-1]) - row[-1].value) < 0.6:
        return row[-1], 1.0
    several = len([figure for figure in row if figure.unit == "kwh"]) >= 2
    return (row[0], 0.3 if several else 1.0) if row else (None, 0.0)


def _is_alone(figure: Figure) -> bool:
    """True when a figure is all of its cell but for its unit."""
    rest = figure.cell.text[: figure.start] + figure.cell.text[figure.end :]
    return sum(char.isalpha() for char in rest) <= 4


def _figure_below(sheet: Sheet, line: Line, placed: Placed) -> Figure | None:
    for below in sheet.below(placed.cell, 3):
        under = [
            f for f in sheet.figures[below.number]
            if overlap_sideways(placed.cell, f.left, f.right) > 0 and _is_alone(f)
        ]  # fmt: skip
        if under:
            figure = min(under, key=lambda f: abs(f.middle - (placed.cell.left + placed.cell.right) / 2))
            return figure if is_usable(figure) else None
    return None


def _figure_above(sheet: Sheet, line: Line, placed: Placed) -> Figure | None:
    """A large figure over its caption."""
    for above in sheet.preceding(line, 1):
        over = [f for f in sheet.figures[above.number] if overlap_sideways(placed.cell, f.left, f.right) > 0]
        if len(over) == 1 and over[0].unit == "kwh" and _is_alone(over[0]):
            return over[0]
    return None


def _is_about_kwh(sheet: Sheet, line: Line, placed: Placed, figure: Figure) -> bool:
    """True when the label, its line or the column's heading says kWh."""
    if "kwh" in placed.label.name or sheet.says(line, "kwh_unit"):
        return True
    headings = [h for h in sheet.headings(figure.cell, 8) if overlap_sideways(h, figure.left, figure.right) > 0]
    return any("kwh_unit" in p.label.kinds for h in headings for p in sheet.labels[h.line] if p.cell is h)


def _find_plain(sheet: Sheet) -> Iterator[Reading]:
    """Figures with kWh behind them, whatever stands before, unless it speaks of something else."""
    for line in sheet.lines:
        for figure in sheet.figures[line.number]:
            if figure.unit == "kwh" and is_usable(figure) and not speaks_of_else(sheet, line, figure):
                yield Reading(figure.value, "plain", 0.6, line.number)


def speaks_of_else(sheet: Sheet, line: Line, figure: Figure) -> bool:
    """True when the words nearest to a figure are about averages, limits, tiers, export or another year."""
    spoiling = {"not_usage", "tier", "kwh_export", "kwh_import", "history"}
    near = [p for p in sheet.labels[line.number] if p.cell is figure.cell or p.cell.index == figure.cell.index - 1]
    if any(p.label.kinds & spoiling for p in near):
        return True
    if not _is_alone(figure):
        return False
    headings = sheet.headings(figure.cell, 2)[:1]
    return any(p.label.kinds & spoiling for h in headings for p in sheet.labels[h.line] if p.cell is h)


def find_averages(sheet: Sheet) -> list[float]:
    """kWh a day, as printed."""
    found: list[float] = []
    for line in sheet.lines:
        names = [placed.label.name for placed in sheet.labels[line.number]]
        if any(word in name for name in names for word in _AVERAGES):
            for near in (line, *sheet.following(line, 2)):
                figures = sheet.figures[near.number]
                found += [f.value for f in figures if f.unit in ("kwh", "none", "other") and 0.2 < abs(f.value) < 400]
    return found[:24]
