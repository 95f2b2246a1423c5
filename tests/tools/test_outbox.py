"""Parked work is seen with its reason, tried again or dropped, and never repeated by accident."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from db.inbox import InboxRow
from db.outbox import OutboxRow
from tests.jobs.stage import BOB, Stage
from tools.outbox import main
from tools.sandbox.options import Options
from tools.sandbox.runner import run_sandbox


@pytest.fixture
def stage(sqlite_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("REDIS_URL", redis_url)
    with run_sandbox(Options(app_url="http://127.0.0.1:9", callbacks=())) as sandbox:
        made = Stage(sqlite_url, redis_url, sandbox)
        yield made
        made.close()


def park_event(stage: Stage) -> int:
    conversation = stage.add_conversation(BOB)
    values = {"conversation_id": conversation, "kind": "message", "payload": {"text": "hi"}, "status": "parked"}
    with stage.engine.begin() as connection:
        statement = insert(InboxRow).values(error="ValueError: no", attempts=3, **values)
        return int(connection.execute(statement).inserted_primary_key[0])


def test_the_list_names_what_waits_and_why(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    old = datetime.now(UTC) - timedelta(hours=3)
    stage.add_message(stage.add_conversation(), "Hello", status="parked", error="no such number", created_at=old)
    event = park_event(stage)
    assert main(["list", "--json"]) == 0
    effect, parked = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (effect["id"], effect["status"], effect["reason"], effect["about"]) == (
        "e1",
        "parked",
        "no such number",
        "Hello",
    )
    assert 10790 < effect["age_seconds"] < 10900
    assert (parked["id"], parked["kind"], parked["attempts"]) == (f"i{event}", "message", 3)
    main(["list"])
    assert "no such number" in capsys.readouterr().out


def test_an_empty_list_says_so(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    assert capsys.readouterr().out == "nothing waits for staff\n"


def test_a_retried_message_goes_out(stage: Stage) -> None:
    row_id = stage.add_message(stage.add_conversation(), "Hello", status="parked", error="x", attempts=12)
    assert main(["retry", f"e{row_id}"]) == 0
    assert stage.context.bell.redis.exists("bell:sends")
    stage.send()
    assert stage.accepted() == ["Hello"]


def test_a_message_that_was_accepted_once_becomes_a_new_row(stage: Stage) -> None:
    row_id = stage.add_message(
        stage.add_conversation(), "Hello", status="parked", external_id="SM1", message_status="failed"
    )
    main(["retry", f"e{row_id}"])
    assert [(row.status, row.external_id) for row in stage.rows()] == [("done", "SM1"), ("ready", None)]


@pytest.mark.parametrize("columns", [{"status": "unknown"}, {"status": "parked", "error_code": "uncertain"}])
def test_what_may_have_arrived_needs_a_yes(
    stage: Stage, columns: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    row_id = stage.add_message(stage.add_conversation(), "Hello", **columns)
    assert main(["retry", f"e{row_id}"]) == 1
    assert "--yes" in capsys.readouterr().err
    assert stage.row(row_id).status == columns["status"]
    assert main(["retry", "--yes", f"e{row_id}"]) == 0
    assert stage.row(row_id).status == "ready"


def test_what_a_take_over_has_silenced_is_refused(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    conversation = stage.add_conversation(epoch=1, control="staff")
    row_id = stage.add_message(conversation, "How big is your bill?", status="parked", epoch=0)
    safety = stage.add_message(conversation, "Call 911", status="parked", epoch=0, payload={"always": True})
    assert main(["retry", f"e{row_id}"]) == 1
    assert "changed hands" in capsys.readouterr().err
    assert stage.row(row_id).status == "parked"
    assert main(["retry", f"e{safety}"]) == 0
    stage.send()
    assert stage.accepted() == ["Call 911"]


def test_dropped_is_dropped(stage: Stage) -> None:
    row_id = stage.add_message(stage.add_conversation(), status="held")
    assert main(["drop", f"e{row_id}"]) == 0
    assert (stage.row(row_id).status, stage.row(row_id).error) == ("cancelled", "dropped by staff")


def test_a_dropped_event_is_done(stage: Stage) -> None:
    assert main(["drop", f"i{park_event(stage)}"]) == 0
    with stage.engine.connect() as connection:
        assert connection.execute(select(InboxRow.status, InboxRow.error)).one() == ("done", "dropped by staff")


def test_a_parked_event_is_handled_after_all(stage: Stage) -> None:
    event = park_event(stage)
    assert main(["retry", f"i{event}"]) == 0
    with stage.engine.connect() as connection:
        assert connection.execute(select(InboxRow.status, InboxRow.attempts)).one() == ("ready", 0)
    assert stage.context.bell.redis.exists("bell:turns")


@pytest.mark.parametrize("name", ["e99", "i99", "12", "ex"])
def test_what_does_not_wait_is_refused(stage: Stage, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retry", name]) == 1
    assert capsys.readouterr().err


def test_all_or_none(stage: Stage) -> None:
    row_id = stage.add_message(stage.add_conversation(), status="parked")
    assert main(["drop", f"e{row_id}", "e99"]) == 1
    assert stage.row(row_id).status == "parked"


def test_what_the_api_asked_for_has_no_conversation(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    values = {"key": "api:1:ab", "kind": "look_up_incentives", "payload": {"is": "LookUpIncentives", "case": 7}}
    with stage.engine.begin() as connection:
        connection.execute(insert(OutboxRow).values(status="parked", error="Leap is off", **values))
    assert main(["list"]) == 0
    assert "no conversation" in capsys.readouterr().out
    assert main(["list", "--json"]) == 0
    (item,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (item["conversation"], item["contact"], item["reason"]) == (None, "", "Leap is off")
    assert main(["retry", "e1"]) == 0
    assert stage.row(1).status == "ready"
    stage.change(OutboxRow, 1, status="parked")
    assert main(["drop", "e1"]) == 0
