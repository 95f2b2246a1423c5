"""A bill's pages as a real PDF with text: lines, columns, boxes and bar charts."""

import io
from dataclasses import dataclass
from random import Random

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfgen.canvas import Canvas

FACES = (("Helvetica", "Helvetica-Bold"), ("Times-Roman", "Times-Bold"))


@dataclass(frozen=True, slots=True)
class Drawing:
    """`truth` is what `tools.read_bill` should say of the whole; `photographed` are the pages a homeowner sends photos
    of, and `hidden` the fields and problems that those do not show."""

    pdf: bytes
    truth: dict[str, object]
    photographed: tuple[int, ...] = (0,)
    hidden: tuple[str, ...] = ()


class Sheet:
    """Places text from the upper left corner, in points; the same calls give the same bytes."""

    def __init__(self, chance: Random, size: str = "letter", grain: float = 1.0) -> None:
        self.width, self.height = LETTER if size == "letter" else A4
        self.plain, self.bold = FACES[0] if chance.random() < 0.8 else FACES[1]
        self.grain = grain * chance.uniform(0.95, 1.08)
        self._file = io.BytesIO()
        self._canvas = Canvas(self._file, pagesize=(self.width, self.height), invariant=1)

    def write(self, left: float, top: float, text: str, size: float = 9, bold: bool = False) -> None:
        self._set(size, bold)
        self._canvas.drawString(left, self.height - top, text)

    def write_right(self, right: float, top: float, text: str, size: float = 9, bold: bool = False) -> None:
        self._set(size, bold)
        self._canvas.drawRightString(right, self.height - top, text)

    def write_lines(self, left: float, top: float, lines: list[str], size: float = 9, bold: bool = False) -> float:
        """The top of what comes below."""
        for line in lines:
            self.write(left, top, line, size, bold)
            top += size * 1.35
        return top

    def write_rows(
        self,
        left: float,
        right: float,
        top: float,
        rows: list[tuple[str, str]],
        size: float = 9,
        bold_last: bool = False,
    ) -> float:
        """A label at the left and its number at the right; the top of what comes below."""
        for number, (label, value) in enumerate(rows):
            bold = bold_last and number == len(rows) - 1
            self.write(left, top, label, size, bold)
            self.write_right(right, top, value, size, bold)
            top += size * 1.5
        return top

    def write_table(self, lefts: list[float], top: float, rows: list[list[str]], size: float = 8) -> float:
        """The first row is the head."""
        for number, row in enumerate(rows):
            for left, cell in zip(lefts, row, strict=True):
                self.write(left, top, cell, size, bold=number == 0)
            top += size * 1.55
        return top

    def shade(self, left: float, top: float, width: float, height: float, grey: float = 0.9) -> None:
        self._canvas.setFillGray(grey)
        self._canvas.rect(left, self.height - top - height, width, height, stroke=0, fill=1)
        self._canvas.setFillGray(0)

    def rule(self, left: float, right: float, top: float) -> None:
        self._canvas.setLineWidth(0.6)
        self._canvas.line(left, self.height - top, right, self.height - top)

    def draw_bars(
        self, left: float, top: float, size: tuple[float, float], bars: list[tuple[str, float]], values: bool
    ) -> None:
        """A history chart: an axis with round numbers, months below and, where wanted, each bar's number above it."""
        width, height = size
        highest = max(1.0, *(abs(value) for _, value in bars))
        step = 10 ** (len(str(int(highest))) - 1)
        axis = (int(highest) // step + 1) * step
        bottom = self.height - top - height
        self._set(6, False)
        for part in range(5):
            self._canvas.drawRightString(left - 3, bottom + height * part / 4 - 2, f"{axis * part // 4}")
        each = width / len(bars)
        for number, (label, value) in enumerate(bars):
            tall = height * max(0.0, value) / axis
            self._canvas.setFillGray(0.55 if number < len(bars) - 1 else 0.2)
            self._canvas.rect(left + number * each + 1, bottom, each * 0.7, tall, stroke=0, fill=1)
            self._canvas.setFillGray(0)
            self._canvas.drawCentredString(left + (number + 0.4) * each, bottom - 8, label)
            if values:
                self._canvas.drawCentredString(left + (number + 0.4) * each, bottom + tall + 2, f"{value:.0f}")

    def turn_page(self) -> None:
        self._canvas.showPage()

    def finish(self) -> bytes:
        self._canvas.save()
        return self._file.getvalue()

    def _set(self, size: float, bold: bool) -> None:
        self._canvas.setFont(self.bold if bold else self.plain, size * self.grain)
