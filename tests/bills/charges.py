"""What stands around the electricity's own charge: earlier balances, late fees, gas, and the truth of a bill."""

from dataclasses import dataclass
from random import Random

from tests.bills.invent import Household
from tests.bills.usage import Usage


@dataclass(frozen=True, slots=True)
class Extras:
    """`due` is what the homeowner is to pay for everything."""

    before: float
    paid: float
    late: float
    gas: float
    therms: int
    electric: float

    @property
    def balance(self) -> float:
        return round(self.before - self.paid, 2)

    @property
    def due(self) -> float:
        return round(self.balance + self.late + self.gas + self.electric, 2)


def draw_extras(chance: Random, electric: float, gas: float = 0.35) -> Extras:
    """One in four owes from before; one in eight pays a late fee."""
    before = round(electric * chance.uniform(0.7, 1.4) if electric > 0 else chance.uniform(20, 90), 2)
    paid = before if chance.random() < 0.75 else round(before * chance.choice((0, 0.5)), 2)
    late = round(chance.uniform(1, 9), 2) if chance.random() < 0.125 else 0.0
    has_gas = chance.random() < gas
    therms = chance.randint(9, 120) if has_gas else 0
    return Extras(
        before, paid, late, round(14 + therms * chance.uniform(0.9, 1.5), 2) if has_gas else 0.0, therms, electric
    )


def tell_truth(
    utility: str,
    account: str,
    home: Household,
    usage: Usage,
    amount: float | None,
    currency: str = "USD",
    months: list[float | None] | None = None,
    others: float = 0.0,
) -> dict[str, object]:
    """The keys of `tools.read_bill`; `others` is what is due beyond the electricity."""
    digits = [letter for letter in account if letter.isalnum()]
    problems = {
        "estimated": usage.estimated,
        "negative_net": usage.kwh < 0,
        "balance_included": abs(others) >= 0.01,
        "months_missing": months is not None and None in months,
    }
    return {
        "utility": utility,
        "account": "****" + "".join(digits[-4:]),
        "period_start": usage.start.isoformat(),
        "period_end": usage.end.isoformat(),
        "kwh": float(usage.kwh),
        "amount": amount,
        "currency": currency,
        "service_address": home.address,
        "monthly_kwh": months,
        "problems": [name for name, holds in problems.items() if holds],
    }
