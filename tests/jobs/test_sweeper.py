"""The sweeper rings for what is runnable, and for nothing else."""

from collections.abc import Iterator
from typing import Any

import pytest
from rq import Queue
from sqlalchemy import insert, update

from bot.settings import Settings
from bot.wake import QUEUES
from db.conversations import Conversation
from db.inbox import InboxRow
from db.outbox import OutboxRow
from db.types import now
from jobs.context import Context, open_context
from jobs.sweeper import sweep
from tests.bot.desk import Desk


@pytest.fixture
def context(database_url: str, redis_url: str) -> Iterator[Context]:
    made = open_context(Settings(database_url=database_url, redis_url=redis_url))
    Desk(made.engine).hear("hi")
    yield made
    made.close()


def list_rung(context: Context) -> list[str]:
    sweep(context)
    return [queue for queue in QUEUES if Queue(queue, connection=context.bell.redis).count]


def finish_inbox(context: Context) -> None:
    change(context, InboxRow, status="done")


def change(context: Context, table: Any, **values: Any) -> None:
    with context.engine.begin() as connection:
        connection.execute(update(table).values(**values))


def test_a_waiting_message_rings(context: Context) -> None:
    assert list_rung(context) == ["turns"]


def test_a_message_under_lease_does_not(context: Context) -> None:
    change(context, Conversation, lease_until=now(30))
    assert list_rung(context) == []


def test_a_message_whose_lease_ended_rings(context: Context) -> None:
    change(context, Conversation, lease_until=now(-1))
    assert list_rung(context) == ["turns"]


def test_an_effect_of_another_version_stops_nothing(context: Context) -> None:
    finish_inbox(context)
    with context.engine.begin() as connection:
        for kind in ("score_lead", "send_message"):
            row = {"key": kind, "conversation_id": 1, "kind": kind, "payload": {}, "due_at": now(-1)}
            connection.execute(insert(OutboxRow).values(**row))
    assert list_rung(context) == ["sends"]


@pytest.mark.parametrize("status", ["done", "parked"])
def test_settled_messages_do_not(context: Context, status: str) -> None:
    change(context, InboxRow, status=status)
    assert list_rung(context) == []


@pytest.mark.parametrize(
    ("columns", "rung"),
    [
        ({"kind": "send_message"}, ["sends"]),
        ({"kind": "alert_staff"}, ["vendors"]),
        ({"kind": "fetch_media"}, ["documents"]),
        ({"kind": "remind", "due_at": now(30)}, []),
        ({"kind": "remind", "due_at": now(-1)}, ["vendors"]),
        ({"kind": "alert_staff", "lease_until": now(30)}, []),
        ({"kind": "send_message", "status": "sending", "lease_until": now(-1)}, ["sends"]),
        ({"kind": "send_message", "status": "held"}, []),
    ],
)
def test_effects_ring_their_queue_when_due(context: Context, columns: dict[str, Any], rung: list[str]) -> None:
    finish_inbox(context)
    with context.engine.begin() as connection:
        connection.execute(insert(OutboxRow).values(key="1:1:0", conversation_id=1, payload={}, **columns))
    assert list_rung(context) == rung
