"""A conversation's state: frozen values, and nothing in them says where the conversation stands."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from flows.commands import Source
from flows.effects import Effect, Option
from flows.events import News

Phase = Literal["new", "open", "paused", "cancelled", "closed", "submitted"]
Control = Literal["bot", "staff"]


@dataclass(frozen=True, slots=True)
class SlotValue:
    """A typed value and where it came from. `value` is JSON-native; `at` is UTC."""

    value: Any
    raw: str
    source: Source
    confidence: float
    confirmed: bool
    message_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked last: context for reading the answer, never a position.

    `slot` is the slot it was about, `item` the agenda item or slot that asked, `key` its message key. `step` is the
    rung of the ladder.
    """

    slot: str
    options: tuple[Option, ...]
    step: int
    at: datetime
    item: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class BillFiles:
    """Files that are read as one bill; `at` is when the last of them came.

    `awaited`: what they say has not come yet. `known` counts those of which it was told. `closed`: the next file begins
    another bill. `asks` are agenda items that wait until what was asked meanwhile is answered. `since` is when the
    first of them came; `at_home`: the bill is for the address on file.
    """

    media_ids: tuple[str, ...]
    at: datetime
    awaited: bool = True
    known: int = 0
    closed: bool = False
    asks: tuple[str, ...] = ()
    since: datetime | None = None
    at_home: bool = False


@dataclass(frozen=True, slots=True)
class Undo:
    """What a cancel or restart threw away, kept so that it can be brought back."""

    what: Literal["cancel", "restart"]
    slots: dict[str, SlotValue]
    skipped: tuple[str, ...]
    phase: Phase
    at: datetime


@dataclass(frozen=True, slots=True)
class State:
    """Everything a turn needs to know.

    `control` and `opted_out` mirror the conversation's columns, which win. `attempts` counts unanswered asks per item.
    `agenda` holds what needs settling before the flow goes on, such as "confirm:utility"; `doubts` the values that wait
    for such a confirmation. `trail` names the slots that were asked for, in order. `project` counts submissions,
    `nudges` the reminders sent for the project to come. `heard_at` is when the contact last wrote. `silenced` is news
    that the contact did not hear because staff own the conversation. `files` are read as a bill, now or last.
    `leaning` is another language that the last message was in. `echo` is the last message's text, folded, where it was
    understood: the same again is the same message, sent twice.
    """

    flow: str = ""
    flow_version: int = 0
    flow_hash: str = ""
    phase: Phase = "new"
    language: str = "en"
    market: str = "US"
    slots: dict[str, SlotValue] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    asked: Asked | None = None
    attempts: dict[str, int] = field(default_factory=dict)
    agenda: tuple[str, ...] = ()
    doubts: dict[str, SlotValue] = field(default_factory=dict)
    trail: tuple[str, ...] = ()
    undo: Undo | None = None
    control: Control = "bot"
    opted_out: bool = False
    turn: int = 0
    project: int = 0
    nudges: int = 0
    heard_at: datetime | None = None
    silenced: tuple[News, ...] = ()
    files: BillFiles | None = None
    leaning: str = ""
    echo: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One event handled: the state after it and what it asks for, in order."""

    state: State
    effects: tuple[Effect, ...]
