"""Reads what Leap's answers say of money: tolerant of names, loud about amounts and statuses."""

import math
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from integrations.errors import Refused
from integrations.leap.values import SHAPE, STATUSES, DeviceResult, Requirement, Utility

MOST_DOLLARS = 10_000_000
LONGEST_EIAID = 9  # digits
UNKEPT = re.compile(r"[\x00\ud800-\udfff]")


def clean_json(value: Any) -> Any:
    """The same without what no database keeps: zero bytes, halves of characters, numbers without end."""
    if isinstance(value, str):
        return UNKEPT.sub("", value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list):
        return [clean_json(item) for item in value]
    if isinstance(value, dict):
        return {UNKEPT.sub("", name): clean_json(item) for name, item in value.items()}
    return value


def refuse_shape(what: str) -> Refused:
    """The error for an answer that money would have to be guessed from."""
    return Refused(f"Leap's answer cannot be read: {what}. Nobody was told an amount.", SHAPE)


def read_object(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise refuse_shape(f"{where} is no object")
    return value


def read_rows(value: Any, where: str) -> list[Mapping[str, Any]]:
    if not isinstance(value, list):
        raise refuse_shape(f"{where} is no list")
    return [read_object(row, where) for row in value]


def find_value(row: Mapping[str, Any], *names: str) -> Any:
    """The first of `names` that has a value."""
    return next((row[name] for name in names if row.get(name) is not None), None)


def read_text(row: Mapping[str, Any], *names: str) -> str:
    """The first of `names` as text, "" without one."""
    found = find_value(row, *names)
    return " ".join(str(found).split()) if isinstance(found, (str, int, float)) else ""


def read_cents(value: Any, where: str) -> int:
    """Cents out of dollars. Refused for anything that is no amount."""
    try:
        dollars = Decimal(str(value)) if isinstance(value, (int, float, str)) else None
    except InvalidOperation:
        dollars = None
    if dollars is None or isinstance(value, bool) or not dollars.is_finite() or not 0 <= dollars <= MOST_DOLLARS:
        raise refuse_shape(f"{where} is no amount in dollars")
    return round(dollars * 100)


def read_status(value: Any, where: str) -> str:
    """COMPLETED, IGNORED or FAILED; Refused for any other word, since it decides what is firm."""
    status = value.upper() if isinstance(value, str) else ""
    if status not in STATUSES:
        raise refuse_shape(f"{where} has an unknown status")
    return status


def read_requirements(value: Any, where: str) -> tuple[Requirement, ...]:
    """None at all where nothing was said of them: then nothing is firm."""
    rows = read_rows(value, where) if value is not None else []
    return tuple(
        Requirement(
            read_text(row, "requirement", "requirement_name", "name", "description", "reason", "code"),
            read_status(find_value(row, "status", "result"), where),
        )
        for row in rows
    )


def read_utility(value: Any) -> Utility | None:
    """None where it is none that can be told apart from others."""
    if not isinstance(value, Mapping):
        return None
    number = str(find_value(value, "eiaid", "eia_id", "id") or "")
    name = read_text(value, "name", "utility_name")
    sound = number.isascii() and number.isdigit() and len(number) <= LONGEST_EIAID
    return Utility(int(number), name) if sound else None


def read_utilities(value: Any) -> tuple[Utility, ...]:
    rows = value if isinstance(value, list) else []
    return tuple(utility for utility in map(read_utility, rows) if utility)


def check_total(results: Iterable[DeviceResult], summary_cents: int, which: str) -> None:
    """Refused where the programmes promise more than the answer's own sum: then one of them is misread."""
    counted = [each.install_cents if which == "install" else each.yearly_cents for each in results if each.eligible]
    if sum(counted) > summary_cents + len(counted):
        raise refuse_shape(f"its programmes add up to more than its own sum ({which})")
