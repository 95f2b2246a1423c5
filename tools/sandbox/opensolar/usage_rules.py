"""What OpenSolar takes as energy use: a source and exactly as many whole numbers as it needs."""

from __future__ import annotations

import re

MONTHS = ("kwh_monthly", "bill_monthly", "kwh_daily_per_month")
YEARS = ("kwh_annual", "bill_annual")
LEVELS = ("Low", "Medium", "High")
PERIODS = {"every_second_month": 6, "quarterly": 4}


def find_usage_error(usage: object) -> str | None:
    """What is wrong with `{"usage_data_source", "values"}`; None when nothing is."""
    if not isinstance(usage, dict):
        return "Expected a dictionary."
    source, values = usage.get("usage_data_source"), usage.get("values")
    if source == "estimate":
        return None if _is_level(values) else f"values must be one of {', '.join(LEVELS)}."
    count = count_values(source)
    if count is None:
        return f'"{source}" is not a valid usage_data_source.'
    if count == 1 and _is_whole(values):
        return None
    if not isinstance(values, list) or len(values) != count:
        return f"{source} needs exactly {count} values."
    return None if all(_is_whole(value) for value in values) else f"{source} takes whole numbers."


def count_values(source: object) -> int | None:
    """How many numbers a source needs; None when there is no such source."""
    if source in YEARS:
        return 1
    if source in MONTHS:
        return 12
    found = re.fullmatch(r"(?:kwh|bill)(?:_daily)?_(every_second_month|quarterly)", str(source))
    return PERIODS[found[1]] if found else None


def _is_level(values: object) -> bool:
    return (values[0] if isinstance(values, list) and len(values) == 1 else values) in LEVELS


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
