"""Calls are on record, paid out of a budget that outlives the process, and never made twice for the same words."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from bot.understand import Budget, Understander
from db.erasure import erase_contact, find_contact
from db.inbox import InboxRow
from db.model_calls import ModelCall
from db.outbox import OutboxRow
from db.thinning import thin_out
from integrations.llm.model import ModelError, Spent
from tests.bot.desk import ALICE, BOB, Desk, count_statements
from tests.understand.scripted import SIGN, ScriptedModel, fail, list_commands, say
from tools.replay import replay

OTHER = "round these parts everybody knows me for the prize pumpkins"
COST = 21
"""Thousandths of a cent of 1,000 tokens in and 100 out at gpt-4o-mini's price."""


def open_desk(engine: Engine, model: ScriptedModel, contact_cents: float = 10.0, daily_cents: float = 500.0) -> Desk:
    desk = Desk(engine)
    budget = Budget(contact_cents, daily_cents)
    understander = Understander(engine, model, ("gpt-4o-mini",), budget, 1.0, desk.rings.append)
    return Desk(engine, understander)


def list_calls(desk: Desk) -> list[Any]:
    return desk.read(ModelCall)


def read_model(desk: Desk, row: int = -1) -> dict[str, Any]:
    return dict(desk.inbox()[row].reading["model"])


def test_a_call_is_on_record(engine: Engine) -> None:
    desk = open_desk(engine, say(("set", "name", "Dolly Example"), ("set", "name", "Eve Example")))
    conversation = desk.talk("hi", SIGN)
    [call] = list_calls(desk)
    assert (call.conversation_id, call.inbox_id) == (conversation, desk.inbox()[1].id)
    assert (call.vendor, call.model, call.outcome, call.cached) == ("openai", "gpt-4o-mini", "answered", False)
    assert (call.tokens_in, call.tokens_out, call.cost) == (1000, 100, COST)
    assert call.prompt_version.startswith("1-")
    proposed = [{"command": "set", "slot": "name", "words": "Dolly Example"}]
    assert call.proposals == proposed
    kept = read_model(desk)
    assert (kept["outcome"], kept["proposals"], kept["prompt"]) == ("answered", proposed, call.prompt_version)
    assert [each["value"] for each in kept["taken"]] == ["Dolly Example"]
    assert "Dolly Example" in desk.outbox()[-1].payload["text"]


@pytest.mark.parametrize("tokens", [(0, 0), (-(10**9), -5), (10, -(10**9))])
def test_tokens_that_cannot_be_give_nothing_back(engine: Engine, tokens: tuple[int, int]) -> None:
    model = say(("set", "name", "Dolly Example"))
    model.tokens = tokens
    desk = open_desk(engine, model)
    desk.talk("hi", SIGN)
    assert list_calls(desk)[0].cost > 0


@pytest.mark.parametrize("answer", ["late", "broken", "in time"])
def test_one_slow_or_failed_call_is_the_last_of_its_claim(engine: Engine, answer: str) -> None:
    """What else the contact wrote meanwhile is read by rules alone, so that nobody waits for all of it."""

    def reply(_: str) -> dict[str, Any]:
        if answer == "broken":
            raise ModelError("server", "openai is unwell.")
        threading.Event().wait(0.05 if answer == "late" else 0)
        return list_commands()

    model = ScriptedModel(reply)
    deadline = 0.05 if answer == "late" else 60.0
    desk = Desk(engine)
    desk = Desk(engine, Understander(engine, model, ("gpt-4o-mini",), Budget(10, 500), deadline, desk.rings.append))
    desk.talk("hi")
    desk.hear(SIGN, OTHER)
    assert desk.taker.take_next()
    assert [row.status for row in desk.inbox()] == ["done"] * 3
    assert len(model.asked) == (2 if answer == "in time" else 1)
    desk.talk(f"{OTHER} indeed")
    assert len(model.asked) == (3 if answer == "in time" else 2)


def test_turns_that_ask_nobody_cost_what_they_did(engine: Engine) -> None:
    model = say()
    desk = open_desk(engine, model)
    desk.talk("hi")
    desk.hear("Maria Lopez")
    with count_statements(engine) as counts:
        desk.taker.take_next()
    assert counts == {"statements": 5, "commits": 2}
    assert not model.asked and not list_calls(desk)
    assert "model" not in desk.inbox()[-1].reading


def test_no_transaction_is_open_during_a_call(engine: Engine) -> None:
    open_then: list[int] = []

    def look(_: str) -> dict[str, Any]:
        open_then.append(engine.pool.checkedout())  # type: ignore[attr-defined]
        return list_commands()

    open_desk(engine, ScriptedModel(look)).talk("hi", SIGN)
    assert open_then == [0]


def test_the_same_words_in_the_same_place_are_asked_about_once(engine: Engine) -> None:
    model = say(("set", "name", "Dolly Example"))
    desk = open_desk(engine, model)
    for phone in (ALICE, BOB):
        desk.talk("hi", SIGN, phone=phone)
    assert len(model.asked) == 1
    first, second = list_calls(desk)
    assert (first.cached, second.cached) == (False, True)
    assert (second.cost, second.tokens_in, second.proposals) == (0, 0, first.proposals)
    assert read_model(desk)["taken"] == read_model(desk, 1)["taken"]


def test_an_answer_grows_old(engine: Engine) -> None:
    model = say(("set", "name", "Dolly Example"))
    desk = open_desk(engine, model)
    desk.talk("hi", SIGN)
    with engine.begin() as connection:
        connection.execute(update(ModelCall).values(started_at=datetime.now(UTC) - timedelta(days=31)))
    desk.talk("hi", SIGN, phone=BOB)
    assert len(model.asked) == 2


@pytest.mark.parametrize(("ended", "outcome", "taken"), [("answered", "answered", 1), ("begun", "again", 0)])
def test_a_turn_that_is_taken_again_asks_nobody_again(engine: Engine, ended: str, outcome: str, taken: int) -> None:
    """A process ended between its call and its commit, or during the call."""
    model = say(("set", "name", "Dolly Example"))
    desk = open_desk(engine, model)
    desk.talk("hi", SIGN)
    last = desk.inbox()[-1].id
    with engine.begin() as connection:
        connection.execute(update(ModelCall).values(outcome=ended))
        connection.execute(update(InboxRow).where(InboxRow.id == last).values(status="ready"))
    assert open_desk(engine, model).taker.drain(10)
    assert len(model.asked) == 1
    kept = read_model(desk)
    assert (kept["outcome"], len(kept["proposals"])) == (outcome, taken)


def list_alerts(desk: Desk, reason: str) -> list[str]:
    return [row.payload["summary"] for row in desk.outbox("alert_staff") if row.payload["reason"] == reason]


@pytest.mark.parametrize(
    ("contact_cents", "daily_cents", "whose"), [(0.25, 500, "one contact"), (10, 0.25, "this install")]
)
def test_a_spent_budget_means_rules_alone_and_one_alert(
    engine: Engine, contact_cents: float, daily_cents: float, whose: str
) -> None:
    model = say()
    model.tokens = (10_000, 1_000)  # 0.21 cents
    desk = open_desk(engine, model, contact_cents, daily_cents)
    desk.talk("hi", SIGN)
    assert len(model.asked) == 1
    desk.taker = open_desk(engine, model, contact_cents, daily_cents).taker  # as after a restart
    desk.talk(OTHER, OTHER + " again", OTHER + " and again")
    assert len(model.asked) == 1
    assert read_model(desk)["outcome"] == "budget"
    [summary] = list_alerts(desk, "model_budget")
    assert whose in summary
    assert all(row.reading["commands"] for row in desk.inbox()[1:])
    bob = len(model.asked)
    desk.talk("hi", OTHER, phone=BOB)
    assert (len(model.asked) > bob) == (whose == "one contact")


def test_yesterday_is_not_counted(engine: Engine) -> None:
    model = say()
    model.tokens = (10_000, 1_000)
    desk = open_desk(engine, model, contact_cents=0.25)
    desk.talk("hi", SIGN)
    with engine.begin() as connection:
        connection.execute(update(ModelCall).values(started_at=datetime.now(UTC) - timedelta(days=1, seconds=1)))
    desk.talk(OTHER)
    assert len(model.asked) == 2


@pytest.mark.parametrize(
    ("error", "cost"),
    [
        (ModelError("rate", "openai asks for fewer calls (429).", 1.0), 0),
        (
            ModelError("schema", "openai's answer breaks the schema.", spent=Spent("openai", "gpt-4o-mini", 1000, 100)),
            COST,
        ),
    ],
    ids=["nothing spent", "spent in vain"],
)
def test_a_failed_call_is_on_record(engine: Engine, error: ModelError, cost: int) -> None:
    desk = open_desk(engine, fail(error))
    desk.talk("hi", SIGN)
    [call] = list_calls(desk)
    assert (call.outcome, call.cost, call.proposals) == (error.code, cost, None)
    assert read_model(desk)["taken"] == []


def test_a_refused_key_is_told_to_staff_once_a_day(engine: Engine) -> None:
    desk = open_desk(engine, fail(ModelError("auth", "openai does not take our key (401): set a valid one.")))
    desk.talk("hi", SIGN, OTHER, OTHER + " again")
    [summary] = list_alerts(desk, "model_failed")
    assert "does not take our key" in summary
    assert SIGN not in summary


def test_a_replay_asks_nobody_and_finds_nothing(engine: Engine, database_url: str) -> None:
    desk = open_desk(engine, say(("set", "name", "Dolly Example")))
    desk.talk("hi", SIGN, "123 Main Street, Austin TX 78701", OTHER, "I own it")
    assert len(list_calls(desk)) == 2
    assert [str(each) for each in replay(database_url)] == []
    without = {name: value for name, value in desk.inbox()[1].reading.items() if name != "model"}
    with engine.begin() as connection:
        connection.execute(update(InboxRow).where(InboxRow.turn == 2).values(reading=without))
    assert {each.what for each in replay(database_url)} >= {"commands"}


def test_calls_are_thinned_out(engine: Engine) -> None:
    desk = open_desk(engine, say())
    desk.talk("hi", SIGN, OTHER)
    first = list_calls(desk)[0].id
    with engine.begin() as connection:
        old = datetime.now(UTC) - timedelta(days=91)
        connection.execute(update(ModelCall).where(ModelCall.id == first).values(started_at=old))
    assert thin_out(engine)["model_calls"] == 1
    assert len(list_calls(desk)) == 1


def test_calls_go_with_their_contact(engine: Engine) -> None:
    desk = open_desk(engine, say(("set", "name", "Dolly Example")))
    for phone in (ALICE, BOB):
        desk.talk("hi", SIGN, phone=phone)
    with engine.begin() as connection:
        alice = find_contact(connection, ALICE)
        assert alice is not None
        erase_contact(connection, alice)
    [left] = list_calls(desk)
    assert left.conversation_id == desk.hear("hello", phone=BOB)


def test_nothing_of_a_call_is_sent_to_the_contact(engine: Engine) -> None:
    """The prompt and what a model wrote are in no message and in no alert."""
    desk = open_desk(engine, say(("ask", "moving", SIGN), ("handoff", "", "You read messages")))
    desk.talk("hi", SIGN)
    with engine.connect() as connection:
        payloads = str(connection.execute(select(OutboxRow.payload)).all())
    assert "You read messages" not in payloads and "closed list" not in payloads
