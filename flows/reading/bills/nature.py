"""What kind of paper it is: a bill for electricity, for gas only, none, or nothing that can be read."""

from collections.abc import Sequence

from flows.reading.bills.keys import fold
from flows.reading.bills.sheet import Sheet
from flows.reading.bills.types import Page, Problem

_FEWEST_WORDS = 8
_SIGNS = (
    "kwh_total",
    "amount_due",
    "amount_electric",
    "amount_period",
    "account",
    "period",
    "service_address",
    "kwh_unit",
)
_LEGENDS = ("if ", "may be", "=", "when ", "can be", "could", "might", "why ", "how ")


def find_nature(sheet: Sheet, pages: Sequence[Page]) -> Problem | None:
    """The problem with the paper as a whole; None for a bill that sells electricity."""
    words = [word for page in pages for word in page.words if word.text.strip()]
    scanned = any(page.origin == "ocr" for page in pages)
    if not words:
        return "no_text"
    if len(words) < _FEWEST_WORDS:
        return "blurred" if scanned else "no_text"
    if scanned and sum(word.confidence for word in words) / len(words) < 0.6:
        return "blurred"
    signs = {kind for row in sheet.labels for placed in row for kind in placed.label.kinds if kind in _SIGNS}
    power = "kwh_unit" in signs or any(f.unit == "kwh" for row in sheet.figures for f in row)
    if not power and _sells_gas(sheet):
        return "gas_only"
    if len(signs) < 3 and not (power and signs):
        return "not_a_bill"
    return None


def _sells_gas(sheet: Sheet) -> bool:
    text = fold(" ".join(line.text for line in sheet.lines))[:40_000]
    units = sum(text.count(unit) for unit in ("therm", " ccf", " mcf", "m3", "m³"))
    return units >= 1 and "gas" in text and "kwh" not in text


def is_estimated(sheet: Sheet) -> bool:
    """True when the bill says that a reading was estimated, not when it explains what that is."""
    for line, placed in sheet.find("estimated"):
        text = fold(placed.cell.text)
        if any(word in text for word in _LEGENDS) or len(text) > 90:
            continue
        names = {kind for p in sheet.labels[line.number] for kind in p.label.kinds}
        about = {
            "current_reading",
            "end_date",
            "difference",
            "previous_reading",
            "start_date",
            "kwh_total",
            "kwh_unit",
            "period",
        }
        figures = len(sheet.figures[line.number])
        if (
            names & about
            or figures >= 2
            or "read" in text
            or "lectura" in text
            or text.strip(" .*()") == placed.label.name
        ):
            return True
    return False
