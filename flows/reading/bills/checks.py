"""What of a bill is sure: readings that agree, prices that electricity can have, and doubts by their names."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from flows.reading.bills.amounts import Money
from flows.reading.bills.balances import add_taxes, find_balanced, find_rests, is_followed_by_tax, tax_charges
from flows.reading.bills.evidence import Choice, Reading, group_readings
from flows.reading.bills.types import Problem

PRICES = {
    ("US", "USD"): (0.05, 0.80), ("ZA", "ZAR"): (0.9, 8.0), ("ES", "EUR"): (0.06, 0.75), ("MX", "MXN"): (0.7, 9.0),
    ("ZW", "USD"): (0.02, 0.45), ("ZW", "ZWG"): (0.4, 12.0), ("ZW", "ZIG"): (0.4, 12.0),
}  # fmt: skip
"""What a kWh can cost, fixed charges and taxes shared out: rough bounds of household tariffs, 2023 to 2026."""
_LITTLE = 0.3
"""Share of a total that may be for something else where it stands in for the electricity's cost."""
_FIXED = {"USD": 35.0, "EUR": 40.0, "ZAR": 900.0, "MXN": 150.0, "ZWG": 100.0, "ZIG": 100.0}
"""What a bill can hold beside the price of its kWh."""


@dataclass(slots=True)
class Verdict:
    """A value with whether it is sure and what is wrong with it."""

    value: float | None = None
    sure: bool = False
    problems: set[Problem] = field(default_factory=set)
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """What else of a bill can speak for its kWh: `own`, the history's last month; `averages` of a day; `differences`
    of figures under each other; `all_kwh`, every kWh on it."""

    own: float | None = None
    averages: Sequence[float] = ()
    days: int | None = None
    differences: frozenset[float] = frozenset()
    all_kwh: frozenset[float] = frozenset()


def judge_usage(readings: Sequence[Reading], support: Support) -> Verdict:
    """The period's kWh: the value with most ways to it; sure when two ways agree and none contradicts."""
    choices = group_readings(readings, 0.51)
    verdict = Verdict()
    if not choices:
        return verdict
    for choice in choices:
        _support(choice, support)
    choices.sort(key=lambda choice: (-choice.score, choice.value))
    best = choices[0]
    if best.score < 0.6 or (best.kinds <= {"parts", "metered"} and best.score < 1.0):
        return verdict
    verdict.value, verdict.choice = best.value, best
    others = {choice.value for choice in choices[1:]} | support.all_kwh
    rivals = [c for c in choices[1:] if _contradicts(best, c) and not _is_part(c.value, best.value, others)]
    ways = best.kinds - {"plain"}
    agreeing = len(ways) >= 2 or (best.places >= 2 and bool(ways & {"labelled", "net", "metered"}))
    if rivals:
        verdict.problems.add("kwh_disagree")
    verdict.sure = agreeing and not rivals
    return verdict


def _support(choice: Choice, by: Support) -> None:
    """Adds what speaks for a value."""
    value = choice.value
    if by.own is not None and abs(by.own - value) <= max(0.6, 0.001 * abs(value)):
        choice.readings.append(Reading(value, "history", 1.0))
    if by.days and any(_is_average(average, value, by.days) for average in by.averages):
        choice.readings.append(Reading(value, "average", 0.8))
    if value in by.differences and "metered" not in choice.kinds:
        choice.readings.append(Reading(value, "metered", 1.0))
    if "net" in choice.kinds and any(round(taken - value, 2) in by.all_kwh for taken in by.all_kwh if taken > value):
        choice.readings.append(Reading(value, "netting", 2.0))


def _is_average(average: float, total: float, days: int) -> bool:
    near = max(0.006, 0.51 if average == int(average) else 0.051)
    return any(abs(total / count - average) <= near for count in (days, days + 1) if count > 0) and total > 0


def _is_part(value: float, total: float, others: Set[float]) -> bool:
    """True for a register's or tier's kWh that make up the total with one or two others."""
    rest = round(total - value, 2)
    if not 0 < value < total:
        return False
    return rest in others or any(round(rest - other, 2) in others for other in others if 0 < other < rest)


def _contradicts(best: Choice, other: Choice) -> bool:
    """True when another value has claims of its own and is no part of the best."""
    if other.kinds <= {"plain", "parts", "priced", "average"}:
        return False
    if "net" in best.kinds and not other.kinds & {"net"}:
        return False
    strong = max((r.weight for r in other.readings if r.kind in ("labelled", "net", "metered")), default=0.0)
    if "metered" in other.kinds and "metered" not in best.kinds and strong >= 1.2:
        return True  # where the best has a meter too, the other is another register of it
    return strong >= 1.2 and other.score >= 0.45 * best.score and abs(other.value) > 1


def judge_amount(money: Money, used: float | None, country: str, currency: str) -> Verdict:
    """What the period's electricity costs: the best label; sure when sums, balance or a second place agree and the
    price is plausible."""
    verdict = Verdict()
    mixed = money.mixed
    readings = _list_charges(money, mixed)
    named = [reading.value for reading in readings if reading.kind in ("amount_electric", "amount_period")]
    kind = "amount_period" if mixed and not money.of("electric") else "amount_joined"
    readings += [Reading(value, kind, 0.9) for value in sorted(add_taxes(money, named))]
    taxed = tax_charges(money, [reading.value for reading in readings])
    readings += [Reading(total, _taxed_kind(charge, readings), 0.9) for charge, total in taxed.items()]
    choices = group_readings(readings, 0.004)
    values = [choice.value for choice in choices]
    balanced = find_balanced(money, values)
    for choice in choices:
        if any((reading.where, round(reading.value, 2)) in money.proven for reading in choice.readings):
            choice.readings.append(Reading(choice.value, "sum", 0.8))
        if choice.value in balanced:
            choice.readings.append(Reading(choice.value, "balance", 1.2))
        if is_plausible(choice.value, used, country, currency):
            choice.readings.append(Reading(choice.value, "price", 0.5))
    choices = [choice for choice in choices if choice.value not in taxed and choice.kinds != {"amount_joined"}]
    choices.sort(key=lambda choice: (-choice.score, -choice.value))
    choices = _prefer_joined(choices)
    if choices:
        verdict.value, verdict.choice = choices[0].value, choices[0]
        _doubt_amount(verdict, choices, money, mixed)
    return verdict


def _list_charges(money: Money, mixed: bool) -> list[Reading]:
    """What may be the electricity's cost; what is due only where nothing better is labelled."""
    readings = [*money.of("electric"), *money.of("joined")]
    if mixed:
        readings += [*money.of("section"), *money.of("row")]
        if not any(reading.weight >= 1.0 for reading in readings):
            readings += [Reading(value, "amount_row", 1.0) for value in sorted(find_rests(money))]
        return readings or _list_totals(money)
    readings += [*money.of("period"), *money.of("bare")]
    if max((reading.weight for reading in readings if reading.kind != "amount_joined"), default=0.0) < 0.5:
        readings += money.of("due")
    return readings


def _list_totals(money: Money) -> list[Reading]:
    """What all is together, where what is beside the electricity is little of it."""
    beside = sum(abs(value) for value in money.values("other"))
    return [reading for reading in (*money.of("period"), *money.of("due")) if beside <= _LITTLE * reading.value]


def _taxed_kind(charge: float, readings: Sequence[Reading]) -> str:
    """What an amount with its tax is: what it was without."""
    kinds = {reading.kind for reading in readings if reading.value == charge}
    return next((kind for kind in ("amount_electric", "amount_period") if kind in kinds), "amount_bare")


def _prefer_joined(choices: list[Choice]) -> list[Choice]:
    """Delivery and generation together win where they, and not the delivery alone, make up what is due."""
    joined = [choice for choice in choices if {"amount_joined", "balance"} <= choice.kinds]
    if joined and choices[0] is not joined[0] and "balance" not in choices[0].kinds:
        return [joined[0]]
    return choices


def _doubt_amount(verdict: Verdict, choices: Sequence[Choice], money: Money, mixed: bool) -> None:
    best = choices[0]
    named = best.kinds & {"amount_electric", "amount_period", "amount_joined", "amount_section", "amount_row"}
    places = {reading.where for reading in best.readings if reading.where >= 0}
    rivals = [choice for choice in choices[1:] if choice.kinds & named and choice.score >= 0.8 * best.score]
    if rivals:
        verdict.problems.add("amount_disagree")
    whole = not mixed or bool(named - {"amount_period"})
    verdict.sure = bool(named) and not rivals and whole and (bool(best.kinds & {"sum", "balance"}) or len(places) >= 2)
    if best.value in money.values("plan") and not best.kinds & {"amount_electric", "amount_section"}:
        verdict.problems.add("amount_disagree")  # an instalment, whatever the electricity costs
        verdict.sure = False
    nothing_open = not any(abs(value) > 0.01 for value in money.values("before")) and not mixed
    verdict.sure = verdict.sure or (nothing_open and not rivals and {"sum", "price"} <= best.kinds)
    if is_followed_by_tax(money, places) and not best.kinds & {"balance"}:
        verdict.sure = False  # the tax may come on top
    if best.value in money.values("delivery") and not best.kinds & {"balance", "amount_joined"}:
        verdict.sure = False  # somebody else may charge for what was delivered
    dues = money.values("due")
    apart = bool(dues) and all(abs(due - best.value) > 0.01 for due in dues)
    open_before = any(abs(value) > 0.01 for value in money.values("before"))
    if apart or not whole or (not named and open_before):
        verdict.problems.add("balance_included")


def is_plausible(amount: float, used: float | None, country: str, currency: str) -> bool:
    """True when amount / kWh is a price that electricity has in a country."""
    bounds = PRICES.get((country, currency)) or PRICES.get((country, "USD"))
    if used is None or used <= 0 or amount <= 0 or bounds is None:
        return False
    return bounds[0] * used <= amount <= bounds[1] * used + _FIXED.get(currency, 0.0)
