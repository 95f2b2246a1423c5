"""Scripted homeowners: what each writes, and what the engine makes of it."""

import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot.inbox import describe_arrival
from bot.understand import understand
from flows.codec import dump
from flows.effects import Effect, SendMessage
from flows.engine import advance
from flows.events import Event
from flows.registry import flow_named
from flows.state import State
from integrations.twilio.webhook import parse
from tools.sandbox.options import SENDER

SCRIPTS = Path(__file__).with_name("homeowners.toml")
BEGINNING = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PAUSE = timedelta(minutes=1)


@dataclass(frozen=True)
class Script:
    """A homeowner's name and their messages in order."""

    name: str
    messages: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One message of a script: the state that it met, the event that it was, the state and the effects that came."""

    payload: dict[str, Any]
    before: State
    event: Event
    at: datetime
    reading: dict[str, Any] | None
    after: State
    effects: tuple[Effect, ...]

    @property
    def replies(self) -> int:
        """How many messages the homeowner gets for this one."""
        return sum(isinstance(effect, SendMessage) for effect in self.effects)


@cache
def load_scripts() -> tuple[Script, ...]:
    """The scripts of homeowners.toml."""
    listed = tomllib.loads(SCRIPTS.read_text())["script"]
    return tuple(Script(entry["name"], tuple(entry["messages"])) for entry in listed)


@cache
def walk_script(script: Script) -> tuple[Step, ...]:
    """The whole conversation of a script, a minute between its messages."""
    steps: list[Step] = []
    state, at = State(), BEGINNING
    for number, text in enumerate(script.messages, 1):
        payload = describe_payload(script.name, text)
        read = understand("message", f"SM{number}", payload, state, False, at.date())
        turn = advance(flow_named(state.flow), state, read.event, at)
        after = replace(turn.state, turn=number)  # as the shell counts it
        steps.append(Step(payload, state, read.event, at, read.reading, after, turn.effects))
        state, at = after, at + PAUSE
    return tuple(steps)


def describe_payload(name: str, text: str) -> dict[str, Any]:
    """The payload of the inbox row that keeps such a message."""
    sid = "SM" + "0" * 32
    fields = {"MessageSid": sid, "From": phone_of(0), "To": SENDER, "Body": text, "ProfileName": name}
    return dict(describe_arrival(parse({**fields, "MessageType": "text"}), "whatsapp").payload)


def choose_script(number: int) -> Script:
    """Homeowner `number`'s script; they take turns."""
    scripts = load_scripts()
    return scripts[number % len(scripts)]


def phone_of(number: int) -> str:
    """An invented number for homeowner `number`, 0 to 6,999,999: exchange 555, an area for every ten thousand."""
    return f"+1{200 + number // 10_000}555{number % 10_000:04d}"


def dump_step(step: Step) -> tuple[Any, list[Any]]:
    """(state, effects) of a step in JSON-native form."""
    return dump(step.after), [dump(effect) for effect in step.effects]
