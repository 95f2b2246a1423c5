"""A second look at words that do not answer the question: they may answer one that is still to come."""

from dataclasses import replace

from flows.commands import Command, Correct, Set, Unclear
from flows.markets import bill_range, market_of
from flows.pending import is_open
from flows.reading.read import read
from flows.reading.types import ReadContext
from flows.registry import flow_named
from flows.state import State

CLOSED = ("utility", "monthly_bill", "roof_type")
"""Questions whose answers rules know from a table, or by a figure."""

NUMBERED = frozenset({"street", "city", "state", "postal_code", "alternate_name", "email"})
"""Questions beside which a number alone says nothing about money."""

DOUBTFUL = 0.5


def look_again(commands: tuple[Command, ...], leftover: str, context: ReadContext, state: State) -> tuple[Command, ...]:
    """The commands, what nothing explains of them read as an answer to a later question: always to be confirmed."""
    words = _find_words(commands, leftover)
    if not words or state.phase != "open" or context.asked is None:
        return commands
    for name in CLOSED:
        found = _read_as(name, words, context, state)
        if found and not any(isinstance(each, Set | Correct) and each.slot == name for each in commands):
            return (*(each for each in commands if not isinstance(each, Unclear)), *found)
    return commands


def _find_words(commands: tuple[Command, ...], leftover: str) -> str:
    """The words that no command carries: beside values what is left of them, else the whole message."""
    unclear = [each for each in commands if isinstance(each, Unclear)]
    if unclear:
        return unclear[0].words if len(commands) == 1 and not unclear[0].injection else ""
    return leftover if commands and all(isinstance(each, Set | Correct) for each in commands) else ""


def _read_as(name: str, words: str, context: ReadContext, state: State) -> list[Command]:
    flow = flow_named(state.flow)
    slot = flow.by_name.get(name)
    if slot is None or name == context.asked or not is_open(slot, state.slots, state.market):
        return []
    if name == "monthly_bill" and context.asked in NUMBERED and not any(map(str.isalpha, words)):
        return []
    reading = read(words, replace(context, asked=name, options=()))
    found = [each for each in reading.commands if isinstance(each, Set) and each.slot == name]
    return [replace(each, confidence=DOUBTFUL) for each in found if _is_likely(each, state)]


def _is_likely(command: Set, state: State) -> bool:
    """An amount that a home may pay; what was read as a name is taken from the table alone."""
    if command.slot != "monthly_bill":
        return True
    lowest, highest = bill_range(market_of(state.market).currency)
    return isinstance(command.value, int | float) and lowest <= command.value <= highest
