"""What the electricity of the period costs: labelled amounts and sums that prove themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flows.reading.bills.charges import Charge, find_charges, has_tax_inside
from flows.reading.bills.evidence import Reading
from flows.reading.bills.figures import Figure, is_money
from flows.reading.bills.keys import squeeze
from flows.reading.bills.lines import Line
from flows.reading.bills.sheet import Placed, Sheet, overlap_sideways
from flows.reading.bills.sums import find_proven

_SECTION = 16
"""Lines that the details of one service take."""
_WORTH = {
    "amount_electric": 2.2,
    "amount_period": 1.6,
    "amount_due": 0.9,
    "amount_subtotal": 0.3,
    "amount_bare": 0.8,
    "amount_tax": 1.0,
}
_SERVICES = frozenset(
    squeeze(name)
    for name in (
        "water", "sewer", "sewerage", "sanitation", "refuse", "property rates", "gas charges", "natural gas",
        "gas service", "total gas", "total gas charges", "water charges", "sewer charges", "wastewater", "garbage",
        "solid waste", "stormwater", "gas delivery", "municipal rates", "agua", "drenaje", "refuse removal",
    )
)  # fmt: skip
_BARE = 9
"""Letters of a cell that says "Total" and a currency at most."""
_ASIDE = {"not_amount", "not_usage", "history", "other_date", "amount_plan"}


_KINDS = (
    "amount_before", "amount_other", "amount_plan", "amount_paid", "amount_electric", "amount_delivery",
    "amount_generation", "amount_subtotal", "amount_period", "amount_due", "amount_tax", "amount_bare",
)  # fmt: skip
"""What a label that may mean several of them means first."""
_EARLIER = ("prevlous", "prlor", "lastblll", "laststatement", "lastmonth", "anterlor", "lastaccount", "lastlnvolce")


@dataclass(frozen=True, slots=True)
class Money:
    """Amounts of a bill by what their labels mean, and the totals that their items add up to; `printed` is every
    amount, `mixed` whether other services are billed too, or a plan's instalment in place of the cost."""

    readings: Mapping[str, tuple[Reading, ...]]
    proven: frozenset[tuple[int, float]]
    printed: frozenset[float] = frozenset()
    mixed: bool = False

    def of(self, kind: str) -> tuple[Reading, ...]:
        """Readings of a kind: electric, period, due, before, paid, other, plan, tax."""
        return self.readings.get(f"amount_{kind}", ())

    def values(self, kind: str) -> set[float]:
        """Distinct amounts of a kind."""
        return {reading.value for reading in self.of(kind)}


def find_money(sheet: Sheet) -> Money:
    """Every labelled amount; each line's best label decides."""
    kinds: dict[str, list[Reading]] = {}
    for line in sheet.lines:
        for kind, reading in _read_line(sheet, line):
            kinds.setdefault(kind, []).append(reading)
    kinds.setdefault("amount_joined", []).extend(_join_parts(kinds))
    proven = find_proven(sheet)
    kinds["amount_section"] = list(_total_sections(sheet, proven))
    printed = frozenset(round(f.value, 2) for row in sheet.figures for f in row if is_money(f))
    _add_services(kinds, find_charges(sheet))
    apart = [*kinds.get("amount_other", ()), *kinds.get("amount_plan", ())]
    mixed = any(abs(r.value) > 0.004 for r in apart) or _names_services(sheet)
    return Money({kind: tuple(readings) for kind, readings in kinds.items()}, proven, printed, mixed)


def _add_services(kinds: dict[str, list[Reading]], charges: Sequence[Charge]) -> None:
    """Rows and sections by their service; rows of electricity that follow each other also as one."""
    for charge in charges:
        if charge.service == "other":
            kinds.setdefault("amount_other", []).append(Reading(charge.value, "amount_other", 1.0, charge.line))
        elif charge.whole:
            kinds["amount_section"].append(Reading(charge.value, "amount_section", 1.4, charge.line))
        else:
            kinds.setdefault("amount_row", []).append(Reading(charge.value, "amount_row", 1.0, charge.line))
    rows = kinds.get("amount_row", [])
    for last, row in pairwise(rows):
        if 0 < row.where - last.where <= 3:
            kinds["amount_joined"].append(Reading(round(last.value + row.value, 2), "amount_joined", 0.9, row.where))


def _names_services(sheet: Sheet) -> bool:
    """True when a heading is about water, gas, rates or the like."""
    return any(
        placed.label.name in _SERVICES and len(placed.label.name) >= 0.6 * sum(c.isalpha() for c in placed.cell.text)
        for _, placed in sheet.find("amount_other")
    )


def _total_sections(sheet: Sheet, proven: frozenset[tuple[int, float]]) -> Iterator[Reading]:
    """Amounts without a name that the items under a heading about electricity add up to."""
    for line, _ in sheet.find("amount_electric"):
        for below in sheet.following(line, _SECTION):
            if any("amount_other" in p.label.kinds for p in sheet.labels[below.number]):
                break
            totals = [value for number, value in proven if number == below.number]
            if totals and not sheet.labels[below.number]:
                yield Reading(max(totals), "amount_section", 1.8, below.number)
                break


def _join_parts(kinds: Mapping[str, Sequence[Reading]]) -> Iterator[Reading]:
    """Delivery by the utility and generation by another company, each with its own total."""
    for delivery in kinds.get("amount_delivery", ())[:4]:
        for generation in kinds.get("amount_generation", ())[:4]:
            if delivery.value != generation.value:
                joined = round(delivery.value + generation.value, 2)
                yield Reading(joined, "amount_joined", 0.9, delivery.where)


def _read_line(sheet: Sheet, line: Line) -> Iterator[tuple[str, Reading]]:
    for placed in sheet.labels[line.number]:
        kind = _kind_of(placed)
        if kind in ("amount_tax", "amount_electric") and _is_tax(sheet, line, placed) != (kind == "amount_tax"):
            continue
        if kind is None or _is_aside(sheet, line, placed):
            continue
        figure, share = _amount_of(sheet, line, placed)
        if figure is not None:
            weight = _WORTH.get(kind, 1.0) * share * _share_of_label(sheet, line, placed)
            yield kind, Reading(figure.value, kind, weight, line.number)


def _kind_of(placed: Placed) -> str | None:
    kind = next((kind for kind in _KINDS if kind in placed.label.kinds), None)
    if kind == "amount_bare":
        return kind if sum(char.isalpha() for char in placed.cell.text) <= _BARE else None
    if kind in ("amount_due", "amount_period", "amount_electric"):
        key = squeeze(placed.cell.text)
        return "amount_before" if any(word in key for word in _EARLIER) else kind
    return kind


def _is_tax(sheet: Sheet, line: Line, placed: Placed) -> bool:
    """True for a cell about a tax ("Taxes on electric service"), not for what has it inside ("Total with tax")."""
    same = [p.label for p in sheet.labels[line.number] if p.cell is placed.cell]
    taxed = any("amount_tax" in label.kinds and label.start <= placed.label.start for label in same)
    return taxed and not has_tax_inside(placed.cell.text)


def _is_aside(sheet: Sheet, line: Line, placed: Placed) -> bool:
    same = [p for p in sheet.labels[line.number] if p.cell is placed.cell]
    return any(p.label.kinds & _ASIDE and not p.label.kinds & placed.label.kinds for p in same)


def _share_of_label(sheet: Sheet, line: Line, placed: Placed) -> float:
    """Less where a label is only some of the words that stand there ("Electric supply adjustment")."""
    words = sum(char.isalpha() for char in placed.cell.text)
    share = len(placed.label.name) / max(words, 1)
    if placed.label.name in ("electrlc", "electrlclty") and share < 0.9:
        return 0.2
    others = [p for p in sheet.labels[line.number] if p.cell is placed.cell and p.label is not placed.label]
    minor = {"charge_line", "tier", "amount_subtotal", "kwh_unit"}
    minor |= set() if has_tax_inside(placed.cell.text) else {"amount_tax"}
    if any(p.label.kinds & minor for p in others):
        return 0.5
    return 1.0 if share > 0.45 else 0.75


def _amount_of(sheet: Sheet, line: Line, placed: Placed) -> tuple[Figure | None, float]:
    """The amount right of a label (the last of its run of cells), else the one below it."""
    cell = placed.cell
    inside = [f for f in sheet.figures[line.number] if f.cell is cell and f.start >= placed.label.end and is_money(f)]
    if inside and not _is_priced(sheet, line, placed):
        return inside[0], 1.0
    right: list[Figure] = []
    for figure in sheet.figures[line.number]:
        if figure.cell.index <= cell.index:
            continue
        named = [
            p
            for p in sheet.labels[line.number]
            if cell.index < p.cell.index <= figure.cell.index and _is_value_label(p)
        ]
        if named or (right and _has_words(line, right[-1], figure)):
            break
        if is_money(figure):
            right.append(figure)
    if right:
        return right[-1] if _is_one_row(line, placed) else right[0], 1.0
    for below in sheet.below(cell, 2):
        under = [f for f in sheet.figures[below.number] if overlap_sideways(cell, f.left, f.right) > 0 and is_money(f)]
        if under:
            return under[0], 0.9 if _stands_alone(under[0]) else 0.5
        if any(overlap_sideways(other, cell.left, cell.right) > 0 for other in below.cells):
            break
    return None, 0.0


def _has_words(line: Line, last: Figure, figure: Figure) -> bool:
    """True when another column's words stand between two figures."""
    between = line.cells[last.cell.index + 1 : figure.cell.index]
    return any(sum(char.isalpha() for char in cell.text) >= 4 for cell in between)


def _is_priced(sheet: Sheet, line: Line, placed: Placed) -> bool:
    """True when the label's cell holds a rate or a share, and the amount stands further right."""
    figures = sheet.figures[line.number]
    rated = any(f.cell is placed.cell and f.unit in ("percent", "rate", "kwh") for f in figures)
    return rated and any(f.cell.index > placed.cell.index and is_money(f) for f in figures)


def _is_one_row(line: Line, placed: Placed) -> bool:
    """True when the label begins its line: what follows are columns of it."""
    return placed.cell.index == 0 or all(
        not any(c.isalpha() for c in cell.text) for cell in line.cells[placed.cell.index + 1 :]
    )


def _is_value_label(placed: Placed) -> bool:
    return any(
        kind.startswith(("amount_", "kwh_total", "period", "account", "other_date")) for kind in placed.label.kinds
    )


def _stands_alone(figure: Figure) -> bool:
    rest = figure.cell.text[: figure.start] + figure.cell.text[figure.end :]
    return sum(char.isalpha() for char in rest) <= 3
