"""Replay finds what today's code makes differently, and nothing where nothing changed."""

from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from bot import handoff
from db.conversations import Conversation
from db.inbox import InboxRow
from db.outbox import OutboxRow
from tests.bot.desk import BOB, Desk
from tools.replay import replay


@pytest.fixture
def desk(engine: Engine) -> Desk:
    """A whole intake, a correction, a handoff and back, an opt-out and back."""
    made = Desk(engine)
    made.confirm_project()
    made.talk("actually my bill is $210", "I want to talk to a person", "hello?")
    handoff.take(engine, 1, "Alice")
    made.talk("still there?")
    handoff.give_back(engine, 1, "Alice")
    made.taker.drain(10)
    made.talk("STOP", "START", "what happens next?")
    return made


def change(engine: Engine, table: Any, condition: Any, **values: Any) -> None:
    with engine.begin() as connection:
        assert connection.execute(update(table).where(condition).values(**values)).rowcount == 1


def read(engine: Engine, column: Any, condition: Any) -> Any:
    with engine.connect() as connection:
        return connection.execute(select(column).where(condition)).scalar_one()


def test_nothing_changed(desk: Desk, database_url: str) -> None:
    assert [str(each) for each in replay(database_url)] == []


def test_another_reading_is_found(desk: Desk, engine: Engine, database_url: str) -> None:
    second = InboxRow.turn == 2
    reading = {**read(engine, InboxRow.reading, second), "commands": [{"is": "Skip"}]}
    change(engine, InboxRow, second, reading=reading)
    [found] = replay(database_url)
    assert (found.conversation, found.turn, found.what, found.stored) == (1, 2, "commands", [{"is": "Skip"}])


def test_another_message_is_found(desk: Desk, engine: Engine, database_url: str) -> None:
    first = OutboxRow.key == "1:1:0"
    change(engine, OutboxRow, first, payload={**read(engine, OutboxRow.payload, first), "text": "Good day"})
    [found] = replay(database_url)
    assert (found.turn, found.what) == (1, "messages")
    assert '"Good day"' in str(found)


def test_a_missing_effect_is_found(desk: Desk, engine: Engine, database_url: str) -> None:
    first = OutboxRow.key == "1:1:1"
    change(engine, OutboxRow, first, key="9:9:9")
    assert [(each.turn, each.what, each.stored) for each in replay(database_url)] == [(1, "effects", [])]


def test_another_slot_is_found(desk: Desk, engine: Engine, database_url: str) -> None:
    state = read(engine, Conversation.state, Conversation.id == 1)
    del state["slots"]["owner"]
    change(engine, Conversation, Conversation.id == 1, state=state)
    [found] = replay(database_url)
    assert (found.what, list(found.stored), list(found.today)) == ("slots", [], ["owner"])


def test_one_conversation_alone(desk: Desk, engine: Engine, database_url: str) -> None:
    other = desk.talk("hi", phone=BOB)
    change(engine, OutboxRow, OutboxRow.key == "1:1:0", key="9:9:9")
    assert replay(database_url, other) == []
    assert len(replay(database_url, 1)) == 1
