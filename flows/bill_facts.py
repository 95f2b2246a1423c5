"""What the reading of a bill means for a project: checked values of slots, a month's worth each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from flows.bill_names import read_parts, read_utility
from flows.events import DocumentRead
from flows.kinds import KINDS
from flows.markets import market_of
from flows.reading.segments import fold
from flows.reading.utilities import UTILITIES

CURRENCIES = ("EUR", "MXN", "USD", "ZAR", "ZWG")
MONTH_DAYS = 365.25 / 12
ONE_MONTH = range(25, 39)
"""Days of a period whose figures are those of a month as they stand."""
SOME_MONTHS = range(39, 401)
OLD_DAYS = 426
"""A bill whose period ended longer ago, 14 months, is asked for again."""
MOST_KWH = 100_000
"""kWh a month: more is no home's."""


@dataclass(frozen=True, slots=True)
class BillFacts:
    """`sure` and `unsure` are values of slots about energy and money; `kwh`, `amount` and `currency` are as printed
    for the days from `start` to `end`, None where unknown. `parts` are slots of the address."""

    start: date | None = None
    end: date | None = None
    kwh: int | float | None = None
    amount: int | float | None = None
    currency: str = ""
    sure: dict[str, Any] = field(default_factory=dict)
    unsure: dict[str, Any] = field(default_factory=dict)
    utility: str = ""
    utility_sure: bool = False
    parts: dict[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def has_figures(self) -> bool:
        return bool(self.sure or self.unsure)

    @property
    def span(self) -> str:
        """The period as text that is kept with a value: "2026-06-03/2026-07-02", "" where it is unknown."""
        return f"{self.start}/{self.end}" if self.start and self.end else ""

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1 if self.start and self.end else 0

    def is_old(self, today: date) -> bool:
        return self.end is not None and (today - self.end).days > OLD_DAYS


def read_facts(event: DocumentRead, market: str, today: date) -> BillFacts:
    """Only typed fields count, each checked as a contact's own words are; what does not pass is unknown."""
    bill, country = event.bill, market_of(market).country
    start, end = _read_day(bill.get("period_start")), _read_day(bill.get("period_end"))
    if start is None or end is None or not start < end or (end - today).days > 31:
        start = end = None
    kwh, amount = _read_number(bill.get("kwh")), _read_number(bill.get("amount"))
    currency = _read_currency(bill.get("currency")) or market_of(market).currency
    printed = BillFacts(start, end, kwh, amount, currency)
    sure, unsure = _sort_figures(_list_figures(bill, printed), _list_trusted(event, printed.days))
    utility = read_utility(bill.get("utility"))
    is_listed = any(utility == each.name and each.country == country for each in UTILITIES)
    return replace(
        printed,
        sure=sure,
        unsure=unsure,
        utility=utility,
        utility_sure=is_listed and "utility" in event.sure,
        parts=read_parts(bill.get("service_address"), country),
        problems=event.problems,
    )


def _sort_figures(found: Mapping[str, Mapping[str, Any]], trusted: set[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is sure and what is not. A history that is sure says more than the month; one that is not says less."""
    sure: dict[str, Any] = {}
    unsure: dict[str, Any] = {}
    for name in ("monthly_kwh", "kwh", "amount"):
        if name in trusted:
            sure = {**found.get(name, {}), **sure}
    for name in ("amount", "kwh", "monthly_kwh"):
        values = found.get(name, {})
        if name not in trusted and "monthly_kwh" not in (values.keys() & (sure.keys() | unsure.keys())):
            unsure = {**values, **unsure}
    return sure, unsure


def _list_trusted(event: DocumentRead, days: int) -> set[str]:
    """Fields that need no question: a figure without a month to it does, and so does one that the bill disputes."""
    disputed = {"kwh": "kwh_disagree", "amount": "amount_disagree"}
    trusted = {name for name in event.sure if disputed.get(name) not in event.problems}
    if days not in ONE_MONTH and not {"period_start", "period_end"} <= trusted:
        trusted -= {"kwh", "amount"}
    return trusted - ({"kwh", "amount"} if days not in ONE_MONTH and days not in SOME_MONTHS else set())


def _list_figures(bill: Mapping[str, Any], printed: BillFacts) -> dict[str, dict[str, Any]]:
    """Field of the bill to the values of slots that it gives."""
    found: dict[str, dict[str, Any]] = {}
    share = MONTH_DAYS / printed.days if printed.days in SOME_MONTHS else 1.0
    if printed.kwh is not None and printed.kwh * share < MOST_KWH:
        found["kwh"] = {"monthly_kwh": _to_month(printed.kwh, share)}
    if printed.amount is not None:
        found["amount"] = {"monthly_bill": _to_month(printed.amount, share), "currency": printed.currency}
    if months := _read_months(bill.get("monthly_kwh")):
        found["monthly_kwh"] = _place_months(months, printed)
    return found


def _to_month(number: int | float, share: float) -> int | float:
    month: int | float = KINDS["money"](round(number * share, 0 if number * share >= 20 else 2))
    return number if share == 1.0 else month


def _read_months(value: Any) -> list[Any]:
    """Twelve numbers with None for unknown, oldest first; empty where fewer than six are known."""
    if not isinstance(value, list | tuple) or len(value) != 12:
        return []
    months = [_read_number(month) for month in value]
    known = [month for month in months if month is not None]
    return months if len(known) >= 6 and max(known) < MOST_KWH else []


def _place_months(months: list[Any], facts: BillFacts) -> dict[str, Any]:
    """The history from January on, the last month of it being the one in the middle of the period; without a period
    only its mean. A whole year gives its sum."""
    known = [month for month in months if month is not None]
    if facts.start is None or facts.end is None:
        return {"monthly_kwh": KINDS["money"](round(sum(known) / len(known)))}
    last = (facts.start + (facts.end - facts.start) / 2).month - 1
    placed = {"monthly_kwh": [months[(month - last - 1) % 12] for month in range(12)]}
    return {**placed, "annual_kwh": KINDS["money"](sum(known))} if len(known) == 12 else placed


def _read_number(value: Any) -> Any:
    try:
        return KINDS["money"](value)
    except ValueError:
        return None


def _read_day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _read_currency(value: Any) -> str:
    return value if value in CURRENCIES else ""


def is_close(one: Any, other: Any) -> bool:
    """Whether two figures of a month, or two histories by their mean, are the same but for rounding in speech."""
    mean, other_mean = _mean(one), _mean(other)
    return abs(mean - other_mean) <= 0.05 * max(mean, other_mean)


def _mean(value: Any) -> float:
    if isinstance(value, list):
        known = [month for month in value if month is not None]
        return float(sum(known) / len(known))
    return float(value)


def is_same_street(one: str, other: str) -> bool:
    """The same house number and the same first word beside it; what is written out or short may differ."""
    return _pick_street(one) == _pick_street(other)


def _pick_street(text: str) -> tuple[str, str]:
    words = re.findall(r"[^\W_]+", fold(text))
    number = next((word for word in words if word[0].isdigit()), "")
    compass = {"n", "s", "e", "w", "north", "south", "east", "west", "calle", "c", "avenida", "av", "avda"}
    name = next((word for word in words if not word[0].isdigit() and word not in compass), "")
    return number, name
