"""Months of a chart or table with their places, however short they are written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from flows.reading.bills.dates import Month
from flows.reading.bills.lines import Cell, Line, Word

FEWEST = 5
"""Months in a row that make a history."""
_MOST_BARE = 15
_INITIALS = ("JFMAMJJASOND", "EFMAMJJASOND")


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A month and where it stands; `start` and `end` are its characters of the cell, equal where it was worked out."""

    month: int
    year: int | None
    cell: Cell
    left: float
    right: float
    start: int = 0
    end: int = 0

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def count_steps(months: Sequence[int]) -> tuple[int, int]:
    """Neighbours that follow each other forwards and backwards."""
    steps = [(after - before) % 12 for before, after in pairwise(months)]
    return sum(step in (1, 2) for step in steps), sum(step in (11, 10) for step in steps)


def is_run(marks: Sequence[Mark]) -> bool:
    """True for months that mostly follow each other."""
    months = [mark.month for mark in marks]
    return len(months) >= FEWEST and max(count_steps(months)) >= 0.75 * (len(months) - 1)


def mark_months(months: Sequence[Month]) -> list[Mark]:
    """Months that were read as words, with their places."""
    return [Mark(m.month, m.year, m.cell, m.left, m.right, m.start, m.end) for m in months]


def list_rows(line: Line, months: Sequence[Month]) -> Iterator[list[Mark]]:
    """Ways to see a line as months side by side: names, initials, numbers."""
    named = mark_months(months)
    if is_run(named):
        yield _fill_gaps(named)
    else:
        for stretch in _split_runs(named):
            yield _fill_gaps(stretch)
    for bare in (_read_initials(line), _read_numbers(line)):
        if is_run(bare):
            yield bare


def _split_runs(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Two charts side by side: each has its own months."""
    runs: list[list[Mark]] = [[]]
    for mark in marks:
        last = runs[-1][-1] if runs[-1] else None
        if last and (mark.month - last.month) % 12 not in (1, 2, 10, 11):
            runs.append([])
        runs[-1].append(mark)
    return [run for run in runs if is_run(run)]


def _fill_gaps(marks: list[Mark]) -> list[Mark]:
    """A month that could not be read between two that could, where there is room for one."""
    gap = median(after.middle - before.middle for before, after in pairwise(marks))
    forwards, backwards = count_steps([mark.month for mark in marks])
    step = 1 if forwards >= backwards else -1
    filled = [marks[0]]
    for before, after in pairwise(marks):
        missing = round((after.middle - before.middle) / gap) - 1 if gap > 0 else 0
        if 1 <= missing <= 3 and (after.month - before.month) * step % 12 == missing + 1:
            width = (after.middle - before.middle) / (missing + 1)
            for number in range(1, missing + 1):
                month = (before.month - 1 + step * number) % 12 + 1
                filled.append(
                    Mark(month, None, before.cell, before.left + width * number, before.right + width * number)
                )
        filled.append(after)
    return filled


def _list_words(line: Line) -> list[tuple[Cell, Word, int]]:
    found = []
    for cell in line.cells:
        at = 0
        for word in cell.words:
            found.append((cell, word, at))
            at += len(word.text) + 1
    return found


def _read_initials(line: Line) -> list[Mark]:
    """ "J F M A M J": letters that can only be months in their order."""
    placed = [item for item in _list_words(line) if len(item[1].text) == 1 and item[1].text.isupper()]
    letters = "".join(word.text for _, word, _ in placed)
    if not 10 <= len(letters) <= _MOST_BARE:
        return []
    for names in _INITIALS:
        for source, step in ((names * 3, 1), (names[::-1] * 3, -1)):
            at = source.find(letters)
            if at >= 0:
                first = at % 12 if step == 1 else 11 - at % 12
                return [_mark(item, (first + step * index) % 12 + 1) for index, item in enumerate(placed)]
    return []


def _read_numbers(line: Line) -> list[Mark]:
    """ "05 06 07 08": at least ten numbers of months, each one more than the one before."""
    placed = [item for item in _list_words(line) if item[1].text.isdigit() and len(item[1].text) <= 2]
    if not 10 <= len(placed) <= _MOST_BARE:
        return []
    months = [int(word.text) for _, word, _ in placed]
    if not all(1 <= month <= 12 for month in months) or any((b - a) % 12 != 1 for a, b in pairwise(months)):
        return []
    return [_mark(item, month) for item, month in zip(placed, months, strict=True)]


def _mark(item: tuple[Cell, Word, int], month: int) -> Mark:
    cell, word, start = item
    return Mark(month, None, cell, word.left, word.right, start, start + len(word.text))
