"""Every way through a flow, by answering its questions with each value that makes a difference."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flows.conditions import Has, Is, list_leaves
from flows.definition import Flow, Slot
from flows.kinds import KINDS
from flows.markets import MARKETS
from flows.options import read_option
from flows.pending import find_ending, next_item

DEAD_END = "dead end"


@dataclass(frozen=True, slots=True)
class Held:
    """A stand-in for a slot's value."""

    value: Any


@dataclass(frozen=True, slots=True)
class Edge:
    """From a question by an answer to the next question, an ending, or a dead end."""

    question: str
    answer: str
    leads_to: str


@dataclass(frozen=True, slots=True)
class Walk:
    """Where the ways through a flow lead; `first` is the question that opens it."""

    first: str
    edges: tuple[Edge, ...]

    @property
    def reached(self) -> frozenset[str]:
        return frozenset({self.first, *(edge.leads_to for edge in self.edges)})


FILLED = Held("filled")
Answers = dict[str, Any]
Position = tuple[Answers, tuple[str, ...]]


def walk_flow(flow: Flow, market: str) -> Walk:
    """All ways in one market. Answers that no condition looks at count as one.

    Once a project is submitted facts may be told, one after another in the flow's order, whatever is open by then.
    """
    leaves = list_relevant(flow)
    edges: dict[Edge, None] = {}
    first = _locate(flow, {}, (), market)
    seen = set()
    waiting: list[Position] = [({}, ())]
    while waiting:
        slots, skipped = waiting.pop()
        question = _locate(flow, slots, skipped, market)
        mark = (question, _mark(flow, leaves, slots, market))
        if mark in seen:
            continue
        seen.add(mark)
        outcomes = list(_outcomes(flow.by_name[question], leaves, slots, skipped)) if question in flow.by_name else []
        edges.update({Edge(question, answer, _locate(flow, *after, market)): None for answer, after in outcomes})
        waiting += [after for _, after in outcomes]
        for fact, after in _tell_next(flow, slots, skipped, market):
            edges[Edge(fact, "", _locate(flow, *after, market))] = None
            waiting.append(after)
    return Walk(first, tuple(edges))


def walk_markets(flow: Flow) -> Iterator[Walk]:
    """A walk per market."""
    return (walk_flow(flow, code) for code in MARKETS)


def list_relevant(flow: Flow) -> dict[str, list[Any]]:
    """The slots that conditions look at, each with the values they compare it with."""
    relevant: dict[str, list[Any]] = {}
    conditions = [slot.when for slot in flow.slots] + [ending.when for ending in flow.endings]
    for condition in conditions:
        for leaf in list_leaves(condition):
            if isinstance(leaf, Has | Is):
                values = relevant.setdefault(leaf.slot, [])
                if isinstance(leaf, Is) and leaf.value not in values:
                    values.append(leaf.value)
    return relevant


def _locate(flow: Flow, slots: Answers, skipped: tuple[str, ...], market: str) -> str:
    """The question or ending that these answers lead to."""
    item = next_item(flow, slots, skipped, (), "open", market)
    if item is not None:
        return item
    ending = find_ending(flow, slots, market)
    return ending.name if ending else DEAD_END


def _mark(flow: Flow, leaves: dict[str, list[Any]], slots: Answers, market: str) -> object:
    """What decides how it goes on; after submission that is no longer intake."""
    if not _is_submitted(flow, slots, market):
        return frozenset((name, repr(held)) for name, held in slots.items() if name in leaves)
    follow_ups = [slot for slot in flow.slots if slot.name in flow.follow_ups]
    told = [slot.name for slot in flow.facts_told if slot.name in slots]
    others = {name for slot in follow_ups for name in (slot.name, *slot.satisfied_by) if name in leaves}
    return tuple(told), frozenset((name, repr(slots[name])) for name in others if name in slots)


def _is_submitted(flow: Flow, slots: Answers, market: str) -> bool:
    ending = find_ending(flow, slots, market)
    return ending is not None and ending.submits


def _tell_next(flow: Flow, slots: Answers, skipped: tuple[str, ...], market: str) -> Iterator[tuple[str, Position]]:
    """The next fact that may be told of a submitted project."""
    if _is_submitted(flow, slots, market):
        fact = next((slot.name for slot in flow.facts_told if slot.name not in slots), None)
        if fact is not None:
            yield fact, ({**slots, fact: FILLED}, skipped)


def _outcomes(
    slot: Slot, relevant: dict[str, list[Any]], slots: Answers, skipped: tuple[str, ...]
) -> Iterator[tuple[str, Position]]:
    for value in _values(slot, relevant):
        yield _spell(value), ({**slots, slot.name: Held(value)}, skipped)
    for name in slot.satisfied_by:
        if name in relevant:
            yield name, ({**slots, name: FILLED}, skipped)
    if slot.optional or slot.later:
        yield "skipped", (slots, (*skipped, slot.name))


def _values(slot: Slot, relevant: dict[str, list[Any]]) -> list[Any]:
    """The values that make a difference: those that are compared, and those that can be said besides."""
    compared = relevant.get(slot.name, [])
    if not compared:
        return [FILLED.value]
    offered = [read_option(slot, each.partition("=")[2]) for each in slot.options if each.startswith(f"{slot.name}=")]
    said = [value for value in (*slot.yes, *slot.no, *offered, *_something_else(slot)) if value not in compared]
    return [*compared, *dict.fromkeys(said)]


def _something_else(slot: Slot) -> tuple[str, ...]:
    """A value that nothing compares with, where the kind is free text."""
    try:
        KINDS[slot.kind]("else")
    except ValueError:
        return ()
    return ("else",)


def _spell(value: Any) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
