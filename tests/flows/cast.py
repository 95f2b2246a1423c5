"""What flow tests share: a clock that stands still, events made by hand, and values that every slot takes."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from flows.codec import dump, load
from flows.commands import Command, Set
from flows.definition import Flow
from flows.effects import Effect, SendMessage
from flows.engine import advance
from flows.events import Event, Media, MessageReceived
from flows.registry import FLOWS
from flows.state import State

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
INTAKE = FLOWS["intake"]

ANSWERS: dict[str, Any] = {
    "name": "Maria Lopez",
    "street": "12 Oak Street",
    "city": "Springfield",
    "state": "NY",
    "postal_code": "10001",
    "owner": True,
    "utility": "Con Edison",
    "monthly_bill": 240,
    "devices": [{"type": "air_conditioner", "quantity": 2}, {"type": "ev", "quantity": 1}],
    "roof_type": "metal",
    "email": "maria@example.com",
    "alternate_name": "Sam Lopez",
}


def copy_state(state: State) -> State:
    """The state as it comes back from the database."""
    return load(State, json.loads(json.dumps(dump(state))))


class Talk:
    """One conversation, its state written to JSON text and read again before every turn."""

    def __init__(self, flow: Flow = INTAKE, **fields: Any) -> None:
        self.flow, self.state, self.now = flow, State(**fields), NOON
        self.count = 0
        self.effects: tuple[Effect, ...] = ()

    def hear(self, *commands: Command, media: tuple[Media, ...] = (), **fields: Any) -> tuple[Effect, ...]:
        self.count += 1
        self.now += timedelta(minutes=1)
        event = MessageReceived(f"SM{self.count}", fields.pop("text", "…"), commands, media=media, **fields)
        return self.meet(event)

    def meet(self, event: Event) -> tuple[Effect, ...]:
        turn = advance(self.flow, copy_state(self.state), event, self.now)
        self.state, self.effects = turn.state, turn.effects
        return turn.effects

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)

    def give(self, *names: str, **other: Any) -> None:
        """Answer these slots in one message, with the cast's values unless told others."""
        self.hear(*(Set(name, other.get(name, ANSWERS[name])) for name in names))

    def give_all(self, **other: Any) -> None:
        """Everything up to the recap."""
        self.give(*ANSWERS, **other)

    @property
    def said(self) -> str:
        """Everything said in the last turn."""
        return "\n\n".join(effect.text for effect in self.effects if isinstance(effect, SendMessage))

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for effect in self.effects if isinstance(effect, SendMessage) for key in effect.keys)

    @property
    def item(self) -> str | None:
        return self.state.asked.item if self.state.asked else None

    def value(self, name: str) -> Any:
        held = self.state.slots.get(name)
        return held.value if held else None

    def did(self, kind: type) -> list[Any]:
        return [effect for effect in self.effects if isinstance(effect, kind)]
