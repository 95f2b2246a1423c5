"""Account numbers, of which only the last four are kept."""

import re
from collections import Counter
from dataclasses import dataclass

from flows.reading.bills.dates import find_days_in
from flows.reading.bills.lines import Cell, Line
from flows.reading.bills.sheet import Placed, Sheet, overlap_sideways

_NUMBER = re.compile(r"(?<![\w.,$€])[A-Z]{0,4}-?(?:[\dxX*•]+[ /.-]{0,2}){1,8}\d(?![\w%]|[.,]\d)")
_FEWEST = 5
_PHONE = re.compile(r"1[ -]8\d\d[ .-]\d{3}[ .-]\d{4}")


@dataclass(frozen=True, slots=True)
class Account:
    """`masked` as everybody sees it; `sure` when one label names it; `several` when the bill names different ones."""

    masked: str
    sure: bool
    several: bool


def find_account(sheet: Sheet) -> Account | None:
    """The number that labels about accounts name most."""
    counts: Counter[str] = Counter()
    confidence: dict[str, float] = {}
    pages: dict[str, set[int]] = {}
    for line, placed in sheet.find("account"):
        if any(
            "not_account" in p.label.kinds
            for p in sheet.labels[line.number]
            if p.cell is placed.cell and p.label.start < placed.label.end + 3
        ):
            continue
        found = _number_of(sheet, line, placed)
        if found:
            digits, cell, weight = found
            counts[digits] += weight
            confidence[digits] = max(confidence.get(digits, 0), min(word.confidence for word in cell.words))
            pages.setdefault(digits, set()).add(cell.page)
    if not counts:
        return None
    (digits, best), *rest = counts.most_common(4)
    several = any(_are_different(digits, other) and count >= 4 and best < 3 * count and not pages[other] & pages[digits]
                  for other, count in rest)  # fmt: skip
    rival = any(_are_different(digits, other) and count >= best for other, count in rest)
    sure = not several and not rival and (confidence[digits] >= 0.95 or best >= 8)
    return Account(mask(digits), sure, several)


def mask(digits: str) -> str:
    """ "••••1234": the last four digits only."""
    return "••••" + "".join(char for char in digits if char.isdigit())[-4:]


def _number_of(sheet: Sheet, line: Line, placed: Placed) -> tuple[str, Cell, int] | None:
    """The number right of a label or below it, with its worth."""
    cell, label = placed.cell, placed.label
    strong = 4 if len(label.name) >= 9 else 2
    inside = _read_number(cell, label.end, sheet.country)
    if inside:
        return inside, cell, strong + 1
    beside = line.cells[cell.index + 1 : cell.index + 2]
    for other in beside:
        number = _read_number(other, 0, sheet.country)
        if number and not _named_otherwise(sheet, other):
            return number, other, strong
    for below in sheet.below(cell, 2):
        for other in below.cells:
            number = _read_number(other, 0, sheet.country) if overlap_sideways(other, cell.left, cell.right) > 0 else ""
            if number and not _named_otherwise(sheet, other):
                return number, other, strong
    return None


def _named_otherwise(sheet: Sheet, cell: Cell) -> bool:
    kinds = {kind for p in sheet.labels[cell.line] if p.cell is cell for kind in p.label.kinds}
    return bool(kinds & {"not_account", "other_date", "period", "amount_due", "kwh_total"})


def _read_number(cell: Cell, start: int, country: str) -> str:
    if any(day.start >= start for day in find_days_in(cell, country)) and not re.search(
        r"\d{7,}", cell.text[start:].replace(" ", "").replace("-", "")
    ):
        return ""
    for match in _NUMBER.finditer(cell.text[:200], start):
        text = match.group()
        digits = "".join(char for char in text if char.isdigit() or char in "xX*•")
        seen = sum(char.isdigit() for char in text)
        if len(digits) >= _FEWEST and seen >= 4 and not _PHONE.fullmatch(text.strip()):
            return digits if match.start() - start < 24 else ""
    return ""


def _are_different(one: str, other: str) -> bool:
    """True unless one number may be a misreading or the tail of the other."""
    if one.endswith(other[-6:]) or other.endswith(one[-6:]) or abs(len(one) - len(other)) > 3:
        return False
    if len(one) != len(other):
        return not (one in other or other in one)
    return sum(a != b for a, b in zip(one, other, strict=True)) > 2
