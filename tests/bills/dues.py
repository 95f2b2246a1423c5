"""What an account owes beside its electricity: products, a payment plan, instalments, money drawn by itself."""

from dataclasses import dataclass
from random import Random

from tests.bills.charges import Extras, draw_extras


@dataclass(frozen=True, slots=True)
class Dues:
    """`levelled` is what a plan of equal payments asks for in place of the electricity's cost; `lamp` the kWh of a
    lamp that is billed by the month and not by the meter."""

    extras: Extras
    products: tuple[tuple[str, float], ...]
    lamp: int
    levelled: float | None
    instalment: float
    drafted: bool

    @property
    def asked(self) -> float:
        """For the electricity, this time."""
        return self.extras.electric if self.levelled is None else self.levelled

    @property
    def new(self) -> float:
        others = sum(value for _, value in self.products) + self.instalment + self.extras.late
        return round(self.asked + others, 2)

    @property
    def due(self) -> float:
        return round(self.extras.balance + self.new, 2)


def draw_dues(chance: Random, electric: float) -> Dues:
    """Two in five pay for something else, one in six has a plan, one in eight an instalment."""
    products: list[tuple[str, float]] = []
    if chance.random() < 0.25:
        name = chance.choice(("Surge Protection Service", "Home Wiring Repair Plan", "Appliance Protection Plan"))
        products.append((name, round(chance.uniform(4.5, 24), 2)))
    lamp = chance.choice((18, 29, 43, 60)) if chance.random() < 0.2 else 0
    if lamp:
        products.append(("Outdoor Lighting", round(8 + lamp * chance.uniform(0.08, 0.15), 2)))
    levelled = float(round(electric * chance.uniform(0.7, 1.35))) if chance.random() < 0.17 else None
    instalment = round(chance.uniform(15, 80), 2) if chance.random() < 0.12 else 0.0
    extras = draw_extras(chance, electric, gas=0.0)
    return Dues(extras, tuple(products), lamp, levelled, instalment, chance.random() < 0.4)
