"""Effects other than messages: run once, kept where they cannot run, parked where they failed for good."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.sealing import Seal
from db.inbox import InboxRow
from db.media import MediaFile
from db.outbox import OutboxRow
from jobs.settling import MAX_ATTEMPTS, pause_before
from tests.jobs.stage import Stage, count_commits

SYNC = {"is": "SyncProject", "project": 1}


def test_a_vendor_that_is_off_keeps_the_effect(stage: Stage) -> None:
    conversation = stage.add_conversation()
    row_id = stage.add_effect(conversation, "sync_project", SYNC)
    assert stage.run_effects("vendors") == 1
    assert stage.row(row_id).status == "held"
    assert "OpenSolar is off: no key (OPENSOLAR_API_KEY)" in stage.row(row_id).error


def test_an_effect_takes_two_commits(stage: Stage) -> None:
    stage.add_effect(stage.add_conversation(), "sync_project", SYNC)
    with count_commits(stage.engine) as heard:
        stage.run_effects("vendors")
    assert heard.count("COMMIT") == 2 + 1  # the last one looks for more work and finds none


def test_a_reminder_becomes_an_event_when_it_is_due(stage: Stage) -> None:
    conversation = stage.add_conversation(turn=3)
    payload = {"is": "Remind", "kind": "nudge", "due_at": "2026-01-01T00:00:00+00:00"}
    later = datetime.now(UTC) + timedelta(hours=1)
    row_id = stage.add_effect(conversation, "remind", payload, key=f"{conversation}:3:1", due_at=later)
    assert stage.run_effects("vendors") == 0
    stage.change(OutboxRow, row_id, due_at=datetime.now(UTC) - timedelta(seconds=1))
    assert stage.run_effects("vendors") == 1
    assert [(row.kind, row.payload) for row in list_inbox(stage)] == [
        ("timer", {"is": "TimerFired", "kind": "nudge", "turn": 3, "about": ""})
    ]


def test_a_reminder_is_void_after_another_turn(stage: Stage) -> None:
    conversation = stage.add_conversation(turn=4)
    payload = {"is": "Remind", "kind": "nudge", "due_at": "2026-01-01T00:00:00+00:00"}
    row_id = stage.add_effect(conversation, "remind", payload, key=f"{conversation}:3:1")
    stage.run_effects("vendors")
    assert stage.row(row_id).status == "done"
    assert list_inbox(stage) == []


def test_a_file_is_stored_encrypted_and_deleted_at_twilio(stage: Stage) -> None:
    row_id, media_id, content = add_photo(stage)
    stage.run_effects("documents")
    media = find_media(stage, media_id)
    assert (media.status, media.size, media.content_type) == ("stored", len(content), "image/png")
    assert media.sha256 == hashlib.sha256(content).hexdigest()
    assert content not in media.sealed
    assert Seal(stage.context.settings.secret_key).open(media.sealed) == content
    assert stage.row(row_id).status == "done"
    assert stage.sandbox.world.ledger.entries("media_deleted")


def test_a_file_that_is_too_large_is_refused(stage: Stage) -> None:
    object.__setattr__(stage.context.settings, "media_max_bytes", 20)
    row_id, media_id, _ = add_photo(stage)
    stage.run_effects("documents")
    assert find_media(stage, media_id).status == "refused"
    assert (stage.row(row_id).status, stage.row(row_id).error_code) == ("parked", "too_large")


def test_a_file_that_is_gone_is_noted(stage: Stage) -> None:
    row_id, media_id, _ = add_photo(stage, name="NoSuchFile")
    stage.run_effects("documents")
    assert find_media(stage, media_id).status == "gone"
    assert stage.row(row_id).status == "parked"


def test_a_pause_begins_when_the_run_has_ended(stage: Stage) -> None:
    stage.add_fault("media.fetch", "slow", seconds=1.0)
    stage.add_fault("media.fetch", "error_before", count=None)
    row_id, _, _ = add_photo(stage)
    stage.run_effects("documents")
    row = stage.row(row_id)
    assert row.status == "ready"
    assert (row.due_at - row.intent_at).total_seconds() > 0.9 + pause_before(row_id, 1)


def test_an_unforeseen_error_is_tried_again_and_parked_in_the_end(stage: Stage) -> None:
    row_id = stage.add_effect(stage.add_conversation(), "fetch_media", {"is": "FetchMedia"})  # no media_id
    stage.run_effects("documents")
    row = stage.row(row_id)
    assert (row.status, row.attempts) == ("ready", 1)
    assert row.error == "An unforeseen error: KeyError; see the log."  # its words may be the contact's
    stage.change(OutboxRow, row_id, attempts=MAX_ATTEMPTS - 1, due_at=datetime.now(UTC) - timedelta(seconds=1))
    stage.run_effects("documents")
    assert stage.row(row_id).status == "parked"


def test_a_dead_process_gives_the_effect_back(stage: Stage) -> None:
    row_id = stage.add_effect(stage.add_conversation(), "sync_project", SYNC)
    stage.change(OutboxRow, row_id, lease_until=datetime.now(UTC) + timedelta(minutes=1), lease_token=1)
    assert stage.run_effects("vendors") == 0
    stage.change(OutboxRow, row_id, lease_until=datetime.now(UTC) - timedelta(seconds=1))
    assert stage.run_effects("vendors") == 1


@pytest.mark.parametrize("attempts", [1, 5, 11])
def test_pauses_grow_and_spread(attempts: int) -> None:
    pauses = {pause_before(row, attempts) for row in range(50)}
    assert len(pauses) > 10
    assert 0.75 * min(2**attempts, 900) <= min(pauses) <= max(pauses) <= 1.25 * min(2**attempts, 900)


def list_inbox(stage: Stage) -> list[Any]:
    with stage.engine.connect() as connection:
        return list(connection.execute(select(InboxRow.__table__)).all())


def find_media(stage: Stage, media_id: str) -> Any:
    with stage.engine.connect() as connection:
        return connection.execute(select(MediaFile.__table__).where(MediaFile.id == media_id)).one()


def add_photo(stage: Stage, name: str = "") -> tuple[int, str, bytes]:
    """(outbox row, media id, bytes) of a photo that a contact sent; with `name` the address names nothing."""
    conversation = stage.add_conversation()
    message = stage.write(media=[{"sample": "roof"}])
    photo = message.media[0]
    url = f"{stage.sandbox.base_url}/2010-04-01/Accounts/{stage.context.account}/Messages/{message.sid}/Media/"
    with stage.engine.begin() as connection:
        values = {"conversation_id": conversation, "kind": "message", "external_id": message.sid, "payload": {}}
        inbox_id = connection.execute(insert(InboxRow).values(**values)).inserted_primary_key[0]
        connection.execute(
            insert(MediaFile).values(
                id="m1",
                conversation_id=conversation,
                inbox_id=inbox_id,
                url=url + (name or photo.sid),
                declared_type=photo.content_type,
            )
        )
    row_id = stage.add_effect(conversation, "fetch_media", {"is": "FetchMedia", "media_id": "m1"})
    return row_id, "m1", photo.data
