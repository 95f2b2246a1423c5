"""What Green Button files tell – bills, days and hours of use – as one bill."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from bot.documents.problems import BadFile
from flows.reading.bills.accounts import mask
from flows.reading.bills.types import Bill, Problem

WHOLE = 0.98  # of a month's time: less is no month's consumption
ALMOST = 0.9  # between other months a day may be missing
MONTH = range(20, 45)  # days that one bill covers
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Billed:
    """`start` and `end` are included."""

    start: date
    end: date
    kwh: float | None
    amount: float | None


@dataclass(slots=True)
class Consumption:
    """kWh by day where known, bills where the file has them."""

    days: dict[date, float] = field(default_factory=lambda: defaultdict(float))
    bills: list[Billed] = field(default_factory=list)
    costs: dict[date, float] = field(default_factory=lambda: defaultdict(float))
    seconds: dict[date, float] = field(default_factory=lambda: defaultdict(float))
    account: str | None = None
    address: str | None = None
    utility: str | None = None
    currency: str | None = None
    has_gas: bool = False
    is_estimated: bool = False


def conclude_bill(found: Consumption) -> Bill:
    """The latest bill; without bills the latest whole calendar month. BadFile: gas_only, not_a_bill."""
    months = list_months(found)
    latest = choose_bill(found, months)
    if latest is None:
        raise BadFile("gas_only" if found.has_gas else "not_a_bill")
    history = list_history(found, months)
    amount = latest.amount
    problems = list_problems(found, latest, history)
    known = {"kwh": latest.kwh, "amount": amount, "period_start": latest.start, "monthly_kwh": history}
    sure = {name for name, value in known.items() if value is not None}
    sure |= {"period_end", *({"currency"} if amount is not None and found.currency else set())}
    return Bill(
        utility=found.utility,
        account=mask_account(found.account),
        period_start=latest.start.isoformat(),
        period_end=latest.end.isoformat(),
        kwh=latest.kwh,
        amount=amount,
        currency=found.currency if amount is not None else None,
        service_address=found.address,
        monthly_kwh=history,
        confidence=0.98 if latest.kwh is not None else 0.5,
        sure=frozenset(sure),
        problems=problems,
    )


def list_problems(found: Consumption, latest: Billed, history: Sequence[float | None] | None) -> tuple[Problem, ...]:
    holds: dict[Problem, bool] = {
        "no_kwh": latest.kwh is None,
        "no_amount": latest.amount is None,
        "negative_net": latest.kwh is not None and latest.kwh < 0,
        "estimated": found.is_estimated,
        "months_missing": history is not None and None in history,
    }
    return tuple(name for name, is_so in holds.items() if is_so)


def choose_bill(found: Consumption, months: dict[tuple[int, int], float]) -> Billed | None:
    bills = sorted((bill for bill in found.bills if bill.kwh is not None), key=lambda bill: bill.end)
    if bills:
        return bills[-1]
    if not months:
        return sum_all(found)
    year, month = max(months)
    start, end = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return Billed(start, end, months[year, month], sum_costs(found, start, end))


def sum_all(found: Consumption) -> Billed | None:
    """Some days are no month, but they are a period."""
    if not found.days:
        return None
    start, end = min(found.days), max(found.days)
    return Billed(start, end, round(sum(found.days.values()), 3), sum_costs(found, start, end))


def sum_costs(found: Consumption, start: date, end: date) -> float | None:
    """None unless every day has a price."""
    days = [day for day in found.days if start <= day <= end]
    if not days or any(day not in found.costs for day in days):
        return None
    return round(sum(found.costs[day] for day in days), 2)


def list_months(found: Consumption) -> dict[tuple[int, int], float]:
    """Whole calendar months; kWh to the watt hour."""
    sums: dict[tuple[int, int], float] = defaultdict(float)
    covered: dict[tuple[int, int], float] = defaultdict(float)
    for day, kwh in found.days.items():
        sums[day.year, day.month] += kwh
        covered[day.year, day.month] += min(found.seconds.get(day, 86_400.0), 86_400.0) / 86_400
    edges = (min(sums, default=None), max(sums, default=None))
    least = {key: (WHOLE if key in edges else ALMOST) * monthrange(*key)[1] for key in sums}
    return {key: round(kwh, 3) for key, kwh in sums.items() if covered[key] >= least[key]}


def list_history(found: Consumption, months: dict[tuple[int, int], float]) -> tuple[float | None, ...] | None:
    """Twelve bills one after another, or twelve calendar months; None where there are fewer than three."""
    bills = sorted((bill for bill in found.bills if bill.kwh is not None), key=lambda bill: bill.end)
    if bills:
        by_month = {_count_month(bill.start + (bill.end - bill.start) / 2): bill.kwh for bill in bills}
        in_row = [bill for bill in bills if (bill.end - bill.start).days in MONTH][-MONTHS:]
        if len(in_row) == MONTHS and follow_another(in_row):
            return tuple(bill.kwh for bill in in_row)
    else:
        by_month = {year * 12 + month: kwh for (year, month), kwh in months.items()}
    if len(by_month) < 3:
        return None
    last = max(by_month)
    return tuple(by_month.get(number) for number in range(last - MONTHS + 1, last + 1))


def follow_another(bills: Sequence[Billed]) -> bool:
    gaps = [later.start - earlier.end for earlier, later in pairwise(bills)]
    return all(timedelta(0) <= gap <= timedelta(days=4) for gap in gaps)


def _count_month(day: date) -> int:
    return day.year * 12 + day.month


def mask_account(account: str | None) -> str | None:
    """None for what is too short to be one."""
    signs = "".join(sign for sign in account or "" if sign.isdigit())
    return mask(signs) if len(signs) >= 6 else None
