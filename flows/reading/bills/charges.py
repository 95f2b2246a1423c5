"""Which service an amount is for: rows and sections about electricity, and those about gas, water and the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from flows.reading.bills.figures import Figure, is_money
from flows.reading.bills.keys import fold, squeeze
from flows.reading.bills.lines import Cell, Line
from flows.reading.bills.sheet import Sheet

Service = Literal["electric", "other"]
_OTHER = re.compile(
    r"(?<![a-z])(?:gas|water|agua|sewer(?:age)?|refuse|sanitation|property rates|garbage|trash|solid waste|storm ?water"
    r"|steam|waste ?water|internet|broadband|basura|drenaje|(?:outdoor|area|yard|security|street) light(?:ing|s)?"
    r"|surge protection|(?:appliance|equipment) protection|(?:protection|repair) plan|wiring repair|home warranty"
    r")(?![a-z])"
)
_POWER = re.compile(
    r"(?:your |total |current )?(?:power|light|luz|energia)(?: (?:service|charges?|bill|portion|total))?:?$"
)
_WITH_TAX = re.compile(r"\b(?:with|incl(?:uding|usive of|\.)?|con) (?:(?:all|sales|the) )?(?:tax(?:es)?|vat|iva)\b")
_LONGEST = 60
_TOTALS = {"amount_subtotal", "amount_bare", "amount_period", "amount_electric"}
_NO_CHARGE = {
    "amount_before",
    "amount_paid",
    "amount_due",
    "amount_plan",
    "other_date",
    "not_amount",
    "not_usage",
    "history",
    "account",
}


@dataclass(frozen=True, slots=True)
class Charge:
    """An amount with its service; `whole` for a section's total, else it is a row."""

    service: Service
    value: float
    line: int
    whole: bool


def find_charges(sheet: Sheet) -> list[Charge]:
    """Rows that name their service, and totals of sections under a heading that does."""
    return [*_find_rows(sheet), *_find_sections(sheet)]


def name_service(text: str) -> Service | None:
    """The service that a short text names; None for none and for several."""
    if len(text) > _LONGEST:
        return None
    electric = "electr" in squeeze(text) or "kwh" in squeeze(text) or _POWER.match(fold(text)) is not None
    other = _OTHER.search(fold(text)) is not None
    if electric == other:
        return None
    return "electric" if electric else "other"


def has_tax_inside(text: str) -> bool:
    """True for the words of an amount that has its taxes inside."""
    return _WITH_TAX.search(fold(text)) is not None


def _find_rows(sheet: Sheet) -> Iterator[Charge]:
    for line in sheet.lines:
        for cell in line.cells:
            service = name_service(cell.text)
            figure = _money_of(sheet, line, cell) if service else None
            if service and figure and not _is_aside(sheet, line, cell):
                yield Charge(service, figure.value, line.number, False)


def _is_aside(sheet: Sheet, line: Line, cell: Cell) -> bool:
    """True for balances, payments and priced details, which are no charge of their own."""
    kinds = {kind for placed in sheet.labels[line.number] if placed.cell is cell for kind in placed.label.kinds}
    priced = any(f.cell is cell and f.unit in ("kwh", "rate", "percent") for f in sheet.figures[line.number])
    taxing = "amount_tax" in kinds and not has_tax_inside(cell.text)
    return bool(kinds & _NO_CHARGE) or priced or taxing


def _money_of(sheet: Sheet, line: Line, cell: Cell) -> Figure | None:
    """The amount at the end of a cell, or in the cells right of it before other words."""
    inside = [f for f in sheet.figures[line.number] if f.cell is cell and is_money(f)]
    if inside:
        return inside[-1]
    for figure in sheet.figures[line.number]:
        if figure.cell.index > cell.index and is_money(figure):
            between = line.cells[cell.index + 1 : figure.cell.index]
            wordy = any(len(other.text) > 4 and not any(char.isdigit() for char in other.text) for other in between)
            return None if wordy else figure
    return None


def _find_sections(sheet: Sheet) -> Iterator[Charge]:
    """The largest total between a heading about a service and the next heading."""
    heading: Cell | None = None
    service: Service | None = None
    best: Charge | None = None
    for line in sheet.lines:
        if heading and heading.page != line.page:
            yield from _close(best)
            heading, service, best = None, None, None
        for cell in line.cells:
            named = name_service(cell.text)
            if named and _money_of(sheet, line, cell) is None and not _has_figures(sheet, line, cell):
                if named != service:
                    yield from _close(best)
                    best = None
                heading, service = cell, named
            elif heading and service and abs(cell.left - heading.left) < 0.08:
                best = _better(best, sheet, line, cell, service)
    yield from _close(best)


def _close(best: Charge | None) -> Iterator[Charge]:
    if best:
        yield best


def _has_figures(sheet: Sheet, line: Line, cell: Cell) -> bool:
    return any(f.cell is cell and f.unit in ("kwh", "rate", "money") for f in sheet.figures[line.number])


def _better(best: Charge | None, sheet: Sheet, line: Line, cell: Cell, service: Service) -> Charge | None:
    kinds = {kind for placed in sheet.labels[line.number] if placed.cell is cell for kind in placed.label.kinds}
    if not kinds & _TOTALS or kinds & _NO_CHARGE:
        return best
    figure = _money_of(sheet, line, cell)
    if figure is None or (best and figure.value <= best.value):
        return best
    return Charge(service, figure.value, line.number, True)
