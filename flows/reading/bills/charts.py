"""Months and the figures that belong to them, in tables and under bars."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from flows.reading.bills.figures import Figure
from flows.reading.bills.lines import Line
from flows.reading.bills.marks import FEWEST, Mark, count_steps, is_run, list_rows, mark_months
from flows.reading.bills.sheet import Sheet, overlap_sideways

_REACH = 0.33


@dataclass(frozen=True, slots=True)
class Bar:
    """A month of a history; `year` where it is printed, `value` None where nothing belongs to it."""

    month: int
    year: int | None
    value: float | None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Series:
    """Bars in the order of the page; `worth` says how much they look like kWh."""

    bars: tuple[Bar, ...]
    worth: float
    line: int


def find_series(sheet: Sheet) -> list[Series]:
    """Every run of months with figures, the likeliest kWh first."""
    found = [*_from_rows(sheet), *_from_columns(sheet)]
    return sorted(found, key=lambda series: -series.worth)


def _from_columns(sheet: Sheet) -> Iterator[Series]:
    """Months side by side on a line, their figures above or below them."""
    for line in sheet.lines:
        for marks in list_rows(line, sheet.months[line.number]):
            yield from _rows_around(sheet, line, marks)


def _rows_around(sheet: Sheet, line: Line, marks: Sequence[Mark]) -> Iterator[Series]:
    gaps = [after.middle - before.middle for before, after in pairwise(marks)]
    reach = max(0.5 * median(gaps), 0.004)
    for other in (*sheet.following(line, 6), *sheet.preceding(line, 4)):
        row = [_nearest(sheet.figures[other.number], mark, reach) for mark in marks]
        yield from _judge_row(sheet, line, marks, row, 0.6)
    above = [
        f
        for other in sheet.preceding(line, 60)
        if line.middle - other.middle < _REACH
        for f in sheet.figures[other.number]
    ]
    bars = [f for f in above if not _is_axis(f, above, marks[0].middle - reach)]
    yield from _judge_row(sheet, line, marks, _share_out(bars, marks, 1.5 * reach), 0.5)
    inside = [
        f for f in sheet.figures[line.number] if not any(f.cell is m.cell and m.start <= f.start < m.end for m in marks)
    ]
    beside = [
        next((f for f in inside if mark.right - 0.001 <= f.left < mark.right + 2 * reach), None) for mark in marks
    ]
    yield from _judge_row(sheet, line, marks, beside, 0.4)


def _is_axis(figure: Figure, figures: Sequence[Figure], edge: float) -> bool:
    """True for one of at least three figures that end at the same place left of the bars."""
    if figure.middle > edge + 0.01:
        return False
    return sum(abs(other.right - figure.right) < 0.006 for other in figures) >= 3


def _share_out(figures: Sequence[Figure], marks: Sequence[Mark], reach: float) -> list[Figure | None]:
    """Each figure to the month nearest to it sideways; of several the one that stands lowest."""
    row: list[Figure | None] = [None] * len(marks)
    for figure in figures:
        distance, place = min((abs(figure.middle - mark.middle), place) for place, mark in enumerate(marks))
        if row[place] is None and distance < reach:
            row[place] = figure
    return row


def _nearest(figures: Sequence[Figure], mark: Mark, reach: float) -> Figure | None:
    """The first figure within reach sideways; callers give the nearest lines first."""
    return next((figure for figure in figures if abs(figure.middle - mark.middle) < reach), None)


def _judge_row(
    sheet: Sheet, line: Line, marks: Sequence[Mark], row: Sequence[Figure | None], worth: float
) -> Iterator[Series]:
    present = [figure for figure in row if figure]
    if len(present) < max(FEWEST, 0.6 * len(marks)) or _looks_else(present):
        return
    worth += _worth_of_units(present) + 0.1 * len(present) + _worth_of_headings(sheet, line)
    first = sheet.lines[present[0].cell.line]
    if first.cells[0] is not present[0].cell and sheet.says(first, "kwh_unit", "kwh_total"):
        worth += 1.0
    bars = tuple(_draw_bar(mark, figure, _usual(present)) for mark, figure in zip(marks, row, strict=True))
    yield Series(bars, worth, line.number)


def _usual(figures: Sequence[Figure]) -> float:
    return median(figure.value for figure in figures)


def _draw_bar(mark: Mark, figure: Figure | None, usual: float) -> Bar:
    """A bar; without a value where its figure is of another kind than the others or far from them."""
    if figure is None:
        return Bar(mark.month, mark.year, None)
    strange = figure.decimals == 2 and usual == int(usual) and abs(figure.value) < 0.1 * abs(usual)
    far = usual > 0 and (figure.value > 8 * usual or 0 < figure.value < 0.03 * usual)
    return Bar(mark.month, mark.year, None if strange or far else figure.value, figure.confidence)


def _looks_else(figures: Sequence[Figure]) -> bool:
    """True for years, days of a month and percentages."""
    values = [figure.value for figure in figures]
    years = all(2000 <= v <= 2049 for v in values) or (len(set(values)) <= 3 and all(10 <= v <= 49 for v in values))
    days = all(25 <= v <= 36 and v == int(v) for v in values)
    return years or days or len(set(values)) == 1 or any(f.unit in ("percent", "days", "rate") for f in figures)


def _worth_of_units(figures: Sequence[Figure]) -> float:
    units = [figure.unit for figure in figures]
    if units.count("kwh") * 2 > len(units):
        return 1.5
    money = sum(figure.unit == "money" or figure.decimals == 2 for figure in figures)
    return -2.0 if money * 2 > len(figures) or "other" in units else 0.0


def _worth_of_headings(sheet: Sheet, line: Line) -> float:
    """What the lines above say: a history of kWh, or of something else."""
    near = [line, *(other for other in sheet.preceding(line, 40) if line.middle - other.middle < _REACH)]
    said = {kind for other in near[:14] for p in sheet.labels[other.number] for kind in p.label.kinds}
    names = {p.label.name for other in near[:8] for p in sheet.labels[other.number]}
    worth = 0.8 if "history" in said else 0.0
    worth += 0.6 if "kwh_unit" in said else 0.0
    if any(name in names for name in ("gas", "water", "therm", "naturalgas", "demand")):
        worth -= 0.8
    return worth - (1.0 if any("averagedally" in n or "perday" in n or "dallyusage" in n for n in names) else 0.0)


def _from_rows(sheet: Sheet) -> Iterator[Series]:
    """Months below each other, their figures beside them."""
    for column in _stack_marks(sheet):
        rows = [_figures_beside(sheet, mark) for mark in column]
        widest = max(len(row) for row in rows)
        for place in range(min(widest, 6)):
            figures = [row[place] if place < len(row) else None for row in rows]
            present = [figure for figure in figures if figure]
            if len(present) < FEWEST or _looks_else(present):
                continue
            bars = tuple(_draw_bar(mark, figure, _usual(present)) for mark, figure in zip(column, figures, strict=True))
            top = sheet.lines[column[0].cell.line]
            worth = 0.7 + _worth_of_units(present) + 0.1 * len(present) + _worth_of_headings(sheet, top)
            yield Series(bars, worth + _worth_of_column(sheet, present) - 0.05 * place, top.number)


def _stack_marks(sheet: Sheet) -> Iterator[list[Mark]]:
    """Months that begin or end at the same place on lines near each other."""
    stacks: list[list[Mark]] = []
    for line in sheet.lines:
        marks = mark_months(sheet.months[line.number])
        for mark in marks if len(marks) <= 4 else ():
            home = next((s for s in reversed(stacks) if _stacks_on(s[-1], mark, sheet)), None)
            if home is None:
                stacks.append([mark])
            else:
                home.append(mark)
    yield from (stack for stack in _join_stacks(stacks) if is_run(stack))


def _join_stacks(stacks: list[list[Mark]]) -> list[list[Mark]]:
    """A table that goes on in columns beside its first is one."""
    joined: list[list[Mark]] = []
    for stack in (stack for stack in stacks if len(stack) >= 2):
        last = next((other for other in joined if _goes_on(other, stack)), None)
        if last is None:
            joined.append(stack)
        else:
            last.extend(stack)
    return joined


def _goes_on(stack: list[Mark], other: list[Mark]) -> bool:
    level = stack[0].cell.page == other[0].cell.page and abs(stack[0].cell.line - other[0].cell.line) <= 1
    step = 1 if count_steps([mark.month for mark in stack])[0] else 11
    return level and other[0].left > stack[-1].right and (other[0].month - stack[-1].month) % 12 == step


def _stacks_on(above: Mark, mark: Mark, sheet: Sheet) -> bool:
    if above.cell.page != mark.cell.page or not 0 < mark.cell.line - above.cell.line <= 4:
        return False
    near = sheet.lines[mark.cell.line].height * 0.8
    return abs(above.left - mark.left) < near or abs(above.right - mark.right) < near


def _figures_beside(sheet: Sheet, mark: Mark) -> list[Figure]:
    """Figures right of a month, before the next one of its line."""
    line = mark.cell.line
    edge = min((m.left for m in sheet.months[line] if m.left > mark.right), default=9.0)
    return [f for f in sheet.figures[line] if mark.right - 0.002 <= f.left and f.right <= edge + 0.002][:6]


def _worth_of_column(sheet: Sheet, figures: Sequence[Figure]) -> float:
    """What the heading of a column of figures says."""
    top = figures[0]
    for cell in sheet.headings(top.cell, 3):
        if overlap_sideways(cell, top.left - 0.01, top.right + 0.01) <= 0:
            continue
        kinds = {kind for p in sheet.labels[cell.line] if p.cell is cell for kind in p.label.kinds}
        if "not_usage" in kinds or "days" in kinds:
            return -1.5
        if kinds & {"kwh_unit", "kwh_total"}:
            return 1.2
    return 0.0
