"""Sums of amounts: totals that their items prove, what is due, taxes on top."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from flows.reading.bills.amounts import Money


def find_balanced(money: Money, charges: Iterable[float]) -> set[float]:
    """Those of the charges that make up what is due: before - paid + charges + other services = due."""
    befores = sorted({0.0, *money.values("before")})[:8]
    paids = sorted({0.0, *(abs(value) for value in money.values("paid"))})[:8]
    opens = {round(before - paid, 2) for before in befores for paid in paids}
    others = {round(other, 2) for other in _add_others(sorted(money.values("other"))[:6])}
    rests = {round(opened + other, 2) for opened in opens for other in others}
    dues = money.values("due")
    return {charge for charge in charges if any(round(due - charge, 2) in rests for due in dues)}


def add_taxes(money: Money, charges: Sequence[float]) -> set[float]:
    """Charges with a tax of the bill on top that make up what is due, where the charges alone do not."""
    taxes = sorted(value for value in money.values("tax") - money.values("other") if value > 0)[:4]
    with_tax = {round(charge + tax, 2) for charge in charges[:12] for tax in taxes}
    return find_balanced(money, with_tax - set(charges))


def find_rests(money: Money) -> set[float]:
    """Printed amounts that are left of a total when the other services are taken off, whatever they are called."""
    others = {value for value in money.values("other") if value > 0}
    if not others:
        return set()
    totals = money.values("period") | money.values("due")
    rests = {round(total - other, 2) for total in totals for other in {*others, round(sum(others), 2)}}
    return {rest for rest in rests if rest > 0 and rest in money.printed and rest not in others}


def _add_others(values: Sequence[float]) -> Iterator[float]:
    """What some of the values, up to four or all, add up to."""
    yield sum(values)
    for count in range(min(len(values), 4) + 1):
        yield from (sum(some) for some in combinations(values, count))


def tax_charges(money: Money, charges: Iterable[float]) -> dict[float, float]:
    """Charges without a tax of the bill, each with the printed amount that has it."""
    taxes = sorted(value for value in money.values("tax") - money.values("other") if value > 0)[:6]
    added = [*taxes, *(a + b for i, a in enumerate(taxes) for b in taxes[i + 1 :])]
    totals: dict[float, float] = {}
    for charge in sorted(set(charges)):
        found = [round(charge + tax, 2) for tax in added if round(charge + tax, 2) in money.printed]
        if found and charge > 0:
            totals[charge] = max(found)
    return totals


def is_followed_by_tax(money: Money, where: Iterable[int]) -> bool:
    """True when a value added tax stands just below one of the lines."""
    return any(0 < tax.where - line <= 2 and tax.value > 0 for tax in money.of("tax") for line in where)
