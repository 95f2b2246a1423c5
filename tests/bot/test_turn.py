"""One event at a time for one conversation, written whole or not at all."""

import threading
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from bot import handoff, rings
from bot.turn import MOST_CLAIMS
from bot.typing import TypingWatch
from bot.understand import Understood, understand
from db.conversations import Conversation
from db.outbox import OutboxRow
from db.parked import retry_event
from db.projects import Consent, Project
from db.types import now
from flows.state import State
from tests.bot.desk import ALICE, BOB, Desk, count_statements


class Reader:
    """Reads as the rules do, after `before(text)`."""

    def __init__(self, before: Any) -> None:
        self.before = before

    def __call__(self, kind: str, sid: str, payload: Any, state: State, on_duty: bool, today: date) -> Understood:
        self.before(payload.get("text", ""))
        return understand(kind, sid, payload, state, on_duty, today)


def change(engine: Engine, **values: Any) -> None:
    with engine.begin() as connection:
        connection.execute(update(Conversation).values(**values))


def test_an_ordinary_turn_costs_five_statements_and_two_commits(engine: Engine) -> None:
    desk = Desk(engine)
    desk.talk("hi")
    desk.hear("Maria Lopez")
    with count_statements(engine) as counts:
        desk.taker.take_next()
    assert counts == {"statements": 5, "commits": 2}


def test_a_second_row_costs_three_statements_and_one_commit(engine: Engine) -> None:
    desk = Desk(engine)
    desk.hear("hi", "Maria Lopez")
    with count_statements(engine) as counts:
        desk.taker.take_next()
    assert counts == {"statements": 8, "commits": 3}


def test_two_quick_messages_are_both_answered_in_order(engine: Engine) -> None:
    desk = Desk(engine)
    desk.hear("hi", "My name is Maria Lopez")
    desk.taker.drain(10)
    assert [(row.status, row.turn) for row in desk.inbox()] == [("done", 1), ("done", 2)]
    assert [row.key for row in desk.outbox()] == ["1:1:0", "1:2:0"]
    assert "Maria" in desk.outbox()[1].payload["text"]


def test_conversations_wait_in_the_order_of_their_oldest_rows(engine: Engine) -> None:
    desk = Desk(engine)
    desk.hear("hi", phone=ALICE)
    desk.hear("hi", phone=BOB)
    desk.taker.take_next()
    assert [row.status for row in desk.inbox()] == ["done", "ready"]


def test_effects_ring_their_queues(engine: Engine) -> None:
    desk = Desk(engine)
    desk.talk("hi", "I want to talk to a person")
    assert desk.rings == ["sends", "sends", "vendors"]


def test_turns_of_one_conversation_share_a_ring(engine: Engine) -> None:
    desk = Desk(engine)
    desk.hear("hi", "Maria Lopez", "I want to talk to a person")
    desk.taker.take_next()
    assert sorted(set(desk.rings)) == ["sends", "vendors"]
    assert len(desk.rings) <= 4


def test_a_turn_that_takes_long_rings_before_the_next(engine: Engine) -> None:
    rung_by_then: list[int] = []
    desk = Desk(engine)

    def dawdle(text: str) -> None:
        rung_by_then.append(len(desk.rings))
        threading.Event().wait(2 * rings.QUICK_SECONDS)

    desk.taker = replace(desk.taker, understand=Reader(dawdle))
    desk.hear("hi", "Maria Lopez", "hello")
    desk.taker.take_next()
    assert rung_by_then == [0, 1, 2]


def test_a_leased_conversation_is_left_alone_until_the_lease_ends(engine: Engine) -> None:
    desk = Desk(engine)
    desk.hear("hi")
    change(engine, lease_until=now(60))
    assert not desk.taker.take_next()
    change(engine, lease_until=now(-1))
    assert desk.taker.take_next()
    assert desk.inbox()[0].status == "done"


def test_a_turn_that_outlived_its_lease_writes_nothing(engine: Engine) -> None:
    """The conversation went to another process, which handled the row: the slow turn is dropped."""
    quick = Desk(engine)

    def outlive(_: str) -> None:
        change(engine, lease_until=now(-1))
        quick.taker.take_next()

    slow = Desk(engine, Reader(outlive))
    slow.hear("hi")
    assert slow.taker.take_next()
    assert slow.rings == []
    assert [row.key for row in slow.outbox()] == ["1:1:0"]
    assert slow.conversation(1).turn == 1


def test_no_connection_is_held_while_reading(engine: Engine) -> None:
    open_connections = []
    desk = Desk(engine, Reader(lambda _: open_connections.append(engine.pool.checkedout())))  # type: ignore[attr-defined]
    desk.talk("hi")
    assert open_connections == [0]


def test_a_row_that_fails_is_parked_and_the_conversation_goes_on(engine: Engine) -> None:
    tried = []

    def stumble(text: str) -> None:
        if text == "poison":
            tried.append(text)
            raise ZeroDivisionError("no such number")

    desk = Desk(engine, Reader(stumble))
    desk.hear("hi", "poison", "Maria Lopez")
    assert desk.taker.drain(10)
    assert [(row.status, row.attempts, row.turn) for row in desk.inbox()] == [
        ("done", 0, 1), ("parked", 3, None), ("done", 0, 2),
    ]  # fmt: skip
    assert desk.inbox()[1].error == "ZeroDivisionError: no such number"
    assert len(tried) == 3
    assert [row.payload["reason"] for row in desk.outbox("alert_staff")] == ["parked"]
    assert "vendors" in desk.rings


def test_a_turn_that_outlived_its_lease_parks_nothing(engine: Engine) -> None:
    """The row is in other hands now, and may well be handled there."""

    def outlive(_: str) -> None:
        change(engine, lease_token=Conversation.lease_token + 1)
        raise ZeroDivisionError("no such number")

    slow = Desk(engine, Reader(outlive))
    slow.hear("hi")
    assert slow.taker.take_next()
    assert [(row.status, row.attempts) for row in slow.inbox()] == [("ready", 0)]
    assert slow.outbox("alert_staff") == []


def test_a_row_that_staff_try_again_in_vain_alerts_again(engine: Engine) -> None:
    desk = Desk(engine, Reader(lambda text: [][1] if text == "poison" else None))
    conversation = desk.talk("poison")
    [parked] = desk.inbox()
    with engine.begin() as connection:
        retry_event(connection, parked.id)
    desk.taker.drain(10)
    assert [row.status for row in desk.inbox()] == ["parked"]
    assert [row.conversation_id for row in desk.outbox("alert_staff")] == [conversation] * 2


def test_a_failing_last_row_gives_the_lease_back(engine: Engine) -> None:
    desk = Desk(engine, Reader(lambda text: [][1] if text == "poison" else None))
    desk.talk("poison", "hi")
    assert [row.status for row in desk.inbox()] == ["parked", "done"]


def test_a_row_that_ends_its_process_is_parked(engine: Engine) -> None:
    desk = Desk(engine)
    desk.hear("hi", "Maria Lopez")
    change(engine, claims=MOST_CLAIMS)
    assert desk.taker.drain(10)
    assert [row.status for row in desk.inbox()] == ["parked", "done"]
    assert desk.conversation(1).claims == 0


def test_a_take_over_during_a_turn_stands(engine: Engine) -> None:
    """The turn's state is kept; what it wanted to say belongs to an epoch that is over."""
    desk = Desk(engine, Reader(lambda _: handoff.take(engine, 1, "Alice")))
    desk.talk("hi")
    held = desk.conversation(1)
    assert (held.control, held.owner, held.epoch) == ("staff", "Alice", 1)
    assert [(row.epoch, row.status) for row in desk.outbox()] == [(0, "ready")]


def test_a_take_over_during_a_turn_that_hands_off_stands(engine: Engine) -> None:
    desk = Desk(engine, Reader(lambda _: handoff.take(engine, 1, "Alice")))
    desk.talk("I want to talk to a person")
    held = desk.conversation(1)
    assert (held.control, held.owner, held.epoch) == ("staff", "Alice", 1)
    assert {row.epoch for row in desk.outbox()} == {0}


def test_a_handoff_begins_in_the_commit_of_the_request(engine: Engine) -> None:
    desk = Desk(engine)
    desk.talk("hi", "I want to talk to a person")
    held = desk.conversation(1)
    assert (held.control, held.epoch) == ("staff", 1)
    assert [row.epoch for row in desk.outbox()] == [0, 1]
    desk.talk("are you there?")
    assert len(desk.outbox()) == 2


def test_no_answer_is_promised_where_the_bot_is_silent(engine: Engine) -> None:
    shown: list[str] = []
    seen = threading.Event()

    def show(message_id: str) -> None:
        shown.append(message_id)
        seen.set()

    desk = Desk(engine, Reader(lambda text: seen.wait(10 if text == "slow" else 0.1)), typing=TypingWatch(show, 0.01))
    desk.talk("slow")
    assert len(shown) == 1
    seen.clear()
    handoff.take(engine, 1, "Dana")
    desk.talk("anybody there?")
    handoff.give_back(engine, 1, "Dana")
    desk.talk("STOP")
    seen.clear()
    shown.clear()
    desk.talk("anything new?")
    assert shown == []


def test_columns_win_over_the_state(engine: Engine) -> None:
    desk = Desk(engine)
    desk.talk("hi")
    change(engine, control="staff")
    desk.talk("Maria Lopez")
    assert len(desk.outbox()) == 1


def test_stop_cancels_what_waits_in_the_same_commit(engine: Engine) -> None:
    desk = Desk(engine)
    desk.talk("hi")
    with engine.begin() as connection:
        connection.execute(update(OutboxRow).where(OutboxRow.kind == "send_message").values(status="held"))
    desk.talk("Maria Lopez", "STOP")
    *before, confirmation = desk.outbox()
    assert {row.status for row in before} == {"cancelled"}
    assert (confirmation.status, confirmation.epoch, confirmation.payload["always"]) == ("ready", None, True)
    assert desk.contact().opted_out_at is not None
    assert [(row.kind, row.wording, row.message_id) for row in desk.read(Consent)] == [("opt_out", "STOP", "SM3")]


def test_a_message_right_after_stop_gets_no_answer(engine: Engine) -> None:
    desk = Desk(engine)
    desk.hear("hi", "STOP", "Maria Lopez")
    desk.taker.drain(10)
    assert [row.payload["keys"] for row in desk.outbox() if row.status == "ready"] == [["optout.done"]]
    assert desk.contact().opted_out_at is not None


def test_start_brings_the_messages_back(engine: Engine) -> None:
    desk = Desk(engine)
    desk.talk("hi", "STOP", "START")
    assert desk.contact().opted_out_at is None
    assert [row.kind for row in desk.read(Consent)] == ["opt_out", "opt_in"]
    assert desk.outbox()[-1].status == "ready"


def test_safety_words_are_said_though_staff_own_the_conversation(engine: Engine) -> None:
    desk = Desk(engine)
    desk.talk("hi", "I want to talk to a person", "there are sparks and smoke coming from the panel")
    assert (desk.outbox()[-1].epoch, desk.outbox()[-1].payload["always"]) == (None, True)


def test_held_messages_go_out_when_the_contact_writes(engine: Engine) -> None:
    desk = Desk(engine)
    desk.talk("hi")
    with engine.begin() as connection:
        connection.execute(update(OutboxRow).values(status="held"))
    desk.hear("Maria Lopez")
    with count_statements(engine) as counts:
        desk.taker.take_next()
    assert counts == {"statements": 6, "commits": 2}
    assert [row.status for row in desk.outbox()] == ["ready", "ready"]


def test_a_confirmed_project_is_stored_with_its_consent(engine: Engine) -> None:
    desk = Desk(engine)
    desk.confirm_project()
    [project], [consent] = desk.read(Project), desk.read(Consent)
    assert (project.number, project.status, project.phone) == (1, "pending", ALICE)
    assert (project.street, project.city, project.monthly_bill_cents) == ("123 Main Street", "Austin", 18000)
    assert (consent.kind, consent.project_id, consent.message_id) == (
        "project",
        project.id,
        desk.inbox()[-1].external_id,
    )
    assert consent.wording and consent.version
    assert [len(desk.outbox(kind)) for kind in ("sync_project", "look_up_incentives", "alert_staff")] == [1, 1, 1]


def test_a_correction_updates_the_project_and_keeps_its_confirmation(engine: Engine) -> None:
    desk = Desk(engine)
    desk.confirm_project()
    [before] = desk.read(Project)
    desk.talk("actually my bill is $210")
    [project] = desk.read(Project)
    assert (project.monthly_bill_cents, project.confirmed_at) == (21000, before.confirmed_at)
    assert len(desk.read(Consent)) == 1


@pytest.mark.parametrize("kind", ["staff", "timer"])
def test_other_events_take_turns_too(engine: Engine, kind: str) -> None:
    from db.handoffs import insert_event

    payloads = {
        "staff": {"is": "HandoffReturned", "by": "Alice"},
        "timer": {"is": "TimerFired", "kind": "nudge", "turn": 1},
    }
    desk = Desk(engine)
    desk.talk("hi")
    with engine.begin() as connection:
        insert_event(connection, 1, kind, payloads[kind])
    desk.taker.drain(10)
    assert desk.inbox()[-1].turn == 2
    assert len(desk.outbox()) == 2


def test_the_clock_of_a_turn_is_the_database(engine: Engine) -> None:
    desk = Desk(engine)
    desk.talk("hi")
    with engine.connect() as connection:
        at = connection.execute(select(now())).scalar_one()
    assert 0 <= (at - desk.inbox()[0].done_at).total_seconds() < 5


def test_a_lingering_drain_takes_what_comes_meanwhile(engine: Engine) -> None:
    """The answer to the first message brings the second, as it does while a worker lingers."""
    desk = Desk(engine)

    def hear_more(queue: str) -> None:
        if len(desk.inbox()) == 1:
            threading.Timer(0.05, lambda: desk.hear("Maria Lopez")).start()

    desk.taker = replace(desk.taker, ring=hear_more)
    desk.hear("hi")
    assert desk.taker.drain(20, linger=1)
    assert [row.status for row in desk.inbox()] == ["done", "done"]
