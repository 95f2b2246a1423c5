"""What a flow is: slots in the order of their questions, and endings; data that nothing at run time changes."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Literal

from flows.conditions import Condition, Has, Is, list_leaves
from flows.state import Phase, SlotValue

Carry = Callable[[dict[str, SlotValue]], dict[str, SlotValue]]
"""A migration: the slots of one version in, those of the next out; raises CannotCarry."""


class CannotCarry(Exception):
    """These slots have no place in the next version of the flow; staff take over."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A typed value that a flow collects.

    `kind` names an entry of `flows.kinds.KINDS`. A slot is asked for in the flow's order while `when` holds and neither
    it nor one of `satisfied_by` has a value; `comes_with` names the slot whose question gathers it, so it has none of
    its own. `options` are option ids ("owner=true"); "@devices" and "@roofs" stand for the market's own. `yes` and
    `no` are the values that a plain yes or no means. A change of a `depends_on` slot clears this one. `words_to` names
    the slot that takes words which no rule explains, once the contact confirms them. `follow_up` asks once for more.
    `later`: staff can clear it up afterwards, so who cannot say it may leave it open.
    `default` names a field of the market. `kept` outlives a restart after submission. `row` groups slots in one fact.
    `variants` choose another question: (condition, wording prefix). `matters` marks what incentives depend on.
    `told`: a fact that only a vendor's or staff's event sets, never asked for and never read from words.
    """

    name: str
    kind: str
    optional: bool = False
    later: bool = False
    when: Condition | None = None
    comes_with: str = ""
    satisfied_by: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    yes: tuple[Any, ...] = ()
    no: tuple[Any, ...] = ()
    depends_on: tuple[str, ...] = ()
    words_to: str = ""
    follow_up: bool = False
    default: Literal["", "country", "currency"] = ""
    kept: bool = False
    row: str = ""
    variants: tuple[tuple[Condition, str], ...] = ()
    matters: bool = False
    told: bool = False

    @property
    def fact_row(self) -> str:
        return self.row or self.name


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a flow ends: `say` is the message key of the closing words; `submits` records a project.

    `options` are ids of what can be tapped later to go on after all.
    """

    name: str
    when: Condition
    phase: Phase
    say: str
    submits: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Flow:
    """A script: `migrations` maps a version to the function that carries its slots to the next one."""

    name: str
    version: int
    slots: tuple[Slot, ...]
    endings: tuple[Ending, ...]
    migrations: Mapping[int, Carry] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> dict[str, Slot]:
        return {slot.name: slot for slot in self.slots}

    @cached_property
    def questions(self) -> tuple[Slot, ...]:
        """The slots that are asked for, in order."""
        return tuple(slot for slot in self.slots if not slot.comes_with and not slot.told)

    @cached_property
    def facts_told(self) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.told)

    @cached_property
    def follow_ups(self) -> frozenset[str]:
        """What comes after submission: the facts that are told, and whatever is asked because of one."""
        names = {slot.name for slot in self.facts_told}
        while found := {slot.name for slot in self.slots if names & set(list_causes(slot))} - names:
            names |= found
        return frozenset(names)

    @cached_property
    def dependents(self) -> dict[str, tuple[str, ...]]:
        """Slot name to the names of the slots that a change of it clears."""
        names = {name for slot in self.slots for name in slot.depends_on}
        return {name: tuple(slot.name for slot in self.slots if name in slot.depends_on) for name in names}

    @cached_property
    def defaults(self) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.default)

    @cached_property
    def hash(self) -> str:
        """Stable over processes and machines; changes when anything that steers the flow changes."""
        lines = [*map(_spell, self.slots), *map(_spell, self.endings)]
        return hashlib.sha256("\n".join((self.name, *lines)).encode()).hexdigest()[:16]


def list_causes(slot: Slot) -> tuple[str, ...]:
    """The slots that this one waits for or follows."""
    leaves = (leaf.slot for leaf in list_leaves(slot.when) if isinstance(leaf, Has | Is))
    return (*leaves, *slot.depends_on, slot.comes_with)


def _spell(item: Slot | Ending) -> str:
    return ";".join(f"{part.name}={getattr(item, part.name)!r}" for part in fields(item))
