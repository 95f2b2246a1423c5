"""Reads a value out of the words that a proposal points at, by our own parsers and checks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flows.commands import Choose, Command, Correct, Set, Unclear
from flows.kinds import KINDS, takes_words
from flows.options import read_option
from flows.patterns.answers import SURE
from flows.reading.read import read
from flows.reading.types import ReadContext
from flows.registry import flow_named

RELATED = {"alternate_name": "alternate_name", "alternate_phone": "alternate_name"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A value that the slot's kind takes; `parsed` where a parser read it, not where it is the words themselves.
    `currency` is that of a sum of money where the words name one."""

    value: Any
    parsed: bool
    currency: str = ""


def read_evidence(slot: str, words: str, context: ReadContext) -> Evidence | None:
    """The value that `words` give for the slot, read as if it had just been asked for; None when they give none.

    Free words are a value of the slots that take such once the contact confirms them.
    """
    options = context.options if context.asked == slot else ()
    commands = read(words, ReadContext(context.locale, RELATED.get(slot, slot), options)).commands
    value = next((each for each in (_value_of(command, slot) for command in commands) if each is not None), None)
    if value is not None:
        return _check(slot, value, parsed=True, currency=_find_currency(commands) if slot == "monthly_bill" else "")
    described = flow_named("").by_name[slot]
    if all(map(_explains_nothing, commands)) and described.words_to == slot and takes_words(described.kind, words):
        return _check(slot, words, parsed=False)
    return None


def _value_of(command: Command, slot: str) -> Any:
    if isinstance(command, Set | Correct) and command.slot == slot and command.confidence >= SURE:
        return command.value
    if isinstance(command, Choose) and command.option.startswith(f"{slot}="):
        return read_option(flow_named("").by_name[slot], command.option.partition("=")[2])
    return None


def _find_currency(commands: Sequence[Command]) -> str:
    return next((str(each.value) for each in commands if isinstance(each, Set) and each.slot == "currency"), "")


def _explains_nothing(command: Command) -> bool:
    return isinstance(command, Unclear) and not command.injection


def _check(slot: str, value: Any, *, parsed: bool, currency: str = "") -> Evidence | None:
    try:
        return Evidence(KINDS[flow_named("").by_name[slot].kind](value), parsed, currency)
    except ValueError:
        return None
