"""Cells of CSV files: heads, days and numbers as different countries write them."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

PARTS = re.compile(r"^(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:$|[T\s])")
COMMA_DECIMALS = re.compile(r"^-?\d{1,3}(\.\d{3})*,\d+$|^-?\d+,\d{1,2}$|^-?\d+,\d{4,}$|^-?0,\d+$")
NOISE = re.compile(r"[^\d,.\-()]")


def fold_head(cell: str) -> str:
    """Small letters without accents; signs are spaces."""
    plain = unicodedata.normalize("NFKD", cell).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^a-z0-9$]+", " ", plain.casefold()).split())


def find_day_style(cells: Iterable[str]) -> str:
    """Which part of a date is the day: "dmy" where a first number is above twelve and no second is."""
    first, second = 0, 0
    for cell in cells:
        if match := PARTS.match(cell):
            first, second = max(first, int(match[1]) if len(match[1]) < 3 else 0), max(second, int(match[2]))
    return "dmy" if first > 12 and second <= 12 else "mdy"


def read_day(cell: str, style: str) -> date | None:
    """2025-10-03, 10/03/2025, 03/10/25 and the like; None for what is no day."""
    match = PARTS.match(cell)
    if match is None:
        return None
    parts = [int(part) for part in match.groups()]
    if len(match[1]) == 4:
        year, month, day = parts
    else:
        day, month, year = parts if style == "dmy" else (parts[1], parts[0], parts[2])
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def read_amount(cell: str) -> float | None:
    """$1,234.56, (12.30), 1.234,56 €; None for what is no number."""
    text = NOISE.sub("", cell)
    if len(text) > 20:
        return None
    negative = text.startswith(("-", "(")) or text.endswith("-")
    text = text.strip("()-")
    if COMMA_DECIMALS.match(text):
        text = text.replace(".", "").replace(",", ".")
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return None
    return -value if negative else value
