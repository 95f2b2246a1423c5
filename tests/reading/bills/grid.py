"""Pages of placed words from plain text: a letter is a place, a line a line."""

from collections.abc import Sequence

from flows.reading.bills.types import Page, PlacedWord

WIDTH, HEIGHT = 110, 66
TURN = "====="


def draw_pages(text: str, tilt: float = 0.0, origin: str = "text") -> list[Page]:
    """A page for each part between lines of "====="; `tilt` is how far a line falls over the page's width."""
    parts = [part.strip("\n").splitlines() for part in text.split(TURN)]
    return [draw_page(lines, tilt, origin) for lines in parts]


def draw_page(lines: Sequence[str], tilt: float = 0.0, origin: str = "text") -> Page:
    words = [word for number, line in enumerate(lines) for word in _draw_line(line, number, tilt)]
    return Page(tuple(words), "ocr" if origin == "ocr" else "text")


def _draw_line(line: str, number: int, tilt: float) -> list[PlacedWord]:
    words, at = [], 0
    for text in line.split():
        at = line.index(text, at)
        left, top = at / WIDTH, (number + 1) / HEIGHT + tilt * at / WIDTH
        words.append(PlacedWord(text, left, top, (at + len(text)) / WIDTH, top + 0.72 / HEIGHT))
        at += len(text)
    return words
