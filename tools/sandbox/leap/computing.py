"""What a customer's devices are worth, programme by programme."""

from __future__ import annotations

from dataclasses import dataclass

from tools.sandbox.leap.programmes import COMPLETED, FAILED, IGNORED, PROGRAMMES, Programme, Requirement, Tier
from tools.sandbox.leap.records import Customer, Owned


@dataclass(frozen=True, slots=True)
class Checked:
    """One device against one tier, requirement by requirement."""

    owned: Owned
    tier: Tier
    requirements: tuple[tuple[Requirement, str], ...]

    @property
    def status(self) -> str:
        """FAILED if anything failed, else IGNORED if anything is not yet known, else COMPLETED."""
        found = {status for _, status in self.requirements}
        return next(status for status in (FAILED, IGNORED, COMPLETED) if status in found)

    @property
    def eligible(self) -> bool:
        return self.status != FAILED

    def amount(self, payment: str) -> int:
        return self.tier.amount if self.eligible and self.tier.payment == payment else 0

    def list_texts(self, status: str) -> list[str]:
        return [requirement.text for requirement, found in self.requirements if found == status]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One programme that serves the customer's utility and devices, whether or not anything is eligible."""

    programme: Programme
    checks: tuple[Checked, ...]

    def amount(self, payment: str) -> int:
        return sum(check.amount(payment) for check in self.checks)

    @property
    def eligible_checks(self) -> int:
        return sum(check.eligible for check in self.checks)


def evaluate_customer(customer: Customer) -> list[Evaluated]:
    """Every programme for the customer's primary utility and the categories of its devices."""
    categories = {owned.device.category for owned in customer.devices}
    serving = [programme for programme in PROGRAMMES if programme.serves(customer.utilities[0], categories)]
    return [_evaluate(programme, customer) for programme in serving]


def total(evaluated: list[Evaluated], payment: str) -> int:
    """Dollars of all eligible results: what is firm and what is only possible together."""
    return sum(result.amount(payment) for result in evaluated)


def _evaluate(programme: Programme, customer: Customer) -> Evaluated:
    return Evaluated(
        programme,
        tuple(
            Checked(owned, tier, tuple((r, r.check(owned.device, customer.classification)) for r in tier.requirements))
            for tier in programme.tiers
            for owned in customer.devices
            if owned.device.category == programme.category
        ),
    )
