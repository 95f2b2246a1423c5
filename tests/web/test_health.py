"""Alive, ready or degraded, and the numbers."""

from typing import Any

import pytest
from sqlalchemy import insert, update

from bot.readiness import Readiness
from db.inbox import InboxRow
from db.outbox import OutboxRow
from db.projects import Project
from db.types import now
from db.vendor_events import VendorEventRow
from db.vendor_projects import VendorProject
from tests.web.caller import MESSAGE, Caller, make_settings, message

DEAD_REDIS = "redis://127.0.0.1:1/0"
DEAD_DATABASE = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"


def ready(caller: Caller) -> tuple[int, str, str]:
    answer = caller.client.get("/readyz")
    body = answer.get_json()
    return answer.status_code, body["status"], " ".join(body["reasons"])


def add_effect(caller: Caller, kind: str = "send_message", **columns: Any) -> None:
    caller.post(MESSAGE, message())
    values = {"key": "1:1:0", "conversation_id": 1, "kind": kind, "payload": {}, **columns}
    with caller.engine.begin() as connection:
        connection.execute(insert(OutboxRow).values(**values))


def test_alive(caller: Caller) -> None:
    assert caller.client.get("/healthz").get_json() == {"status": "ok"}


def test_ready(caller: Caller) -> None:
    caller.post(MESSAGE, message())
    assert ready(caller) == (200, "ok", "")


def test_a_lost_redis_degrades(database_url: str) -> None:
    caller = Caller(make_settings(database_url, DEAD_REDIS))
    status, word, reasons = ready(caller)
    caller.close()
    assert (status, word) == (200, "degraded") and "Redis" in reasons


def test_a_lost_database_is_unavailable(redis_url: str) -> None:
    caller = Caller(make_settings(DEAD_DATABASE, redis_url))
    status, word, _ = ready(caller)
    numbers = caller.client.get("/metrics").text
    caller.close()
    assert (status, word) == (503, "unavailable")
    assert "heliograph_database_up 0.0" in numbers


@pytest.mark.parametrize(
    ("columns", "word"),
    [
        ({"status": "parked", "error": "refused"}, "degraded"),
        ({"due_at": now(-90)}, "degraded"),
        ({"due_at": now(90)}, "ok"),
        ({"status": "held", "due_at": now(-90)}, "ok"),
        ({"kind": "alert_staff", "status": "parked", "error": "every address failed"}, "degraded"),
        ({"kind": "alert_staff", "status": "parked", "error_code": "off_duty"}, "ok"),
    ],
)
def test_stuck_effects_degrade(caller: Caller, columns: dict[str, Any], word: str) -> None:
    add_effect(caller, **columns)
    assert ready(caller)[:2] == (200, word)


@pytest.mark.parametrize("columns", [{"status": "parked"}, {"received_at": now(-90)}])
def test_stuck_messages_degrade(caller: Caller, columns: dict[str, Any]) -> None:
    caller.post(MESSAGE, message())
    with caller.engine.begin() as connection:
        connection.execute(update(InboxRow).values(**columns))
    assert ready(caller)[:2] == (200, "degraded")


@pytest.mark.parametrize(("due", "word"), [(now(-90), "degraded"), (now(90), "ok")])
def test_stuck_webhooks_of_vendors_degrade(caller: Caller, due: Any, word: str) -> None:
    row = {"vendor": "opensolar", "event": "Project.UPDATE", "payload": {}, "due_at": due}
    with caller.engine.begin() as connection:
        connection.execute(insert(VendorEventRow).values(**row))
    assert ready(caller)[:2] == (200, word)
    numbers = caller.client.get("/metrics").text
    assert 'heliograph_vendor_events{status="received",vendor="opensolar"} 1.0' in numbers


@pytest.mark.parametrize(
    ("columns", "vendors", "word"),
    [
        ({"due_at": now(-700)}, ["opensolar"], "degraded"),
        ({"due_at": now(-500)}, ["opensolar"], "ok"),
        ({"due_at": now(-700)}, ["aurora"], "ok"),
        ({"due_at": now(-700), "external_id": None}, ["opensolar"], "ok"),
    ],
)
def test_stuck_reads_of_a_vendor_that_is_on_degrade(
    caller: Caller, columns: dict[str, Any], vendors: list[str], word: str
) -> None:
    caller.post(MESSAGE, message())
    link = {"vendor": "opensolar", "reference": "hg-1-abc123", "external_id": "11", **columns}
    with caller.engine.begin() as connection:
        project = {"conversation_id": 1, "contact_id": 1, "number": 1, "name": "A", "phone": "+14155550101"}
        made = insert(Project).values(**project, country="US", confirmed_at=now()).returning(Project.id)
        number = connection.execute(made).scalar_one()
        connection.execute(insert(VendorProject).values(project_id=number, **link))
    assert Readiness(caller.engine, caller.parts.bell, vendors).check()[0] == word


def test_numbers(caller: Caller) -> None:
    add_effect(caller)
    numbers = caller.client.get("/metrics")
    assert numbers.mimetype == "text/plain"
    lines = numbers.text.splitlines()
    assert 'heliograph_inbox{status="ready"} 1.0' in lines
    assert 'heliograph_outbox{kind="send_message",status="ready"} 1.0' in lines
    assert {"heliograph_events_total 1.0", "heliograph_redis_up 1.0", "heliograph_database_up 1.0"} <= set(lines)


def test_an_unknown_address_is_a_problem(caller: Caller) -> None:
    answer = caller.client.get("/nowhere")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
