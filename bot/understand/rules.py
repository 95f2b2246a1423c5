"""A kept event becomes an event of the engine: words are read by rules, questions answered from the knowledge."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.knowledge import find_answer, find_remark_answer
from bot.understand.again import look_again
from flows.codec import dump, load
from flows.commands import Ask, ChangeLanguage, Choose, Command, Unclear
from flows.context import reading_context
from flows.events import (
    DocumentRead,
    Event,
    HandoffReturned,
    HandoffTaken,
    Media,
    MessageReceived,
    StaffAsked,
    TimerFired,
    VendorEvent,
    VoiceUnheard,
)
from flows.markets import market_of
from flows.patterns.following import next_language
from flows.reading.languages import detect_language
from flows.reading.read import read, read_pin
from flows.state import State

Payload = Mapping[str, Any]
STORED: dict[str, Any] = {
    kind.__name__: kind
    for kind in (TimerFired, HandoffTaken, HandoffReturned, StaffAsked, VendorEvent, DocumentRead, VoiceUnheard)
}


@dataclass(frozen=True, slots=True)
class Understood:
    """An event for the engine, and what it was read as, JSON-native; None for what needs no reading."""

    event: Event
    reading: dict[str, Any] | None = None


Understand = Callable[[str, str, Payload, State, bool, date], Understood]
"""(inbox kind, external id, payload, state, somebody is on duty, today) -> Understood."""


def understand(kind: str, message_id: str, payload: Payload, state: State, on_duty: bool, today: date) -> Understood:
    """Rules alone; `today` decides which answers are still true."""
    if kind != "message":
        event = load(STORED[payload["is"]], payload)
        return Understood(replace(event, on_duty=on_duty) if isinstance(event, VendorEvent) else event)
    commands, intent, leftover = _read_message(payload, state)
    told = _find_language(commands) or detect_language(payload["text"])
    language = choose_language(told, state, payload["text"], commands)
    whole = payload["text"] if sum(isinstance(each, Ask) for each in commands) == 1 else ""
    answered = tuple(_answer(each, whole, language, state, today) for each in commands)
    if len(commands) == 1 and isinstance(commands[0], Unclear) and isinstance(answered[0], Ask):
        intent, leftover = "question", ""
    commands = look_again(answered, leftover, reading_context(state), state)
    event = MessageReceived(
        message_id=message_id,
        text=payload["text"],
        commands=commands,
        media=tuple(Media(each["media_id"], each["content_type"]) for each in payload["media"]),
        channel=payload["channel"],
        profile_name=payload["profile_name"],
        on_duty=on_duty,
        language=told,
    )
    reading = {"intent": intent, "leftover": leftover, "commands": dump(commands), "on_duty": on_duty}
    return Understood(event, reading)


def choose_language(told: str | None, state: State, text: str, commands: tuple[Command, ...]) -> str:
    """Of an answer: that of a new contact's first words, later the one wished for, else the one that they write in."""
    if state.phase == "new":
        return told or market_of(state.market).languages[0]
    return _find_language(commands) or next_language(state, text, commands)[0]


def _read_message(payload: Payload, state: State) -> tuple[tuple[Command, ...], str, str]:
    """(commands, intent, what no rule explains) of a tap, a pin or words."""
    context = reading_context(state)
    tap, pin = payload["tap"], payload["pin"]
    if tap and tap["payload"]:
        return (Choose(tap["payload"]),), "answer", ""
    if pin:
        return read_pin(pin["latitude"], pin["longitude"], pin["address"], pin["label"], context), "answer", ""
    if payload["kind"] == "reaction":  # a thumb on an old bubble answers nothing
        return (), "answer", ""
    words = payload["text"] or (tap["title"] if tap else "")
    if not words.strip():
        return (), "answer", ""
    reading = read(words, context)
    return reading.commands, reading.intent, reading.leftover


def _answer(command: Command, whole: str, language: str, state: State, today: date) -> Command:
    """A question, part of the `whole` message, with its answer; unsent, words nothing explains may be one too."""
    if isinstance(command, Unclear) and not command.injection and state.phase in ("new", "open"):
        found = find_remark_answer(command.words, language, state.market, today)
        return Ask(command.words, found.topic, found.text) if found else command
    if not isinstance(command, Ask) or command.answer is not None:
        return command
    found = find_answer(command.question, language, state.market, today, whole)
    return replace(command, topic=command.topic or found.topic, answer=found.text) if found else command


def _find_language(commands: tuple[Command, ...]) -> str | None:
    return next((each.language for each in commands if isinstance(each, ChangeLanguage)), None)
