"""Placed words to lines of cells, level or slightly tilted."""

from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from flows.reading.bills.slips import repair_slips, split_seams
from flows.reading.bills.types import Page, PlacedWord

MOST_WORDS = 3000
"""Words of a page that are looked at; a dense bill has a third."""
_LONGEST = 120
_TILTED = 0.0015


@dataclass(frozen=True, slots=True)
class Word:
    """A word in units of the page's height, its middle corrected for tilt."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    confidence: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """Words that stand together; `text` joins them by single spaces."""

    words: tuple[Word, ...]
    text: str
    page: int
    line: int
    index: int

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def height(self) -> float:
        return max(word.height for word in self.words)

    def span(self, start: int, end: int) -> tuple[float, float]:
        """Left and right of the characters from `start` to `end`."""
        at, left, right = 0, self.words[0].left, self.words[-1].right
        for word in self.words:
            size = len(word.text)
            step = (word.right - word.left) / size
            if at <= start < at + size + 1:
                left = word.left + step * min(start - at, size)
            if at < end <= at + size + 1:
                right = word.left + step * min(end - at, size)
                break
            at += size + 1
        return left, max(left, right)

    def confidence(self, start: int, end: int) -> float:
        """The lowest confidence of the words from `start` to `end`."""
        at, lowest = 0, 1.0
        for word in self.words:
            if at < end and at + len(word.text) > start:
                lowest = min(lowest, word.confidence)
            at += len(word.text) + 1
        return lowest


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of a page, left to right; `number` counts over all pages."""

    cells: tuple[Cell, ...]
    page: int
    number: int
    middle: float
    height: float
    text: str = field(default="")


def build_lines(page: Page, page_number: int, first: int) -> list[Line]:
    """Lines of a page from top to bottom, numbered from `first`."""
    words = _level(_place_words(page), page.origin == "ocr")
    rows = sorted(_gather_rows(words), key=lambda row: sum(word.middle for word in row) / len(row))
    return [_build_line(row, page_number, first + index) for index, row in enumerate(rows)]


def _place_words(page: Page) -> list[Word]:
    aspect = page.aspect if 0.1 < page.aspect < 10 else 0.77
    placed: list[Word] = []
    for word in page.words[:MOST_WORDS]:
        if _is_sane(word):
            placed += _split_word(word, aspect, page.origin == "ocr")
    return placed[:MOST_WORDS]


def _is_sane(word: PlacedWord) -> bool:
    sides = (word.left, word.right, word.top, word.bottom)
    inside = all(-1 <= side <= 2 for side in sides)  # False for NaN too
    return inside and word.right >= word.left and word.bottom - word.top > 1e-5 and bool(word.text.strip())


def _split_word(word: PlacedWord, aspect: float, repair: bool) -> list[Word]:
    text = word.text[:_LONGEST].replace("\u00a0", " ").strip()
    left, width = word.left * aspect, (word.right - word.left) * aspect / len(text)
    words, at = [], 0
    for part in (seam for spaced in text.split() for seam in (split_seams(spaced) if repair else [spaced])):
        at = text.index(part, at)
        start, end = left + at * width, left + (at + len(part)) * width
        words.append(Word(repair_slips(part) if repair else part, start, end, word.top, word.bottom, word.confidence))
        at += len(part)
    return words


def _level(words: list[Word], may_tilt: bool) -> list[Word]:
    slope = _find_slope(words) if may_tilt else 0.0
    if abs(slope) < _TILTED:
        return words
    return [
        Word(w.text, w.left, w.right, w.top - slope * w.left, w.bottom - slope * w.left, w.confidence) for w in words
    ]


def _find_slope(words: list[Word]) -> float:
    """The median slope between neighbours; 0 where there are too few."""
    ordered = sorted(words, key=lambda word: (word.left, word.top))
    slopes = []
    for index, word in enumerate(ordered[:600]):
        for other in ordered[index + 1 : index + 150]:
            gap = other.left - word.right
            if gap > 2 * word.height:
                break
            near = abs(other.middle - word.middle) < 0.5 * min(word.height, other.height)
            if gap > 0 and near and other.right - word.left > 0.02:
                slopes.append((other.middle - word.middle) / (other.left + other.right - word.left - word.right) * 2)
                break
    return median(slopes) if len(slopes) >= 8 else 0.0


def _gather_rows(words: list[Word]) -> list[list[Word]]:
    """Each word joins the row whose last word is level with it."""
    rows: list[list[Word]] = []
    bands: dict[int, list[int]] = {}
    for word in sorted(words, key=lambda item: item.left):
        band = int(word.middle * 60)
        near = [row for key in (band - 1, band, band + 1) for row in bands.get(key, ())]
        level = [row for row in near if _is_level(rows[row][-1], word)]
        if level:
            best = min(level, key=lambda row: abs(rows[row][-1].middle - word.middle))
            rows[best].append(word)
        else:
            best = len(rows)
            rows.append([word])
        if best not in bands.setdefault(band, []):
            bands[band].append(best)
    return rows


def _is_level(last: Word, word: Word) -> bool:
    small, large = sorted((last.height, word.height))
    if word.left < last.right - 0.5 * small - 0.004:
        return False
    overlap = min(last.bottom, word.bottom) - max(last.top, word.top)
    reach = max(small, 0.5 * large)
    close = abs(last.middle - word.middle) < 0.5 * reach or abs(last.bottom - word.bottom) < 0.3 * reach
    return overlap >= 0.45 * small and close


def _build_line(row: list[Word], page: int, number: int) -> Line:
    heights = sorted(word.height for word in row)
    height = heights[int(len(heights) * 0.8)] if len(heights) > 1 else heights[0]
    groups: list[list[Word]] = [[row[0]]]
    for last, word in pairwise(row):
        gap = word.left - last.right
        if gap > 0.85 * max(min(last.height, word.height), 0.6 * height):
            groups.append([])
        groups[-1].append(word)
    cells = tuple(
        Cell(tuple(group), " ".join(word.text for word in group), page, number, index)
        for index, group in enumerate(groups)
    )
    middle = sum(word.middle for word in row) / len(row)
    return Line(cells, page, number, middle, height, "  ".join(cell.text for cell in cells))
