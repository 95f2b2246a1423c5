"""Staff own a conversation's replies from the commit in which they take it."""

import pytest
from sqlalchemy import Engine, update

from bot import handoff
from bot.vendor_news import News, record_news
from db.outbox import OWNER_CHANGED, OutboxRow
from db.types import now
from tests.bot.desk import Desk


def test_take_starts_a_new_epoch_and_is_kept(engine: Engine) -> None:
    desk = Desk(engine)
    desk.talk("hi")
    handoff.take(engine, 1, "Alice")
    held = desk.conversation(1)
    assert (held.control, held.owner, held.epoch) == ("staff", "Alice", 1)
    assert (desk.inbox()[-1].kind, desk.inbox()[-1].status) == ("staff", "done")
    desk.talk("hello?")
    assert len(desk.outbox()) == 1


@pytest.mark.parametrize(("lease_seconds", "silent"), [(60, False), (-1, True)])
def test_take_waits_for_a_call_that_is_on_its_way(engine: Engine, lease_seconds: float, silent: bool) -> None:
    desk = Desk(engine)
    desk.talk("hi")
    with engine.begin() as connection:
        connection.execute(update(OutboxRow).values(status="sending", lease_until=now(lease_seconds)))
    assert handoff.await_silence(engine, 1, seconds=0.1) is silent


def test_a_reply_speaks_in_every_epoch(engine: Engine) -> None:
    desk = Desk(engine)
    desk.talk("hi")
    handoff.take(engine, 1, "Alice")
    assert handoff.reply(engine, 1, "Good morning!") == 1
    row = desk.outbox()[-1]
    assert (row.epoch, row.status, row.payload["text"]) == (None, "ready", "Good morning!")
    assert row.key.startswith("staff:")


def test_nobody_is_written_to_after_stop(engine: Engine) -> None:
    desk = Desk(engine)
    desk.talk("hi")
    handoff.take(engine, 1, "Alice")
    desk.talk("STOP")
    rows = len(desk.outbox())
    with pytest.raises(handoff.HandoffRefused, match="STOP"):
        handoff.reply(engine, 1, "Still there?")
    assert len(desk.outbox()) == rows


def test_a_long_reply_is_several_messages_in_order(engine: Engine) -> None:
    desk = Desk(engine)
    desk.talk("hi")
    handoff.take(engine, 1, "Alice")
    text = " ".join(f"Sentence number {number}." for number in range(200))
    assert handoff.reply(engine, 1, text) == 3
    pieces = [row.payload["text"] for row in desk.outbox()[1:]]
    assert " ".join(pieces) == text


def test_giving_back_lets_the_bot_speak(engine: Engine) -> None:
    desk = Desk(engine)
    desk.talk("hi", "I want to talk to a person")
    handoff.take(engine, 1, "Alice")
    handoff.give_back(engine, 1, "Alice")
    desk.taker.drain(10)
    held = desk.conversation(1)
    assert (held.control, held.owner, held.epoch, held.state["control"]) == ("bot", "", 3, "bot")
    assert (desk.outbox()[-1].epoch, desk.outbox()[-1].payload["keys"][0]) == (3, "handoff_returned")


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        (lambda engine: handoff.take(engine, 9, "Alice"), "no conversation 9"),
        (lambda engine: handoff.reply(engine, 9, "hello"), "no conversation 9"),
        (lambda engine: handoff.reply(engine, 1, "hello"), "take it first"),
        (lambda engine: handoff.give_back(engine, 1, "Alice"), "already"),
        (lambda engine: handoff.ask_assessment(engine, 9, "Alice"), "no conversation 9"),
        (lambda engine: handoff.ask_assessment(engine, 1, "Alice"), "no confirmed project"),
    ],
)
def test_what_cannot_be_done_is_said(engine: Engine, what: object, sentence: str) -> None:
    desk = Desk(engine)
    desk.talk("hi")
    with pytest.raises(handoff.HandoffRefused, match=sentence):
        what(engine)  # type: ignore[operator]
    assert len(desk.outbox()) == 1


def test_staff_have_the_bot_ask_about_the_site(engine: Engine) -> None:
    desk = Desk(engine)
    conversation = desk.confirm_project()
    handoff.ask_assessment(engine, conversation, "Alice")
    desk.taker.drain(10)
    message = desk.outbox()[-1].payload
    assert (message["template"], message["unprompted"]) == ("assessment_wanted", True)
    assert desk.conversation(conversation).state["asked"]["item"] == "visit_day"


def tell(desk: Desk, key: str, *news: News) -> None:
    with desk.engine.begin() as connection:
        record_news(connection, key, 1, "opensolar", 1, news)
    assert desk.taker.drain(10)


def test_news_that_a_take_over_kept_back_is_recapped_once(engine: Engine) -> None:
    desk = Desk(engine)
    desk.confirm_project()
    tell(desk, "1", News("design_ready", {"kw": 6.2}))
    with engine.begin() as connection:
        connection.execute(update(OutboxRow).values(status="done"))
    tell(desk, "2", News("proposal_ready", {"url": "https://example.com/p/1"}))
    handoff.take(engine, 1, "Alice")
    cancelled = update(OutboxRow).where(OutboxRow.id == desk.outbox()[-1].id)
    with engine.begin() as connection:
        connection.execute(cancelled.values(status="cancelled", error=OWNER_CHANGED))
    for recapped in (True, False):
        handoff.give_back(engine, 1, "Alice")
        desk.taker.drain(10)
        message = desk.outbox()[-1].payload
        assert (message["template"] == "handoff_returned_news") is recapped
        assert ("https://example.com/p/1 with" in message["text"]) is recapped
        assert "design" not in message["text"]
        handoff.take(engine, 1, "Alice")
