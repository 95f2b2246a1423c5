"""What of a bill is sure: readings that agree, prices that electricity can have, and doubts by their names."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.reading.bills.amounts import Money, add_up
from flows.reading.bills.evidence import Choice, Reading, group_readings
from flows.reading.bills.types import Problem

PRICES = {
    ("US", "USD"): (0.05, 0.80), ("ZA", "ZAR"): (0.9, 8.0), ("ES", "EUR"): (0.06, 0.75), ("MX", "MXN"): (0.7, 9.0),
    ("ZW", "USD"): (0.02, 0.45), ("ZW", "ZWG"): (0.4, 12.0), ("ZW", "ZIG"): (0.4, 12.0),
}  # fmt: skip
"""What a kWh can cost, fixed charges and taxes shared out: rough bounds of household tariffs, 2023 to 2026."""
_FIXED = {"USD": 35.0, "EUR": 40.0, "ZAR": 900.0, "MXN": 150.0, "ZWG": 100.0, "ZIG": 100.0}
"""What a bill can hold beside the price of its kWh."""


@dataclass(slots=True)
class Verdict:
    """A value with whether it is sure and what is wrong with it."""

    value: float | None = None
    sure: bool = False
    problems: set[Problem] = field(default_factory=set)
    choice: Choice | None = None


def judge_usage(readings: Sequence[Reading], own: float | None, averages: Sequence[float], days: int | None) -> Verdict:
    """The period's kWh: the value with most ways to it; sure when two ways agree and none contradicts."""
    choices = group_readings(readings, 0.51)
    verdict = Verdict()
    if not choices:
        return verdict
    for choice in choices:
        _support(choice, own, averages, days)
    choices.sort(key=lambda choice: (-choice.score, choice.value))
    best = choices[0]
    if best.kinds <= {"parts", "metered"} and best.score < 1.0:
        return verdict
    verdict.value, verdict.choice = best.value, best
    rivals = [c for c in choices[1:] if _contradicts(best, c)]
    ways = best.kinds - {"plain"}
    agreeing = len(ways) >= 2 or (best.places >= 2 and bool(ways & {"labelled", "net", "metered"}))
    if rivals:
        verdict.problems.add("kwh_disagree")
    verdict.sure = agreeing and not rivals
    return verdict


def _support(choice: Choice, own: float | None, averages: Sequence[float], days: int | None) -> None:
    """The history's last month and the days times the day's average speak for a value."""
    if own is not None and abs(own - choice.value) <= max(0.6, 0.001 * abs(choice.value)):
        choice.readings.append(Reading(choice.value, "history", 1.0))
    if days and any(_is_average(value, choice.value, days) for value in averages):
        choice.readings.append(Reading(choice.value, "average", 0.8))


def _is_average(average: float, total: float, days: int) -> bool:
    near = max(0.006, 0.51 if average == int(average) else 0.051)
    return any(abs(total / count - average) <= near for count in (days, days + 1) if count > 0) and total > 0


def _contradicts(best: Choice, other: Choice) -> bool:
    """True when another value has claims of its own and is no part of the best."""
    if other.kinds <= {"plain", "parts", "priced", "average"}:
        return False
    if "net" in best.kinds and not other.kinds & {"net"}:
        return False
    strong = max((r.weight for r in other.readings if r.kind in ("labelled", "net", "metered")), default=0.0)
    return strong >= 1.2 and other.score >= 0.45 * best.score and abs(other.value) > 1


def judge_amount(money: Money, used: float | None, country: str, currency: str) -> Verdict:
    """What the period's electricity costs: the best label; sure when sums, balance or a second place agree and the
    price is plausible."""
    verdict = Verdict()
    mixed = any(abs(reading.value) > 0.004 for reading in money.other)
    readings = [*money.electric, *(() if mixed and money.electric else money.period)]
    if not readings or max(reading.weight for reading in readings) < 0.5:
        readings += list(money.due)
    choices = group_readings(readings, 0.004)
    balance = add_up(money)
    for choice in choices:
        for reading in choice.readings:
            if (reading.where, round(reading.value, 2)) in money.proven:
                choice.readings.append(Reading(choice.value, "sum", 0.8))
                break
        if any(abs(value - choice.value) < 0.005 for value in balance):
            choice.readings.append(Reading(choice.value, "balance", 0.6))
        if is_plausible(choice.value, used, country, currency):
            choice.readings.append(Reading(choice.value, "price", 0.5))
    choices.sort(key=lambda choice: (-choice.score, -choice.value))
    if not choices:
        return verdict
    best = choices[0]
    verdict.value, verdict.choice = best.value, best
    _doubt_amount(verdict, best, choices, money, mixed)
    return verdict


def _doubt_amount(verdict: Verdict, best: Choice, choices: Sequence[Choice], money: Money, mixed: bool) -> None:
    named = best.kinds & {"amount_electric", "amount_period"}
    proofs = best.kinds & {"sum", "balance"} or {reading.where for reading in best.readings if reading.where >= 0}
    rivals = [c for c in choices[1:] if c.kinds & named and c.score >= 0.8 * best.score]
    if rivals:
        verdict.problems.add("amount_disagree")
    whole = not mixed or "amount_electric" in best.kinds
    agreed = bool(best.kinds & {"sum", "balance"}) or len(proofs) >= 2
    verdict.sure = bool(named) and not rivals and whole and agreed
    if (any(abs(due.value - best.value) > 0.01 for due in money.due) and (money.before or mixed)) or (
        not named and (any(abs(b.value) > 0.01 for b in money.before) or mixed)
    ):
        verdict.problems.add("balance_included")


def is_plausible(amount: float, used: float | None, country: str, currency: str) -> bool:
    """True when amount / kWh is a price that electricity has in a country."""
    bounds = PRICES.get((country, currency)) or PRICES.get((country, "USD"))
    if used is None or used <= 0 or amount <= 0 or bounds is None:
        return False
    return bounds[0] * used <= amount <= bounds[1] * used + _FIXED.get(currency, 0.0)
