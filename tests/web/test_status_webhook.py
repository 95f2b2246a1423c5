"""A status callback is kept as it came and raises its message's status, whatever the order of arrival."""

from typing import Any

import pytest
from sqlalchemy import insert, select, update

from db.outbox import MessageStatus, OutboxRow
from db.types import now
from tests.bot.desk import Desk, count_statements
from tests.web.caller import MESSAGE, STATUS, Caller, message

SENT = "SM" + "5" * 32
OTHER = "SM" + "6" * 32


def add_message(caller: Caller, **columns: Any) -> int:
    caller.post(MESSAGE, message())
    values = {
        "key": "1:1:0",
        "conversation_id": 1,
        "kind": "send_message",
        "payload": {},
        "epoch": 0,
        "intent_at": now(),
    }
    with caller.engine.begin() as connection:
        return int(connection.execute(insert(OutboxRow).values(**{**values, **columns})).inserted_primary_key[0])


def report(caller: Caller, status: str, row: int | str = 1, sid: str = SENT, **more: str) -> int:
    return caller.post(f"{STATUS}?m={row}", {"MessageSid": sid, "MessageStatus": status, **more}).status_code


def outbox(caller: Caller) -> Any:
    return Desk(caller.engine).outbox()[0]


@pytest.mark.parametrize(
    ("heard", "status"),
    [
        (["queued", "sent", "delivered", "read"], "read"),
        (["read", "sent", "delivered"], "read"),
        (["delivered", "delivered", "queued"], "delivered"),
        (["sent", "failed"], "failed"),
    ],
)
def test_statuses_are_applied_by_rank(caller: Caller, heard: list[str], status: str) -> None:
    add_message(caller, status="done", external_id=SENT)
    assert [report(caller, each) for each in heard] == [200] * len(heard)
    assert outbox(caller).message_status == status
    with caller.engine.connect() as connection:
        kept = list(connection.execute(select(MessageStatus.status).order_by(MessageStatus.id)).scalars())
    assert kept == heard


@pytest.mark.parametrize("status", ["sending", "unknown"])
def test_a_callback_settles_a_message_whose_outcome_was_open(caller: Caller, status: str) -> None:
    add_message(caller, status=status, attempts=1, lease_until=now(30))
    report(caller, "queued")
    row = outbox(caller)
    assert (row.status, row.external_id, row.lease_until) == ("done", SENT, None)


def test_a_callback_settles_what_was_parked_in_doubt(caller: Caller) -> None:
    add_message(caller, status="parked", error_code="uncertain", attempts=1)
    report(caller, "delivered")
    assert (outbox(caller).status, outbox(caller).external_id) == ("done", SENT)


def test_a_callback_leaves_alone_what_was_parked_for_another_reason(caller: Caller) -> None:
    add_message(caller, status="parked", error_code="63024", external_id=SENT, message_status="failed", message_rank=9)
    report(caller, "sent")
    assert outbox(caller).status == "parked"


def test_a_callback_stops_a_second_attempt(caller: Caller) -> None:
    """An attempt of which nothing was heard was given up; then its callback comes."""
    add_message(caller, status="ready", attempts=2)
    report(caller, "sent")
    assert outbox(caller).status == "done"


def test_a_late_callback_of_an_earlier_attempt_changes_nothing(caller: Caller) -> None:
    add_message(caller, status="done", external_id=SENT)
    report(caller, "failed", ErrorCode="63016")
    with caller.engine.begin() as connection:
        again = {"status": "sending", "external_id": None, "message_status": "", "message_rank": 0, "intent_at": now(1)}
        connection.execute(update(OutboxRow).values(**again))
    report(caller, "failed", ErrorCode="63016")
    assert (outbox(caller).status, outbox(caller).external_id) == ("sending", None)


def test_a_failure_has_a_consequence_to_draw(caller: Caller) -> None:
    add_message(caller, status="done", external_id=SENT)
    report(caller, "delivered")
    assert caller.count_jobs("sends") == 0
    report(caller, "failed", ErrorCode="63024")
    assert caller.count_jobs("sends") == 1
    with caller.engine.connect() as connection:
        still_open = select(MessageStatus.status, MessageStatus.code).where(MessageStatus.handled_at.is_(None))
        assert [tuple(row) for row in connection.execute(still_open)] == [("failed", "63024")]


def test_a_status_costs_one_commit(caller: Caller) -> None:
    add_message(caller)
    with count_statements(caller.engine) as counts:
        report(caller, "sent")
    assert counts == {"statements": 2, "commits": 1}


@pytest.mark.parametrize("row", ["", "99", "x", "9" * 40, "-1"])
def test_a_status_of_an_unknown_message_is_kept(caller: Caller, row: str) -> None:
    assert report(caller, "sent", row) == 200
    assert [each.outbox_id for each in Desk(caller.engine).read(MessageStatus)] == [None]


def test_a_status_without_our_id_finds_its_message(caller: Caller) -> None:
    add_message(caller, status="done", external_id=SENT)
    report(caller, "read", "")
    assert outbox(caller).message_status == "read"


def test_an_id_that_another_message_has_is_not_taken(caller: Caller) -> None:
    add_message(caller, key="1:1:1", status="done", external_id=OTHER)
    second = add_message(caller, key="1:1:2", status="sending")
    assert report(caller, "sent", second, OTHER) == 200
    assert Desk(caller.engine).outbox()[1].external_id is None


def test_refusals(caller: Caller) -> None:
    form = {"MessageSid": SENT, "MessageStatus": "sent"}
    assert caller.client.post(STATUS, data=form).status_code == 403
    assert caller.post(STATUS, {"MessageSid": SENT}).status_code == 400
    assert caller.post(STATUS, {"MessageStatus": "sent"}).status_code == 400
