"""What reading takes and gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from flows.commands import Command
from flows.effects import Option

Intent = Literal[
    "injection", "opt_out", "handoff", "restart", "back", "correction", "question", "skip", "answer", "greeting",
    "gibberish",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What helps to read an answer.

    `locale` is a BCP 47 tag such as "en-US" or "es-MX": language, and country whose forms come first. `asked` is the
    slot asked for last, `options` what could be tapped. `known` names the slots that already hold a value, `held` has
    the values of those that a correction may quote.
    """

    locale: str = "en-US"
    asked: str | None = None
    options: tuple[Option, ...] = ()
    known: frozenset[str] = frozenset()
    held: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a message was read: `intent` is a label, `commands` is what to do, `leftover` the words nothing explains."""

    intent: Intent
    commands: tuple[Command, ...]
    leftover: str = ""
