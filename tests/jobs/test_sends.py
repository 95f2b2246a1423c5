"""A message goes out once, in order, and only where it may."""

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot import handoff
from db.contacts import Contact
from db.contents import Content, keep_content
from db.conversations import Conversation
from db.outbox import OutboxRow, release_held
from db.sends import list_candidates
from jobs import send_message
from jobs.channels import open_twilio
from jobs.intent import commit_intent
from jobs.menus import MenuBook
from jobs.outcomes import hold
from jobs.settling import settle
from tests.jobs.stage import ALICE, BOB, Stage, count_commits


def test_a_send_takes_two_commits(stage: Stage) -> None:
    conversation = stage.add_conversation()
    row_id = stage.add_message(conversation, "Welcome")
    with count_commits(stage.engine) as heard:
        stage.send()
    row = stage.row(row_id)
    assert (row.status, row.attempts, row.error) == ("done", 1, "")
    assert row.external_id.startswith("SM")
    assert row.done_at >= row.intent_at
    assert heard.count("COMMIT") == 2
    assert stage.accepted() == ["Welcome"]


def test_a_conversation_keeps_its_order(stage: Stage) -> None:
    first, second = stage.add_conversation(ALICE), stage.add_conversation(BOB)
    for number in range(6):
        stage.add_message(first, f"a{number}")
        stage.add_message(second, f"b{number}")
    stage.send()
    assert stage.accepted(ALICE) == [f"a{number}" for number in range(6)]
    assert stage.accepted(BOB) == [f"b{number}" for number in range(6)]


def test_a_slow_conversation_holds_nobody_else_up(stage: Stage) -> None:
    slow, quick = stage.add_conversation(ALICE), stage.add_conversation(BOB)
    stage.add_fault("messages.create", "slow", phone=ALICE, seconds=0.6)
    stage.add_message(slow, "late")
    for number in range(5):
        stage.add_message(quick, f"b{number}")
    stage.send()
    accepted = [entry["body"] for entry in stage.sandbox.world.ledger.entries("message_accepted")]
    assert accepted == ["b0", "b1", "b2", "b3", "b4", "late"]


def test_nothing_is_said_after_a_take_over_but_safety_words(stage: Stage) -> None:
    conversation = stage.add_conversation(epoch=1, control="staff")
    stale = stage.add_message(conversation, "How big is your bill?", epoch=0)
    stage.add_message(conversation, "Call 911", epoch=0, payload={"always": True})
    stage.add_message(conversation, "Dana here", epoch=1)
    stage.send()
    assert stage.row(stale).status == "cancelled"
    assert stage.accepted() == ["Call 911", "Dana here"]


def test_a_reply_of_staff_outlasts_giving_back_but_not_stop(stage: Stage) -> None:
    conversation = stage.add_conversation()
    handoff.take(stage.engine, conversation, "Dana")
    handoff.reply(stage.engine, conversation, "I shall call you at six")
    handoff.give_back(stage.engine, conversation, "Dana")
    stage.send()
    assert stage.accepted() == ["I shall call you at six"]
    handoff.take(stage.engine, conversation, "Dana")
    handoff.reply(stage.engine, conversation, "Are you there?")
    stage.change(Contact, 1, opted_out_at=datetime.now(UTC))
    stage.send()
    assert stage.accepted() == ["I shall call you at six"]


def test_nothing_is_said_after_an_opt_out_but_its_confirmation(stage: Stage) -> None:
    conversation = stage.add_conversation()
    stage.add_message(conversation, "Next question")
    stage.add_message(conversation, "You will hear no more from us", payload={"always": True})
    stage.change(Contact, 1, opted_out_at=datetime.now(UTC))
    stage.send()
    assert stage.accepted() == ["You will hear no more from us"]


def test_outside_the_window_a_message_is_held_and_staff_told_once(stage: Stage) -> None:
    conversation = stage.add_conversation(heard=25 * 3600)
    rows = [stage.add_message(conversation, text) for text in ("One", "Two")]
    stage.send()
    assert [stage.row(row).status for row in rows] == ["held", "held"]
    assert stage.accepted() == []
    assert len(stage.rows("alert_staff")) == 1


def test_outside_the_window_an_approved_template_says_it(stage: Stage) -> None:
    body = {"twilio/text": {"body": "Hello {{1}}, shall we go on with your solar plan?"}}
    contents = stage.context.channel.contents  # type: ignore[union-attr]
    content_id = contents.create_content(body, "en", "nudge_en", ("Alice",))
    contents.request_approval(content_id, "nudge_en", "utility")
    conversation = stage.add_conversation(heard=25 * 3600)
    _add_template(stage, content_id, "approved")
    row_id = stage.add_message(conversation, "Shall we?", payload={"template": "nudge", "variables": ["Alice"]})
    stage.send()
    row = stage.row(row_id)
    assert (row.status, row.content_id) == ("done", content_id)
    assert stage.accepted() == ["Hello Alice, shall we go on with your solar plan?"]


def test_a_template_that_is_not_approved_is_not_sent(stage: Stage) -> None:
    conversation = stage.add_conversation(heard=25 * 3600)
    _add_template(stage, "HX" + "0" * 32, "pending")
    row_id = stage.add_message(conversation, payload={"template": "nudge"})
    stage.send()
    assert stage.row(row_id).status == "held"


def test_buttons_become_content_once(stage: Stage) -> None:
    conversation = stage.add_conversation()
    options = [{"is": "Option", "id": f"owner={value}", "title": value, "description": ""} for value in ("yes", "no")]
    for text in ("Do you own it?", "Once more: do you own it?"):
        stage.add_message(conversation, text, payload={"options": options})
    stage.send()
    entries = stage.sandbox.world.ledger.entries("message_accepted")
    assert [entry["body"] for entry in entries] == ["Do you own it?", "Once more: do you own it?"]
    assert [len(entry["shape"]["actions"]) for entry in entries] == [2, 2]
    assert len({entry["content_sid"] for entry in entries}) == 1


MENU = {"options": [{"id": "roof=tile", "title": "Tile"}, {"id": "roof=metal", "title": "Metal"}]}


def test_a_menu_at_fault_is_stopped_and_numbered(stage: Stage) -> None:
    """It is gone at Twilio, and another process has yet to find out."""
    conversation = stage.add_conversation()
    stage.add_message(conversation, "Which roof?", payload=MENU)
    stage.send()
    stage.change(Content, 1, external_id="HX" + "0" * 32)
    stage.context.menus = MenuBook()
    stage.add_message(conversation, "Once more?", payload=MENU)
    stage.send()
    assert stage.accepted()[1] == "Once more?\n\n1. Tile\n2. Metal"
    assert read_content(stage).approval == "stopped"
    for _ in range(2):  # made anew once, and kept for every process
        stage.context.menus = MenuBook()
        stage.add_message(conversation, "Which roof?", payload=MENU)
        stage.send()
    assert len(stage.sandbox.world.ledger.entries("content_created")) == 2
    assert read_content(stage).approval == ""


def test_a_refusal_that_is_not_about_the_menu_leaves_it_alone(stage: Stage) -> None:
    conversation = stage.add_conversation()
    stage.add_message(conversation, "Which roof?", payload=MENU)
    stage.send()
    stage.context.channel = open_twilio(replace(stage.context.settings, twilio_auth_token=("wrong",)))
    row_id = stage.add_message(conversation, "Once more?", payload=MENU)
    stage.send()
    row = stage.row(row_id)
    assert (row.status, row.error_code, row.attempts) == ("parked", "20003", 1)
    assert read_content(stage).approval == ""


def read_content(stage: Stage) -> Any:
    with stage.engine.connect() as connection:
        return connection.execute(select(Content.__table__)).one()


def test_where_content_cannot_be_had_the_options_are_numbered(stage: Stage) -> None:
    stage.add_fault("content.create", "error_before", count=None)
    conversation = stage.add_conversation()
    options = [{"id": "roof=tile", "title": "Tile"}, {"id": "roof=metal", "title": "Metal"}]
    stage.add_message(conversation, "Which roof?", payload={"options": options})
    stage.send()
    assert stage.accepted() == ["Which roof?\n\n1. Tile\n2. Metal"]


PICTURE = {
    "options": [{"id": "decision=accept", "title": "Accept"}, {"id": "decision=later", "title": "Not now"}],
    "media_url": "https://example.com/files/t0ken/usage.png",
}


def test_a_picture_comes_with_its_buttons(stage: Stage) -> None:
    conversation = stage.add_conversation()
    stage.add_message(conversation, "Your proposal is ready.", payload=PICTURE)
    stage.send()
    assert stage.accepted() == ["Your proposal is ready."]
    (content,) = stage.sandbox.world.store.contents.values()
    assert content.types["twilio/card"]["media"] == ["https://example.com/{{2}}"]


def test_where_no_card_can_be_had_the_picture_comes_with_numbered_lines(stage: Stage) -> None:
    stage.add_fault("content.create", "error_before", count=None)
    conversation = stage.add_conversation()
    stage.add_message(conversation, "Your proposal is ready.", payload=PICTURE)
    stage.send()
    assert stage.accepted() == ["Your proposal is ready.\n\n1. Accept\n2. Not now"]


def test_a_refused_rate_is_tried_again(stage: Stage) -> None:
    stage.add_fault("messages.create", "rate_limit", seconds=0.0)
    conversation = stage.add_conversation()
    row_id = stage.add_message(conversation, "Hello")
    stage.send()
    row = stage.row(row_id)
    if row.status == "ready":  # the sandbox asked for a pause
        stage.change(OutboxRow, row_id, due_at=datetime.now(UTC) - timedelta(seconds=1))
        stage.send()
    assert stage.row(row_id).status == "done"
    assert stage.row(row_id).attempts == 2
    assert stage.accepted() == ["Hello"]


def test_a_definite_refusal_is_parked_with_its_reason(stage: Stage) -> None:
    conversation = stage.add_conversation(reply_to="whatsapp:nobody")
    row_id = stage.add_message(conversation)
    later = stage.add_message(conversation, "goes on")
    stage.send()
    row = stage.row(row_id)
    assert (row.status, row.error_code) == ("parked", "21211")
    assert stage.row(later).status == "parked"


def test_a_contact_is_not_flooded(stage: Stage) -> None:
    conversation = stage.add_conversation(pace_tokens=2.0, pace_at=datetime.now(UTC))
    rows = [stage.add_message(conversation, f"m{number}") for number in range(4)]
    stage.send()
    assert [stage.row(row).status for row in rows] == ["done", "done", "ready", "ready"]
    due = stage.row(rows[2]).due_at
    due = due if due.tzinfo else due.replace(tzinfo=UTC)
    assert timedelta(seconds=3) < due - datetime.now(UTC) <= timedelta(seconds=6)


def test_a_retry_keeps_later_messages_waiting(stage: Stage) -> None:
    conversation = stage.add_conversation()
    stage.add_message(conversation, "first", due_at=datetime.now(UTC) + timedelta(hours=1))
    second = stage.add_message(conversation, "second")
    stage.send()
    assert stage.row(second).status == "ready"
    assert stage.accepted() == []


def test_a_held_message_keeps_nobody_waiting(stage: Stage) -> None:
    conversation = stage.add_conversation()
    stage.add_message(conversation, "old", status="held")
    stage.add_message(conversation, "Call 911", payload={"always": True})
    stage.send()
    assert stage.accepted() == ["Call 911"]


def test_two_processes_send_once(stage: Stage) -> None:
    conversations = [stage.add_conversation(f"+1415555{number:04}") for number in range(200, 212)]
    for conversation in conversations:
        for number in range(3):
            stage.add_message(conversation, f"{conversation}/{number}")
    others = [threading.Thread(target=stage.send) for _ in range(2)]
    for thread in others:
        thread.start()
    for thread in others:
        thread.join()
    stage.send()
    accepted = [entry["body"] for entry in stage.sandbox.world.ledger.entries("message_accepted")]
    assert len(accepted) == len(set(accepted)) == 36
    for conversation in conversations:
        own = [body for body in accepted if body.startswith(f"{conversation}/")]
        assert own == [f"{conversation}/{number}" for number in range(3)]


def _add_template(stage: Stage, content_id: str, approval: str) -> None:
    with stage.engine.begin() as connection:
        keep_content(
            connection,
            account=stage.context.account,
            purpose="template",
            structure_hash=content_id,
            key="nudge",
            language="en",
            external_id=content_id,
            approval=approval,
        )


def test_a_process_that_stood_still_sends_nothing_late(stage: Stage) -> None:
    """Its lease may be over by now and the message on its way by other hands."""
    row_id = stage.add_message(stage.add_conversation(), "too late")
    with stage.engine.connect() as connection:
        [row] = list_candidates(connection, 1)
    ready = commit_intent(stage.context, row, time.monotonic())
    assert ready is not None
    outcome = send_message.run(stage.context, replace(ready, start_by=time.monotonic() - 1))
    assert outcome.status == "retry"
    assert stage.accepted() == []
    assert stage.row(row_id).status == "sending"


def test_a_row_is_claimed_by_one_only(stage: Stage) -> None:
    stage.add_message(stage.add_conversation(), "once")
    with stage.engine.connect() as connection:
        [row] = list_candidates(connection, 1)
    assert commit_intent(stage.context, row, time.monotonic()) is not None
    assert commit_intent(stage.context, row, time.monotonic()) is None


def test_a_take_over_between_reading_and_intent_wins(stage: Stage) -> None:
    conversation = stage.add_conversation()
    row_id = stage.add_message(conversation, "the bot speaks")
    with stage.engine.connect() as connection:
        [row] = list_candidates(connection, 1)
    stage.change(Conversation, conversation, epoch=1, control="staff")
    assert commit_intent(stage.context, row, time.monotonic()) is None
    stage.send()
    assert stage.row(row_id).status == "cancelled"


def test_an_opt_out_between_reading_and_intent_wins(stage: Stage) -> None:
    row_id = stage.add_message(stage.add_conversation(), "the bot speaks")
    with stage.engine.connect() as connection:
        [row] = list_candidates(connection, 1)
    stage.change(Contact, 1, opted_out_at=datetime.now(UTC))
    assert commit_intent(stage.context, row, time.monotonic()) is None
    stage.send()
    assert stage.row(row_id).status == "cancelled"


def test_what_was_held_may_not_join_what_is_in_flight(stage: Stage) -> None:
    """Read while the first was in flight, held until a moment ago: it waits its turn."""
    conversation = stage.add_conversation()
    first = stage.add_message(conversation, "old", status="held")
    second = stage.add_message(conversation, "Call 911", payload={"always": True})
    with stage.engine.connect() as connection:
        [row] = list_candidates(connection, 1)
        assert row.id == second
    with stage.engine.begin() as connection:
        release_held(connection, conversation)
    with stage.engine.connect() as connection:
        [older] = list_candidates(connection, 1)
    assert older.id == first
    assert commit_intent(stage.context, row, time.monotonic()) is not None
    assert commit_intent(stage.context, older, time.monotonic()) is None


def test_a_row_that_cannot_be_judged_keeps_nobody_waiting(stage: Stage) -> None:
    """An alert that does not know its address, and would have to hand on to the next one."""
    broken = stage.add_message(stage.add_conversation(ALICE, heard=None), "alert", payload={"alert": 99})
    stage.add_message(stage.add_conversation(BOB), "Hello Bob")
    stage.send()
    assert stage.accepted(BOB) == ["Hello Bob"]
    assert (stage.row(broken).status, stage.row(broken).error_code) == ("parked", "broken")
    assert "KeyError" in stage.row(broken).error


def test_a_contact_who_writes_before_the_verdict_is_not_waited_for(stage: Stage) -> None:
    """Their turn looks for what is held before it is: what was read earlier holds nothing."""
    conversation = stage.add_conversation(heard=25 * 3600)
    row_id = stage.add_message(conversation, "Shall we go on?")
    with stage.engine.connect() as connection:
        [row] = list_candidates(connection, 1)
    stage.write(ALICE, text="hello again")
    stage.change(Conversation, conversation, heard_at=datetime.now(UTC))
    assert commit_intent(stage.context, row, time.monotonic()) is None
    assert stage.row(row_id).status == "ready"
    stage.send()
    assert stage.accepted() == ["Shall we go on?"]
    assert stage.rows("alert_staff") == []


def test_a_contact_who_writes_during_the_call_is_not_waited_for(stage: Stage) -> None:
    conversation = stage.add_conversation()
    row_id = stage.add_message(conversation)
    with stage.engine.connect() as connection:
        [row] = list_candidates(connection, 1)
    ready = commit_intent(stage.context, row, time.monotonic())
    assert ready is not None
    stage.change(Conversation, conversation, heard_at=datetime.now(UTC))
    assert settle(stage.context, ready.claim, hold("refused outside the window", "63016"))
    assert stage.row(row_id).status == "ready"
