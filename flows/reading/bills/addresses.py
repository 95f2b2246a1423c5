"""Where the electricity is used; not where the post goes."""

import re
from dataclasses import dataclass

from flows.reading.bills.keys import fold
from flows.reading.bills.lines import Cell, Line
from flows.reading.bills.sheet import Placed, Sheet, overlap_sideways

_US_PLACE = re.compile(r"\b[A-Z]{2},? ?\d{5}(?:-?\d{4})?\b")
_POST_CODE = re.compile(r"(?<!\d)\d{4,5}(?!\d)")
_STREET = re.compile(
    r"^(?:\d{1,6}[A-Za-z]?(?:[-/]\d{1,5})? +\S*[A-Za-z]"
    r"|(?:c/|calle|avda?\b|avenida|av\.|plaza|paseo|camino|ronda|carrer|travesia|cl\b|pz\b|blvd|calz|priv"
    r"|erf|stand|unit|flat)\W?)",
    re.IGNORECASE,
)
_BOX = re.compile(r"\b(?:p\.? ?o\.? ?box|private bag|apartado|apdo)\b", re.IGNORECASE)
_SLIP = re.compile(r"(?<=[a-z] )PI\b|\bBIvd\b|\bPIaza\b|\bCaIle\b")
_MOST = 90
_ENDS = frozenset(
    ("account", "not_account", "other_date", "amount_due", "amount_period", "amount_electric", "not_address",
     "other_address", "kwh_total", "days", "start_date", "end_date", "period", "estimated", "current_reading")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """A service address on one line; `sure` when its label is unmistakable and it has a street and a place."""

    text: str
    sure: bool


def find_address(sheet: Sheet) -> Address | None:
    """The address under or beside a label about service; else the only home the bill shows, unsure."""
    found: list[tuple[float, str, bool]] = []
    for line, placed in sheet.find("service_address"):
        if sheet.says(line, "other_address") and not _has_own_cell(sheet, line, placed):
            continue
        lines = _lines_of(sheet, line, placed)
        if lines:
            text, worth = _join(lines), _worth(lines)
            weight = worth + (
                1.0
                if "address" in placed.label.name.replace("l", "i")
                or "suminist" in placed.label.name.replace("l", "i")
                or "dlrecc" in placed.label.name
                else 0.3
            )
            found.append((weight, text, worth >= 2 and (not sheet.scanned or _stands_twice(sheet, text))))
    if found:
        weight, text, sure = max(found, key=lambda item: (item[0], len(item[1]), not item[1].isupper()))
        streets = {squeeze_all(other.split(",")[0]) for value, other, _ in found if value >= weight - 1.5}
        return Address(text, sure and len(streets) == 1) if weight >= 1.3 else None
    homes = set(_unlabelled(sheet))
    return Address(homes.pop(), False) if len(homes) == 1 else None


def _stands_twice(sheet: Sheet, text: str) -> bool:
    """True when the street is read the same in two places."""
    street = squeeze_all(text.split(",")[0])
    return sum(street in squeeze_all(cell.text) for line in sheet.lines for cell in line.cells) >= 2


def squeeze_all(text: str) -> str:
    """Letters and digits of a text in lower case."""
    return "".join(char for char in fold(text) if char.isalnum())


def _has_own_cell(sheet: Sheet, line: Line, placed: Placed) -> bool:
    return all(p.cell is not placed.cell for p in sheet.labels[line.number] if "other_address" in p.label.kinds)


def _lines_of(sheet: Sheet, line: Line, placed: Placed) -> list[tuple[Cell, str]]:
    """Up to three pieces of an address, from the label on."""
    rest = placed.cell.text[placed.label.end :].lstrip(" :.-–)")
    pieces: list[tuple[Cell, str]] = []
    anchor: Cell = placed.cell
    if _is_piece(sheet, placed.cell, rest, placed.label.end):
        pieces.append((placed.cell, rest))
    elif not any(char.isalnum() for char in rest):
        beside = line.cells[placed.cell.index + 1 : placed.cell.index + 2]
        if beside and _is_piece(sheet, beside[0], beside[0].text, 0) and _begins_beside(sheet, placed, beside[0]):
            pieces.append((beside[0], beside[0].text))
            anchor = beside[0]
    pieces += _pieces_below(sheet, line, anchor, placed.cell, pieces)
    return _trim(pieces)


def _begins_beside(sheet: Sheet, placed: Placed, beside: Cell) -> bool:
    """True when an address begins right of its label, not below it."""
    under = [
        cell for below in sheet.below(placed.cell, 3) for cell in below.cells
        if overlap_sideways(cell, placed.cell.left, placed.cell.right) > 0
    ]  # fmt: skip
    if any(_STREET.match(cell.text) and _is_piece(sheet, cell, cell.text, 0) for cell in under):
        return False
    return bool(_STREET.match(beside.text)) or ":" not in beside.text


def _pieces_below(
    sheet: Sheet, line: Line, anchor: Cell, heading: Cell, before: list[tuple[Cell, str]]
) -> list[tuple[Cell, str]]:
    pieces: list[tuple[Cell, str]] = []
    last = line
    for below in sheet.following(line, 14):
        if len(before) + len(pieces) >= 4 or below.middle - last.middle > 3.2 * max(anchor.height, below.height):
            break
        cell = _cell_under(below, anchor, heading)
        if cell is None:
            continue
        if not _is_piece(sheet, cell, cell.text, 0) or _ends_with_place([*before, *pieces]):
            break
        pieces.append((cell, cell.text))
        last = below
    return pieces


def _cell_under(line: Line, anchor: Cell, heading: Cell) -> Cell | None:
    near = [cell for cell in line.cells if overlap_sideways(cell, anchor.left, anchor.right) > 0]
    near = near or [cell for cell in line.cells if overlap_sideways(cell, heading.left, heading.right) > 0]
    return min(near, key=lambda cell: abs(cell.left - anchor.left), default=None)


def _is_piece(sheet: Sheet, cell: Cell, text: str, start: int) -> bool:
    letters = sum(char.isalpha() for char in text)
    if letters < 2 or len(text) > _MOST or _BOX.search(text) or "$" in text or "kWh" in text or "@" in text:
        return False
    labels = [p.label for p in sheet.labels[cell.line] if p.cell is cell and p.label.start >= start]
    return not any(label.kinds & _ENDS and label.start <= start + 2 for label in labels)


def _ends_with_place(pieces: list[tuple[Cell, str]]) -> bool:
    if not any(_STREET.match(text) for _, text in pieces):
        return False
    text = pieces[-1][1]
    if _US_PLACE.search(text):
        return True
    codes = [
        m for m in _POST_CODE.finditer(text) if m.start() > 0 or not _STREET.match(text) or re.match(r"\d{5} ", text)
    ]
    return bool(codes)


def _trim(pieces: list[tuple[Cell, str]]) -> list[tuple[Cell, str]]:
    """From the street on, to the place; nothing where no street is."""
    first = next((index for index, (_, text) in enumerate(pieces) if _STREET.match(text)), None)
    if first is None:
        with_digits = next((index for index, (_, text) in enumerate(pieces) if any(c.isdigit() for c in text)), None)
        if with_digits is None:
            return []
        first = with_digits
    kept: list[tuple[Cell, str]] = []
    for cell, text in pieces[first : first + 3]:
        kept.append((cell, text))
        if _ends_with_place(kept):
            break
    if len(kept) > 1 and not _ends_with_place(kept):
        kept = [kept[0], *([kept[1]] if _looks_like_place(kept[1][1]) else [])]
    return kept


def _looks_like_place(text: str) -> bool:
    return bool(_POST_CODE.search(text)) or (
        len(text.split()) <= 5 and not any(char.isdigit() for char in text) and text[:1].isupper()
    )


def _join(pieces: list[tuple[Cell, str]]) -> str:
    """One line; the I of "PI" and "BIvd" is the l that recognisers take for it."""
    return _SLIP.sub(lambda match: match.group().replace("I", "l"), _join_plain(pieces)).replace("°", "º")


def _join_plain(pieces: list[tuple[Cell, str]]) -> str:
    return ", ".join(text.strip(" ,;.") for _, text in pieces)[:160]


def _worth(pieces: list[tuple[Cell, str]]) -> float:
    street = any(_STREET.match(text) for _, text in pieces)
    return (1.0 if street else 0.0) + (1.0 if _ends_with_place(pieces) else 0.0)


def _unlabelled(sheet: Sheet) -> list[str]:
    """Street over place, of homes: no boxes, nothing under a label about post."""
    found = []
    for line in sheet.lines:
        for cell in line.cells:
            if not (_US_PLACE.search(cell.text) and len(cell.text) < 60):
                continue
            above = [c for c in sheet.headings(cell, 1) if abs(c.left - cell.left) < cell.height]
            if above and _STREET.match(above[0].text) and _is_piece(sheet, above[0], above[0].text, 0):
                found.append(f"{above[0].text.strip(' ,')}, {cell.text.strip(' ,')}")
    return found
