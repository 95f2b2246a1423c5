"""A year's energy out of the months that are known."""

from __future__ import annotations

from typing import Any


def sum_year(kept: dict[str, Any] | None) -> float | None:
    """Yearly kWh, extrapolated; None where only money or intervals are known."""
    months = (kept or {}).get("monthly_energy")
    known = [value for value in months or () if value is not None]
    return round(sum(known) / len(known) * 12, 2) if known else None
