"""Stored events through today's code, and what comes out differently: `python -m tools.replay [--conversation ID]`."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from bot.outbox import KINDS
from bot.senses import lend_senses
from bot.settings import load_or_exit
from bot.understand import understand_again
from db.conversations import Conversation
from db.engine import dispose_after
from db.inbox import InboxRow
from db.outbox import OutboxRow
from flows.codec import dump, load
from flows.engine import advance
from flows.registry import flow_named
from flows.state import Control, State, Turn


@dataclass(frozen=True)
class Difference:
    """What was stored and what today's code makes of it; `what` is commands, messages, effects or slots."""

    conversation: int
    turn: int
    what: str
    stored: Any
    today: Any

    def __str__(self) -> str:
        lines = [f"conversation {self.conversation}, turn {self.turn}: {self.what}"]
        lines += [f"  - {line}" for line in _spell(self.stored)] + [f"  + {line}" for line in _spell(self.today)]
        return "\n".join(lines)


def replay(database_url: str, conversation: int | None = None) -> list[Difference]:
    """Every difference, by conversation and turn; reads only."""
    with dispose_after(database_url) as engine, engine.connect() as connection:
        chosen = select(Conversation.id, Conversation.state).where(Conversation.state.is_not(None))
        if conversation is not None:
            chosen = chosen.where(Conversation.id == conversation)
        kept = connection.execute(chosen.order_by(Conversation.id)).all()
        return [each for row in kept for each in replay_conversation(connection, row.id, row.state)]


def replay_conversation(connection: Connection, conversation: int, kept: dict[str, Any]) -> Iterator[Difference]:
    """Compares turn by turn, each from the state that today's code reached; `kept` is the stored state."""
    asked_for = _read_effects(connection, conversation)
    state = State(market=kept["market"])
    for row in _read_events(connection, conversation):
        state = _take_ownership(state, row)
        if row.turn is None:
            continue
        turn, commands = _take_turn(state, row)
        yield from _compare(conversation, row, turn, commands, asked_for)
        state = load(State, json.loads(json.dumps(dump(turn.state))))
    slots = dump(state.slots)
    if slots != kept["slots"]:
        yield Difference(conversation, state.turn, "slots", *_leave_out_equal(kept["slots"], slots))


def _take_ownership(state: State, row: Any) -> State:
    """What staff did to the control column, as the turn would have found it."""
    if row.kind != "staff":
        return state
    owners: dict[str, Control] = {"HandoffTaken": "staff", "HandoffReturned": "bot"}
    return replace(state, control=owners.get(row.payload["is"], state.control))


def _take_turn(state: State, row: Any) -> tuple[Turn, Any]:
    """The turn today, and the commands it was read as; None for what is not a message."""
    kept = row.reading or {}
    on_duty, day = bool(kept.get("on_duty")), row.done_at.date()
    before = replace(state, turn=row.turn - 1)
    read = understand_again(row.kind, row.external_id or "", row.payload, before, on_duty, day, kept)
    read = lend_senses(read, row.payload, tuple((row.reading or {}).get("senses", ())))
    turn = advance(flow_named(before.flow), before, read.event, row.done_at)
    return turn, read.reading["commands"] if read.reading else None


def _compare(
    conversation: int, row: Any, turn: Turn, commands: Any, asked_for: dict[int, list[tuple[str, Any]]]
) -> Iterator[Difference]:
    stored_commands = row.reading["commands"] if row.reading else None
    if commands != stored_commands:
        yield Difference(conversation, row.turn, "commands", stored_commands, commands)
    stored = asked_for.get(row.turn, [])
    today = [(KINDS[type(effect)], dump(effect)) for effect in turn.effects]
    for what, wanted in (("messages", True), ("effects", False)):
        was, now = (
            [payload for kind, payload in each if (kind == "send_message") == wanted] for each in (stored, today)
        )
        if was != now:
            yield Difference(conversation, row.turn, what, was, now)


def _read_events(connection: Connection, conversation: int) -> Sequence[Any]:
    statement = select(InboxRow.__table__).where(InboxRow.conversation_id == conversation, InboxRow.status == "done")
    return connection.execute(statement.order_by(InboxRow.done_at, InboxRow.turn, InboxRow.id)).all()


def _read_effects(connection: Connection, conversation: int) -> dict[int, list[tuple[str, Any]]]:
    """Turn number to (kind, payload) of what it asked for, in order; what staff wrote is left out."""
    statement = select(OutboxRow.key, OutboxRow.kind, OutboxRow.payload).where(
        OutboxRow.conversation_id == conversation, OutboxRow.key.like(f"{conversation}:%")
    )
    found: dict[int, list[tuple[int, str, Any]]] = {}
    for key, kind, payload in connection.execute(statement):
        _, turn, index = key.split(":")
        found.setdefault(int(turn), []).append((int(index), kind, payload))
    return {turn: [(kind, payload) for _, kind, payload in sorted(rows)] for turn, rows in found.items()}


def _leave_out_equal(stored: dict[str, Any], today: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    names = [name for name in {**stored, **today} if stored.get(name) != today.get(name)]
    return tuple({name: slots[name] for name in names if name in slots} for slots in (stored, today))  # type: ignore[return-value]


def _spell(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [json.dumps(item, ensure_ascii=False) for item in items]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.replay", description=__doc__)
    parser.add_argument("--conversation", type=int, help="only this one")
    options = parser.parse_args(arguments)
    differences = replay(load_or_exit().database_url, options.conversation)
    for difference in differences:
        print(difference)
    print(f"{len(differences)} differences" if differences else "no differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
