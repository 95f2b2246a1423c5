"""A send whose outcome nobody knows is looked up before anything is sent again."""

from datetime import UTC, datetime, timedelta

import pytest

from db.contacts import Contact
from db.conversations import Conversation
from db.outbox import OutboxRow
from jobs.reconcile import MAX_LOOKS
from tests.jobs.stage import Stage


@pytest.mark.parametrize("fault", ["error_after", "reset_after", "garbage_after"])
def test_what_was_accepted_is_found_and_not_sent_again(stage: Stage, fault: str) -> None:
    stage.add_fault("messages.create", fault)
    conversation = stage.add_conversation()
    first, second = stage.add_message(conversation, "first"), stage.add_message(conversation, "second")
    stage.send_until(lambda: stage.row(second).status == "done")
    assert stage.accepted() == ["first", "second"]
    assert stage.row(first).status == "done"
    assert stage.row(first).external_id in {entry["sid"] for entry in _entries(stage)}


def test_it_is_looked_for_where_it_was_sent_from(stage: Stage) -> None:
    """The contact once wrote to a number that is no longer ours; we send from the one of today."""
    conversation = stage.add_conversation()
    stage.change(Conversation, conversation, address="whatsapp:+14155550111")
    stage.add_fault("messages.create", "error_after")
    row_id = stage.add_message(conversation, "once only")
    stage.send_until(lambda: stage.row(row_id).status == "done")
    assert stage.accepted() == ["once only"]


@pytest.mark.parametrize("fault", ["error_before", "reset_before"])
def test_what_is_absent_twice_is_sent_again(stage: Stage, fault: str) -> None:
    stage.add_fault("messages.create", fault)
    row_id = stage.add_message(stage.add_conversation(), "once")
    stage.send_until(lambda: stage.row(row_id).status == "done")
    assert stage.row(row_id).attempts == 2
    assert stage.accepted() == ["once"]


def test_a_dead_process_leaves_a_doubt_not_a_repeat(stage: Stage) -> None:
    """Twilio took the message, then the process died before it could write that down."""
    conversation = stage.add_conversation()
    row_id = stage.add_message(conversation, "taken")
    stage.send()
    ago = datetime.now(UTC) - timedelta(seconds=30)
    forgotten = {"status": "sending", "external_id": None, "done_at": None, "intent_at": ago, "lease_until": ago}
    stage.change(OutboxRow, row_id, **forgotten)
    later = stage.add_message(conversation, "later")
    stage.send_until(lambda: stage.row(later).status == "done")
    assert stage.row(row_id).status == "done"
    assert stage.accepted() == ["taken", "later"]


def test_a_twin_that_is_known_is_no_proof(stage: Stage) -> None:
    """The same words went out before under another row: that message is not taken for this one."""
    conversation = stage.add_conversation()
    stage.add_message(conversation, "Anything else?")
    stage.send()
    stage.add_fault("messages.create", "error_before")
    twin = stage.add_message(conversation, "Anything else?")
    stage.send_until(lambda: stage.row(twin).status == "done")
    assert stage.accepted() == ["Anything else?"] * 2


def test_a_list_that_lags_is_asked_twice(stage: Stage) -> None:
    stage.add_fault("messages.create", "error_after")
    stage.add_fault("messages.list", "lag", count=1, seconds=60.0)
    row_id = stage.add_message(stage.add_conversation(), "slow list")
    stage.send_until(lambda: stage.row(row_id).status == "done")
    assert stage.accepted() == ["slow list"]


def test_a_list_that_cannot_be_read_decides_nothing(stage: Stage) -> None:
    stage.add_fault("messages.create", "error_before")
    stage.add_fault("messages.list", "error_before", count=None)
    row_id = stage.add_message(stage.add_conversation(), "who knows")
    stage.send_until(lambda: stage.row(row_id).lookups >= 2)
    assert stage.row(row_id).status == "unknown"
    stage.change(OutboxRow, row_id, lookups=MAX_LOOKS)
    stage.send_until(lambda: stage.row(row_id).status == "parked")
    assert stage.row(row_id).error_code == "uncertain"
    assert stage.accepted() == []


def test_a_menu_in_numbered_lines_is_recognised(stage: Stage) -> None:
    stage.add_fault("content.create", "error_before", count=None)
    stage.add_fault("messages.create", "error_after")
    options = [{"id": "roof=tile", "title": "Tile"}]
    row_id = stage.add_message(stage.add_conversation(), "Which roof?", payload={"options": options})
    stage.send_until(lambda: stage.row(row_id).status == "done")
    assert stage.accepted() == ["Which roof?\n\n1. Tile"]


def test_after_a_stop_an_absent_message_is_not_sent_again(stage: Stage) -> None:
    stage.add_fault("messages.create", "error_before")
    row_id = stage.add_message(stage.add_conversation(), "unheard")
    stage.send()
    assert stage.row(row_id).status == "unknown"
    stage.change(Contact, 1, opted_out_at=datetime.now(UTC))
    stage.send_until(lambda: stage.row(row_id).status == "cancelled")
    assert stage.accepted() == []


def _entries(stage: Stage) -> list[dict[str, str]]:
    return stage.sandbox.world.ledger.entries("message_accepted")
