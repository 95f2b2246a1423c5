"""All pages of a bill as lines with what was found in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from flows.reading.bills.dates import Day, Month, find_days, find_months
from flows.reading.bills.figures import Figure, find_figures
from flows.reading.bills.keys import Label, find_labels, squeeze
from flows.reading.bills.lines import Cell, Line, build_lines
from flows.reading.bills.types import Page

MOST_PAGES = 12
MOST_WORDS = 70_000
"""Words of all pages; what comes after is left out."""
MOST_LINES = 400
"""Lines of a page that are looked at."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A label with its cell."""

    label: Label
    cell: Cell


class Sheet:
    """Lines of all pages in reading order; `country` decides how figures and dates are written."""

    def __init__(self, lines: Sequence[Line], country: str, scanned: bool) -> None:
        self.lines = tuple(lines)
        self.country = country
        self.scanned = scanned

    @cached_property
    def labels(self) -> tuple[tuple[Placed, ...], ...]:
        """Labels of each line, left to right."""
        return tuple(
            tuple(Placed(label, cell) for cell in line.cells for label in find_labels(cell)) for line in self.lines
        )

    @cached_property
    def days(self) -> tuple[tuple[Day, ...], ...]:
        """Days of each line."""
        return tuple(find_days(line, self.country) for line in self.lines)

    @cached_property
    def months(self) -> tuple[tuple[Month, ...], ...]:
        """Months of each line."""
        return tuple(find_months(line) for line in self.lines)

    @cached_property
    def figures(self) -> tuple[tuple[Figure, ...], ...]:
        """Figures of each line that belong to no day."""
        found = []
        for line, days in zip(self.lines, self.days, strict=True):
            found.append(tuple(f for f in find_figures(line, self.country) if not _in_day(f, days)))
        return tuple(found)

    def find(self, *kinds: str) -> Iterator[tuple[Line, Placed]]:
        """Labels of the kinds in reading order."""
        wanted = frozenset(kinds)
        for line, labels in zip(self.lines, self.labels, strict=True):
            for placed in labels:
                if placed.label.kinds & wanted:
                    yield line, placed

    def says(self, line: Line, *kinds: str) -> bool:
        """True when a line holds a label of one of the kinds."""
        wanted = frozenset(kinds)
        return any(placed.label.kinds & wanted for placed in self.labels[line.number])

    def following(self, line: Line, count: int) -> tuple[Line, ...]:
        """The next lines of the same page."""
        after = self.lines[line.number + 1 : line.number + 1 + count]
        return tuple(other for other in after if other.page == line.page)

    def below(self, cell: Cell, count: int) -> tuple[Line, ...]:
        """The next lines of the same page that have something under a cell, whatever stands in other columns."""
        line = self.lines[cell.line]
        under: list[Line] = []
        reach = 3.4 * max(cell.height, line.height)
        last = line.middle
        for other in self.following(line, 14):
            if other.middle - last > reach or len(under) == count:
                break
            if any(overlap_sideways(beneath, cell.left, cell.right) > 0 for beneath in other.cells):
                under.append(other)
                last = other.middle
        return tuple(under)

    def preceding(self, line: Line, count: int) -> tuple[Line, ...]:
        """The lines before of the same page, nearest first."""
        before = self.lines[max(0, line.number - count) : line.number]
        return tuple(other for other in reversed(before) if other.page == line.page)

    def headings(self, cell: Cell, count: int = 3) -> list[Cell]:
        """Cells above that overlap a cell sideways, nearest first."""
        line = self.lines[cell.line]
        above = [other for before in self.preceding(line, count) for other in before.cells]
        return [other for other in above if overlap_sideways(other, cell.left, cell.right) > 0]


def overlap_sideways(cell: Cell, left: float, right: float) -> float:
    """How far a cell and a stretch share their place sideways; negative is the gap."""
    return min(cell.right, right) - max(cell.left, left)


def _in_day(figure: Figure, days: tuple[Day, ...]) -> bool:
    return any(day.cell is figure.cell and day.start <= figure.start < day.end for day in days)


def build_sheet(pages: Sequence[Page], country: str) -> Sheet:
    """Lines of all pages; a page that was given twice counts once, and so do lines that photos share."""
    kept: list[list[Line]] = []
    number = words = 0
    for index, page in enumerate(pages[:MOST_PAGES]):
        words += len(page.words)
        if words > MOST_WORDS:
            break
        lines = build_lines(page, index, number)[:MOST_LINES]
        fresh = _drop_known(lines, kept)
        if fresh:
            kept.append(fresh)
            number += len(fresh)
    return Sheet(_renumber(kept), country, any(page.origin == "ocr" for page in pages[:MOST_PAGES]))


def _drop_known(lines: list[Line], kept: list[list[Line]]) -> list[Line]:
    """Nothing of a page that an earlier one holds; of an overlapping page what is new."""
    keys = [_line_key(line) for line in lines]
    for earlier in kept:
        known = {_line_key(line) for line in earlier}
        same = [key in known for key in keys]
        telling = sum(1 for key, seen in zip(keys, same, strict=True) if seen and len(key) > 8)
        if telling >= 4 and telling >= 0.75 * sum(len(key) > 8 for key in keys):
            return []
        if telling >= 4:
            run = _longest_run(same)
            if run[1] - run[0] >= 4:
                lines = lines[: run[0]] + lines[run[1] :]
                keys = keys[: run[0]] + keys[run[1] :]
    return lines


def _longest_run(same: list[bool]) -> tuple[int, int]:
    best, start = (0, 0), 0
    for index, seen in enumerate([*same, False]):
        if seen:
            continue
        if index - start > best[1] - best[0]:
            best = (start, index)
        start = index + 1
    return best


def _line_key(line: Line) -> str:
    text = squeeze(line.text).replace("#", "")
    return text + "".join(char for char in line.text if char.isdigit())


def _renumber(groups: list[list[Line]]) -> list[Line]:
    lines = [line for group in groups for line in group]
    return [_with_number(line, number) for number, line in enumerate(lines)]


def _with_number(line: Line, number: int) -> Line:
    if line.number == number:
        return line
    cells = tuple(Cell(cell.words, cell.text, cell.page, number, cell.index) for cell in line.cells)
    return Line(cells, line.page, number, line.middle, line.height, line.text)
