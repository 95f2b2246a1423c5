"""A message whose webhook never came is kept all the same, once, with its files."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from rq import Queue
from sqlalchemy import select

from bot.inbox import record
from db.conversations import Conversation
from db.erasure import erase_contact, find_contact
from db.inbox import InboxRow
from db.media import MediaFile
from integrations.errors import VendorError
from jobs.context import use_context
from jobs.inbound_sweep import JOB, run, sweep
from tests.jobs.stage import ALICE, BOB, Stage


@pytest.fixture(autouse=True)
def impatient(stage: Stage) -> None:
    object.__setattr__(stage.context.settings, "inbound_sweep_seconds", 0.0)


def list_inbox(stage: Stage) -> list[Any]:
    with stage.engine.connect() as connection:
        return list(connection.execute(select(InboxRow.__table__).order_by(InboxRow.id)).all())


def test_what_never_arrived_is_kept_once_and_in_order(stage: Stage) -> None:
    texts = ["hello", "I own it", "about $180"]
    for text in texts:
        stage.write(ALICE, text=text)
    stage.write(BOB, text="hola")
    age_messages(stage, 5)
    assert sweep(stage.context) == 4
    assert sweep(stage.context) == 0
    rows = list_inbox(stage)
    assert {row.status for row in rows} == {"ready"}
    first = rows[0].conversation_id
    assert [row.payload["text"] for row in rows if row.conversation_id == first] == texts


def test_what_arrived_is_left_alone(stage: Stage) -> None:
    message = stage.write(text="hello")
    age_messages(stage, 5)
    channel = stage.context.channel
    assert channel is not None
    [listed] = channel.list_messages(datetime.now(UTC) - timedelta(hours=1))
    record(stage.engine, channel.recover(listed))
    assert sweep(stage.context) == 0
    assert [row.external_id for row in list_inbox(stage)] == [message.sid]


def test_who_was_forgotten_is_not_brought_back(stage: Stage) -> None:
    stage.write(ALICE, text="please delete everything you have of me")
    stage.write(BOB, text="hello")
    age_messages(stage, 5)
    assert sweep(stage.context) == 2
    with stage.engine.begin() as connection:
        contact = find_contact(connection, ALICE)
        assert contact is not None
        erase_contact(connection, contact)
    assert sweep(stage.context) == 0
    stage.write(ALICE, text="hello again")
    age_messages(stage, 5)
    assert sweep(stage.context) == 1
    assert sorted(row.payload["text"] for row in list_inbox(stage)) == ["hello", "hello again"]


def test_a_webhook_on_its_way_is_not_overtaken(stage: Stage) -> None:
    object.__setattr__(stage.context.settings, "inbound_sweep_seconds", 60.0)
    stage.write(text="a pin says more than a list")
    assert sweep(stage.context) == 0


def test_files_are_looked_up(stage: Stage) -> None:
    stage.write(media=[{"sample": "roof"}])
    age_messages(stage, 5)
    assert sweep(stage.context) == 1
    with stage.engine.connect() as connection:
        assert connection.execute(select(MediaFile.declared_type)).scalars().all() == ["image/png"]


def test_a_list_that_fails_is_read_from_the_same_point_again(stage: Stage) -> None:
    stage.write(text="hello")
    age_messages(stage, 5)
    stage.add_fault("messages.list", "error_before", count=2)
    with pytest.raises(VendorError):
        sweep(stage.context)
    assert sweep(stage.context) == 1


def test_sweeps_do_not_pile_up_while_no_worker_is_there(stage: Stage) -> None:
    bell = stage.context.bell
    waiting = Queue("vendors", connection=bell.redis)
    for _ in range(3):
        assert bell.enqueue("vendors", JOB)
    assert waiting.count == 1
    use_context(stage.context)
    run()
    bell.enqueue("vendors", JOB)
    assert waiting.count == 2


def test_the_window_counts_from_when_it_was_written(stage: Stage) -> None:
    message = stage.write(ALICE, text="hello")
    age_messages(stage, 40 * 60)
    sweep(stage.context)
    assert read_heard_at(stage) == message.created_at.replace(microsecond=0)


def test_a_message_found_late_closes_no_window(stage: Stage) -> None:
    message = stage.write(ALICE, text="hello")
    age_messages(stage, 40 * 60)
    channel = stage.context.channel
    assert channel is not None
    [listed] = channel.list_messages(datetime.now(UTC) - timedelta(hours=1))
    record(stage.engine, replace(channel.recover(listed), external_id="SM" + "0" * 32))
    before = read_heard_at(stage)
    assert sweep(stage.context) == 1
    assert read_heard_at(stage) == before > message.created_at


def read_heard_at(stage: Stage) -> datetime:
    with stage.engine.connect() as connection:
        heard_at = connection.execute(select(Conversation.heard_at)).scalar_one()
    assert heard_at is not None
    return heard_at


def age_messages(stage: Stage, seconds: float) -> None:
    for message in stage.sandbox.world.store.newest_first():
        message.created_at -= timedelta(seconds=seconds)
