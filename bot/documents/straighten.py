"""Lines of text that lie askew or in perspective, placed as on a straight page."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from flows.reading.bills.types import PlacedWord

LONG = 4.0  # times its height: the direction of a shorter line says little
FEW = 5
STEEP = 0.35
ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """`box`: 4 × 2 corners in pixels from the upper left on, clockwise."""

    text: str
    score: float
    box: Any


def order_corners(box: Any) -> Any:
    """Clockwise corners so that the first edge points most to the right: the library begins at another where a line
    stands on its side and leans."""
    edges = np.roll(box, -1, axis=0) - box
    return np.roll(box, -int(np.argmax(edges[:, 0] / (np.hypot(edges[:, 0], edges[:, 1]) + 1e-6))), axis=0)


def turn_boxes(boxes: Any, turns: int, size: tuple[int, int]) -> Any:
    """After quarter turns against the clock of a picture of that height and width; corners from the upper left on."""
    height, width = size
    boxes = np.asarray(boxes, np.float64)
    for _ in range(turns % 4):
        boxes = np.stack([boxes[:, :, 1], width - boxes[:, :, 0]], axis=2)
        boxes = np.roll(boxes, -1, axis=1)
        height, width = width, height
    return boxes


def straighten_lines(lines: list[Line], width: float, height: float) -> list[Line]:
    """The direction of lines changes evenly down a page that is seen in perspective; all are laid level.

    With slope a + b·y of the line that crosses the middle at y: y' = (y − a·(x − m)) / (1 + b·(x − m)).
    """
    flat, bend = fit_slopes(lines, width / 2)
    middle = np.array([width / 2, height / 2])

    def straighten(box: Any) -> Any:
        across = box[:, 0] - middle[0]
        level = (box[:, 1] - flat * across) / (1 + bend * across)
        upright = across + (flat + bend * middle[1]) * (level - middle[1])
        return np.stack([upright + middle[0], level], axis=1)

    return [Line(line.text, line.score, straighten(line.box)) for line in lines]


def fit_slopes(lines: list[Line], middle: float) -> tuple[float, float]:
    """Slope at the top of the page and its change per pixel; 0, 0 where too few lines tell."""
    rows = [row for line in lines if (row := _measure_slope(line, middle)) is not None]
    if len(rows) < FEW:
        return 0.0, 0.0
    slopes, heights, weights = np.array(rows).T
    for _ in range(ROUNDS):
        factors = np.stack([np.ones_like(heights), heights], axis=1) * weights[:, None]
        (flat, bend), *_ = np.linalg.lstsq(factors, slopes * weights, rcond=None)
        off = np.abs(slopes - flat - bend * heights)
        weights = weights / (1 + (off / (np.median(off) + 1e-4)) ** 2)
    return float(flat), float(bend)


def _measure_slope(line: Line, middle: float) -> tuple[float, float, float] | None:
    """Slope, height where it crosses the middle, weight."""
    left, right = (line.box[0] + line.box[3]) / 2, (line.box[1] + line.box[2]) / 2
    wide, tall = float(right[0] - left[0]), float(np.linalg.norm(line.box[0] - line.box[3]))
    if wide < LONG * tall or wide <= 0:
        return None
    slope = float(right[1] - left[1]) / wide
    if abs(slope) > STEEP:
        return None
    return slope, float(left[1] + slope * (middle - left[0])), wide


def place_words(lines: list[Line], width: float, height: float) -> tuple[PlacedWord, ...]:
    """Each line's words get their part of it by their letters; narrow ones less."""
    return tuple(word for line in lines for word in _split_line(line, width, height))


def _split_line(line: Line, width: float, height: float) -> list[PlacedWord]:
    left, right = float(line.box[:, 0].min()), float(line.box[:, 0].max())
    top, bottom = float(line.box[:2, 1].mean()), float(line.box[2:, 1].mean())
    text = line.text.strip()
    total = sum(map(_weigh, text)) or 1.0
    words, passed = [], 0.0
    for part in text.replace("\t", " ").split(" "):
        size = sum(map(_weigh, part))
        if part:
            begin, end = (left + (right - left) * share / total for share in (passed, passed + size))
            shares = (_limit(begin / width), _limit(top / height), _limit(end / width), _limit(bottom / height))
            words.append(PlacedWord(part, *shares, round(line.score, 3)))
        passed += size + _weigh(" ")
    return words


def _weigh(letter: str) -> float:
    if letter in " .,:;'|!iIjl()[]/-":
        return 0.55
    return 1.5 if letter in "mwMW@%—" else 1.0


def _limit(share: float) -> float:
    return min(max(share, 0.0), 1.0)
