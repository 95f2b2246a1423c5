"""A message that failed on its way has the consequence that its code asks for, once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from db.contacts import Contact, ContactIdentifier
from db.contents import Content, keep_content
from db.conversations import Conversation
from db.outbox import MessageStatus, OutboxRow
from db.parked import drop_effect
from jobs.statuses import draw_consequences
from tests.jobs.stage import BOB, Stage


@pytest.fixture
def sent(stage: Stage) -> int:
    """A message that Twilio accepted."""
    row_id = stage.add_message(stage.add_conversation(), "Your plan is ready", payload={"template": "nudge"})
    stage.send()
    return row_id


def fail(stage: Stage, row_id: int, code: str, status: str = "failed") -> None:
    stage.add_status(row_id, status, code)
    draw_consequences(stage.context)


def test_outside_the_window_it_is_said_once_more_as_a_template(stage: Stage, sent: int) -> None:
    fail(stage, sent, "63016")
    original, again = stage.rows()
    assert original.status == "done"
    assert (again.status, again.payload["way"]) == ("ready", "template")
    stage.send()
    assert stage.row(again.id).status == "held"  # no approved template here
    fail(stage, sent, "63016")
    assert len(stage.rows()) == 2


def test_what_was_held_goes_out_as_it_was_when_the_contact_writes(stage: Stage, sent: int) -> None:
    fail(stage, sent, "63016")
    stage.send()
    again = stage.rows()[-1]
    assert again.status == "held"
    stage.change(Conversation, again.conversation_id, heard_at=datetime.now(UTC))
    stage.change(OutboxRow, again.id, status="ready")
    stage.send()
    assert stage.row(again.id).status == "done"
    assert stage.row(again.id).content_id in (None, "")


def test_a_template_outside_the_window_is_parked(stage: Stage, sent: int) -> None:
    stage.change(OutboxRow, sent, content_id="HX" + "0" * 32)
    fail(stage, sent, "63016")
    assert [row.status for row in stage.rows()] == ["parked"]


def test_a_rate_is_tried_again_three_times_and_then_parked(stage: Stage, sent: int) -> None:
    for _ in range(4):
        fail(stage, stage.rows()[-1].id, "63018")
    assert [row.status for row in stage.rows()][-1] == "parked"
    assert len(stage.rows()) == 4
    assert stage.rows()[1].due_at > stage.rows()[0].due_at


def test_an_address_that_is_not_on_whatsapp_is_marked(stage: Stage, sent: int) -> None:
    fail(stage, sent, "63024", "undelivered")
    with stage.engine.connect() as connection:
        assert connection.execute(select(ContactIdentifier.unreachable_at)).scalar_one() is not None
    assert stage.row(sent).status == "parked"


def test_a_template_at_fault_is_stopped_and_staff_told(stage: Stage, sent: int) -> None:
    content_id = "HX" + "1" * 32
    values = {"account": stage.context.account, "purpose": "template", "structure_hash": "h", "approval": "approved"}
    with stage.engine.begin() as connection:
        keep_content(connection, key="nudge", language="en", external_id=content_id, **values)
    stage.change(OutboxRow, sent, content_id=content_id)
    fail(stage, sent, "63041")
    with stage.engine.connect() as connection:
        assert connection.execute(select(Content.approval)).scalar_one() == "stopped"
    assert len(stage.rows("alert_staff")) == 1
    assert stage.row(sent).error_code == "63041"


def test_a_file_is_tried_once_more_and_then_becomes_a_link(stage: Stage) -> None:
    url = stage.sandbox.base_url + "/plan.pdf"
    row_id = stage.add_message(stage.add_conversation(), "Your plan", payload={"media_url": url})
    stage.send()
    fail(stage, row_id, "63019")
    again = stage.rows()[-1]
    assert again.payload["media_url"] == url
    fail(stage, again.id, "63019")
    link = stage.rows()[-1]
    assert (link.payload["text"], link.payload["media_url"]) == (f"Your plan\n{url}", "")
    fail(stage, link.id, "63019")
    assert stage.rows()[-1].status == "parked"
    assert len(stage.rows()) == 3


def test_an_opt_out_at_twilio_silences_us(stage: Stage, sent: int) -> None:
    waiting = stage.add_message(1, "next", due_at=datetime(2099, 1, 1, tzinfo=UTC))
    fail(stage, sent, "21610")
    with stage.engine.connect() as connection:
        assert connection.execute(select(Contact.opted_out_at)).scalar_one() is not None
    assert stage.row(waiting).status == "cancelled"


def test_a_message_that_was_read_did_arrive(stage: Stage, sent: int) -> None:
    stage.add_status(sent, "failed", "63024")
    stage.change(OutboxRow, sent, message_status="read")
    draw_consequences(stage.context)
    assert stage.row(sent).status == "done"


def test_every_status_is_handled_once(stage: Stage, sent: int) -> None:
    stage.add_status(sent, "failed", "63018")
    assert draw_consequences(stage.context) == 1
    assert draw_consequences(stage.context) == 0
    with stage.engine.connect() as connection:
        assert connection.execute(select(MessageStatus.handled_at)).scalar_one() is not None


@pytest.mark.parametrize("code", ["63032", "63049", "30008", ""])
def test_anything_else_is_parked_where_staff_see_it(stage: Stage, sent: int, code: str) -> None:
    fail(stage, sent, code)
    row = stage.row(sent)
    assert row.status == "parked"
    assert row.error


def test_a_status_without_a_consequence_keeps_nobody_waiting(stage: Stage, sent: int) -> None:
    """It is about an alert that is gone."""
    stage.change(OutboxRow, sent, payload={"text": "alert", "alert": 99, "address": "whatsapp:+14155550100"})
    stage.add_status(sent, "failed", "63018")
    later = stage.add_message(stage.add_conversation(BOB), "Hello Bob")
    stage.send()
    assert stage.row(later).status == "done"
    assert (stage.row(sent).status, stage.row(sent).error_code) == ("parked", "63018")
    assert draw_consequences(stage.context) == 0


def test_a_failure_told_twice_is_followed_once(stage: Stage, sent: int) -> None:
    fail(stage, sent, "63024")
    with stage.engine.begin() as connection:
        drop_effect(connection, sent)
    fail(stage, sent, "63024")
    assert stage.row(sent).status == "cancelled"


def test_a_failure_told_twice_does_not_reopen_an_alert(stage: Stage, sent: int) -> None:
    alert = stage.add_effect(stage.row(sent).conversation_id, "alert_staff", {"is": "AlertStaff"}, status="done")
    stage.change(OutboxRow, sent, payload={"text": "x", "alert": alert, "address": "whatsapp:+14155550100"})
    fail(stage, sent, "63024")
    assert stage.row(alert).status == "ready"
    stage.change(OutboxRow, alert, status="done")  # another address has taken it
    fail(stage, sent, "63024")
    assert stage.row(alert).status == "done"
