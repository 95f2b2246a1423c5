"""Figures of a bill: amounts, quantities and rates with their units, as each country writes them."""

import re
from dataclasses import dataclass
from typing import Literal

from flows.reading.bills.keys import fold
from flows.reading.bills.lines import Cell, Line
from flows.reading.bills.numbers import read_number

Unit = Literal["money", "kwh", "rate", "days", "other", "percent", "none"]
MOST = 24
"""Figures of a line that are looked at."""
MOST_MONEY = 200_000
_CURRENCY = r"(?:us\$|mx\$|n\$|[$€]|(?<![a-z])(?:usd|zar|eur|zwg|zig|mxn|r)(?=[ \d-]))"
_FIGURE = re.compile(
    rf"(?P<open>[(]? ?[-+−–]? ?)(?P<currency>{_CURRENCY})? ?(?P<minus>[-−–]? ?)"
    r"(?P<number>\d{1,3}(?: \d{3}){1,3}(?:[.,]\d{2})?(?![\d,.]?\d)"
    r"|\d{1,3}(?:[,.'] ?\d{3}){1,4}(?:[.,] ?\d{1,2})?(?!\d)"
    r"|\d{1,12}(?:[.,] ?\d{1,8})?(?!\d)|[.,]\d{2,8})"
    r"(?P<close>(?:-(?![\da-z])| ?cr\b|\))?)"
)
_UNITS: tuple[tuple[Unit, re.Pattern[str]], ...] = (
    ("kwh", re.compile(r" ?[\[(]?(?:k ?(?:w|vv|uu) ?[hn](?:[rs]\b|rs\b)?\b|kw[ -]?hours?|kilowatt[ -]?hours?)")),
    (
        "rate",
        re.compile(r" ?(?:(?:us)?[$€]|eur|usd|cents?|c|¢|r)? ?(?:/|per|por|x|a) ?k ?w ?h?\b|¢| ?cents?\b| ?c/kwh"),
    ),
    ("money", re.compile(r" ?(?:€|eur\b|euros?\b|usd\b|zar\b|mxn\b|pesos\b)")),
    ("percent", re.compile(r" ?(?:%|percent|por ciento)")),
    ("days", re.compile(r" ?-?(?:(?:billing|service|calendar|total) )?(?:days?|dias?|dae)\b")),
    (
        "other",
        re.compile(
            r" ?(?:k ?w(?![a-z])|kva\w*|kvar\w*|therms?|thm|ccf|mcf|ft3|gallons?|gal|kgal|kl\b|kilolit\w*|m3|m³"
            r"|amps?|volts?"
            r"|hours?|hrs?|months?|meses|units? at|°|[ap]\.?m\b|st\b|nd\b|rd\b|th\b|mwh|hp\b|tons?\b|cubic|hcf|litres?)"
        ),
    ),
)
_RATE_BEFORE = re.compile(r"(?:@|\bat|\bx|×|\*|\ba|\bde) ?(?:(?:us)?[$€¢r])? ?$")


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A figure and its place. `value` is signed; `doubt` is another value that its marks allow."""

    value: float
    unit: Unit
    cell: Cell
    start: int
    end: int
    decimals: int
    currency: str = ""
    doubt: float | None = None

    @property
    def left(self) -> float:
        return self.cell.span(self.start, self.end)[0]

    @property
    def right(self) -> float:
        return self.cell.span(self.start, self.end)[1]

    @property
    def middle(self) -> float:
        left, right = self.cell.span(self.start, self.end)
        return (left + right) / 2

    @property
    def confidence(self) -> float:
        return self.cell.confidence(self.start, self.end)


def find_figures(line: Line, country: str) -> tuple[Figure, ...]:
    """Figures of a line from left to right."""
    found: list[Figure] = []
    for cell in line.cells:
        found += _find_in_cell(cell, country)
        if len(found) >= MOST:
            break
    return tuple(_borrow_units(found[:MOST], line))


def _find_in_cell(cell: Cell, country: str) -> list[Figure]:
    text = fold(cell.text)
    if len(text) != len(cell.text):
        text = cell.text.lower()
    found: list[Figure] = []
    at = 0
    while len(found) < MOST and (match := _FIGURE.search(text, at)):
        at = match.end()
        begin = match.start("number")
        if begin and (text[begin - 1].isalnum() and not match.group("currency")):
            continue
        if at < len(text) and text[at].isdigit():
            at = _skip_digits(text, at)
            continue
        if " " in match.group("number").strip() and not _may_group(match, country, text):
            at = begin + len(match.group("number").split(" ")[0])
            match = _FIGURE.search(text[:at], match.start())
            if match is None:
                continue
        found.append(_build(match, cell, text, country))
    return found


def _skip_digits(text: str, at: int) -> int:
    while at < len(text) and (text[at].isdigit() or text[at] in "-/."):
        at += 1
    return at


def _may_group(match: re.Match[str], country: str, text: str) -> bool:
    """Spaces between thousands are usual in southern Africa and Spain, and never in the United States."""
    number = match.group("number")
    if "," in number[:-3] or "." in number[:-3]:
        return True
    return (
        country not in ("US", "MX")
        and not number.startswith("0")
        and (
            bool(match.group("currency"))
            or (len(number.split(" ")) > 1 and number[-3:-2] in ".,")
            or _read_unit(text, match.end()) == "kwh"
            or number == text
        )
    )


def _build(match: re.Match[str], cell: Cell, text: str, country: str) -> Figure:
    value, decimals, doubt = read_number(match.group("number"), country)
    negative = _is_minus(match, text) or match.group("close") == "-" or "cr" in match.group("close")
    bracketed = "(" in match.group("open") and match.group("close") == ")" and bool(match.group("currency"))
    negative = negative or bracketed
    currency = (match.group("currency") or "").strip().upper()
    unit = _read_unit(text, match.end())
    if unit in ("none", "money") and _RATE_BEFORE.search(
        text[max(0, match.start("number") - 8) : match.start("number")]
    ):
        unit = "rate" if decimals >= 3 or value < 1 else unit
    if unit == "none" and currency:
        unit = "money" if decimals <= 2 else "rate"
    elif unit == "none" and decimals >= 4:
        unit = "rate"
    sign = -1 if negative else 1
    return Figure(
        sign * value, unit, cell, match.start("number"), match.end("number"), decimals, currency,
        sign * doubt if doubt is not None else None,
    )  # fmt: skip


def _is_minus(match: re.Match[str], text: str) -> bool:
    """True for a sign at the figure; "A-12" and "Jul 2 - 843" have none."""
    if match.group("minus"):
        return True
    at = next((place for place in range(match.start(), match.end("open")) if text[place] in "-−–"), None)
    if at is None or (at and text[at - 1].isalnum()):
        return False
    return not text[:at].strip() or text[at + 1] != " "


def _read_unit(text: str, at: int) -> Unit:
    rest = text[at : at + 16]
    return next((unit for unit, pattern in _UNITS if pattern.match(rest)), "none")


def _borrow_units(figures: list[Figure], line: Line) -> list[Figure]:
    """A unit that stands in the next cell, near, is the figure's."""
    return [_borrow_unit(figure, line) for figure in figures]


def _borrow_unit(figure: Figure, line: Line) -> Figure:
    follows = figure.cell.index + 1
    if figure.unit != "none" or figure.end < len(figure.cell.text.rstrip(" )")) or follows >= len(line.cells):
        return figure
    other = line.cells[follows]
    if other.left - figure.cell.right > 3 * line.height:
        return figure
    unit = _read_unit(" " + fold(other.text)[:15], 0)
    if unit not in ("kwh", "days", "other"):
        return figure
    return Figure(figure.value, unit, figure.cell, figure.start, figure.end, figure.decimals, "", figure.doubt)


def is_money(figure: Figure) -> bool:
    """True for an amount with cents, or a whole one with its currency."""
    if abs(figure.value) > MOST_MONEY or figure.unit not in ("money", "none"):
        return False
    return figure.decimals == 2 or (bool(figure.currency) and figure.decimals == 0 and figure.unit == "money")
