"""When a slot is wanted or an ending reached: small predicates over the slots and the market, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Has:
    """The slot holds a value."""

    slot: str

    def holds(self, slots: Mapping[str, Any], market: str) -> bool:
        return self.slot in slots


@dataclass(frozen=True, slots=True)
class Is:
    """The slot holds this value."""

    slot: str
    value: Any

    def holds(self, slots: Mapping[str, Any], market: str) -> bool:
        held = slots.get(self.slot)
        return held is not None and bool(held.value == self.value)


@dataclass(frozen=True, slots=True)
class InMarket:
    """The conversation's market is one of these."""

    codes: tuple[str, ...]

    def holds(self, slots: Mapping[str, Any], market: str) -> bool:
        return market in self.codes


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    condition: "Condition"

    def holds(self, slots: Mapping[str, Any], market: str) -> bool:
        return not self.condition.holds(slots, market)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every condition holds."""

    conditions: tuple["Condition", ...]

    def holds(self, slots: Mapping[str, Any], market: str) -> bool:
        return all(condition.holds(slots, market) for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one condition holds."""

    conditions: tuple["Condition", ...]

    def holds(self, slots: Mapping[str, Any], market: str) -> bool:
        return any(condition.holds(slots, market) for condition in self.conditions)


Condition = Has | Is | InMarket | Not | AllOf | AnyOf


def list_leaves(condition: Condition | None) -> tuple[Has | Is | InMarket, ...]:
    """The predicates that a condition is built from."""
    if condition is None:
        return ()
    if isinstance(condition, Not):
        return list_leaves(condition.condition)
    if isinstance(condition, AllOf | AnyOf):
        return tuple(leaf for part in condition.conditions for leaf in list_leaves(part))
    return (condition,)


def describe_condition(condition: Condition) -> str:
    """The condition in a few words, for pictures and faults: "owner is False and not location"."""
    match condition:
        case Has(slot):
            return slot
        case Is(slot, value):
            return f"{slot} is {value}"
        case InMarket(codes):
            return f"market {' or '.join(codes)}"
        case Not(inner):
            return f"not {describe_condition(inner)}"
        case AllOf(parts):
            return " and ".join(describe_condition(part) for part in parts)
        case AnyOf(parts):
            return " or ".join(describe_condition(part) for part in parts)
