"""Reads a value out of the words that a proposal points at, by our own parsers and checks."""

from dataclasses import dataclass
from typing import Any

from flows.commands import Choose, Command, Correct, Set
from flows.kinds import KINDS, takes_words
from flows.options import read_option
from flows.patterns.answers import SURE
from flows.reading.read import read
from flows.reading.types import ReadContext
from flows.registry import flow_named

RELATED = {"alternate_name": "alternate_name", "alternate_phone": "alternate_name"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A value that the slot's kind takes; `parsed` where a parser read it, not where it is the words themselves."""

    value: Any
    parsed: bool


def read_evidence(slot: str, words: str, context: ReadContext) -> Evidence | None:
    """The value that `words` give for the slot, read as if it had just been asked for; None when they give none.

    Free words are a value of the slots that take such once the contact confirms them.
    """
    options = context.options if context.asked == slot else ()
    narrow = ReadContext(context.locale, RELATED.get(slot, slot), options)
    for command in read(words, narrow).commands:
        value = _value_of(command, slot)
        if value is not None:
            return _check(slot, value, parsed=True)
    kind = flow_named("").by_name[slot].kind
    if flow_named("").by_name[slot].words_to == slot and takes_words(kind, words):
        return _check(slot, words, parsed=False)
    return None


def _value_of(command: Command, slot: str) -> Any:
    if isinstance(command, Set | Correct) and command.slot == slot and command.confidence >= SURE:
        return command.value
    if isinstance(command, Choose) and command.option.startswith(f"{slot}="):
        return read_option(flow_named("").by_name[slot], command.option.partition("=")[2])
    return None


def _check(slot: str, value: Any, *, parsed: bool) -> Evidence | None:
    try:
        return Evidence(KINDS[flow_named("").by_name[slot].kind](value), parsed)
    except ValueError:
        return None
