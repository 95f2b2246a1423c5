"""A bill as JSON and back, between the process that reads and the one that asked."""

from dataclasses import asdict
from typing import Any

from flows.reading.bills.types import Bill, Problem

FIELDS = (
    "utility", "account", "period_start", "period_end", "kwh", "amount", "currency", "service_address", "monthly_kwh",
    "confidence",
)  # fmt: skip


def write_bill(bill: Bill) -> dict[str, Any]:
    return {**asdict(bill), "sure": sorted(bill.sure), "problems": list(bill.problems)}


def load_bill(data: dict[str, Any]) -> Bill:
    """KeyError or TypeError for what `write_bill` did not write."""
    months = data["monthly_kwh"]
    values = {name: data[name] for name in FIELDS if name != "monthly_kwh"}
    return Bill(
        **values,
        monthly_kwh=None if months is None else tuple(months),
        sure=frozenset(data["sure"]),
        problems=tuple(data["problems"]),
    )


def fail_with(*problems: Problem) -> Bill:
    """A bill of which nothing is known."""
    return Bill(problems=problems)
