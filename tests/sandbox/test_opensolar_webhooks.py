"""OpenSolar docs: when a webhook is sent, what it says, and what happens when nobody takes it."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.sandbox.opensolar_rig import OpenSolarRig
from tests.sandbox.receiver import wait_until
from tools.sandbox.opensolar.changes import pick_fields

# The documented registration.
TRIGGERS = ("event.*", "project.system_sold", "project.installation_date", "project.systems.kw_stc")
PAYLOAD = (
    *("project.id", "project.identifier", "project.installation_date", "project.systems.kw_stc", "event.*"),
    "contact.id",
)


def test_documented_event(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    opensolar.listen(*TRIGGERS, payload=PAYLOAD)
    opensolar.move(number, "accepted")
    (body,) = opensolar.await_rings(1)
    event = opensolar.fetch(number)["events_data"][0]
    assert (body["model"], body["model_id"], body["event"]) == ("Event", event["id"], "CREATE")
    assert abs(int(body["timestamp"]) - time.time()) < 60
    assert isinstance(body["timestamp"], str)
    documented = {"id", "event_type_id", "title", "project", "contact", "start", "end", "is_complete"}
    assert documented <= set(body["fields"])
    assert (body["fields"]["event_type_id"], body["fields"]["is_complete"]) == (3, True)
    assert opensolar.bell.rings[0].headers["x-webhook-token"] == "ring"
    assert opensolar.bell.rings[0].headers["content-type"] == "application/json"


def test_documented_update(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    opensolar.move(number, "design", kw=6.2)
    opensolar.listen(*TRIGGERS, payload=PAYLOAD)
    opensolar.move(number, "schedule", date="2026-12-01")
    (body,) = opensolar.await_rings(1)
    assert (body["model"], body["model_id"], body["event"]) == ("Project", number, "UPDATE")
    assert body["identifier"] == "lead-7f3a"
    assert body["fields"] == {
        "id": number,
        "identifier": "lead-7f3a",
        "installation_date": "2026-12-01",
        "systems": [{"kw_stc": 6.2}],
    }


def test_relations_are_absolute_or_relative(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    opensolar.listen("event.*")
    for move in ("viewed", "accepted"):
        opensolar.move(number, move)
    relations = [body["fields"]["project"] for body in opensolar.await_rings(2)]
    assert f"/api/orgs/15/projects/{number}/" in relations
    assert f"{opensolar.api.base_url}projects/{number}/" in relations


def test_what_no_trigger_names_is_not_sent(opensolar: OpenSolarRig) -> None:
    opensolar.listen("project.installation_date")
    number = opensolar.create()["id"]
    for move in ("design", "proposal_sent", "accepted", "signed", "paid", "contact_changed"):
        opensolar.move(number, move)
    opensolar.move(number, "schedule")
    assert [body["model"] for body in opensolar.await_rings(1)] == ["Project"]


def test_our_own_writes_echo_back(opensolar: OpenSolarRig) -> None:
    opensolar.listen("project.notes", "contact.phone", payload=("project.id", "contact.id"))
    made = opensolar.create(notes=None)
    contact = made["contacts_data"][0]["id"]
    opensolar.api.patch(f"/projects/{made['id']}/", json={"notes": "x"})
    opensolar.api.patch(f"/projects/{made['id']}/", json={"notes": "x"})
    opensolar.api.put(f"/contacts/{contact}/", json={"phone": "+14155550199"})
    bodies = opensolar.await_rings(3)
    told = [(body["model"], body["event"], body["model_id"]) for body in bodies]
    assert sorted(told) == sorted(
        [("Contact", "CREATE", contact), ("Project", "UPDATE", made["id"]), ("Contact", "UPDATE", contact)]
    )


def test_model_without_payload_fields_is_sent_in_full(opensolar: OpenSolarRig) -> None:
    opensolar.listen("contact.*", "project.*", payload=("project.id",))
    opensolar.create()
    contact, project = opensolar.await_rings(2)
    if contact["model"] == "Project":
        contact, project = project, contact
    assert (contact["fields"]["phone"], contact["fields"]["email"]) == ("+14155550123", "ana@example.com")
    assert set(project["fields"]) == {"id"}


def test_delete_has_no_fields(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    opensolar.listen("project.notes")
    opensolar.api.delete(f"/projects/{number}/")
    (body,) = opensolar.await_rings(1)
    assert (body["event"], body["model_id"], "fields" in body) == ("DELETE", number, False)


def test_disabled_webhook_is_silent(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    hook = opensolar.listen("event.*")
    opensolar.api.patch(f"/webhooks/{hook}/", json={"enabled": False})
    assert opensolar.move(number, "accepted")["webhooks"] == 0


def test_event_id_names_an_event_across_webhooks(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    for _ in range(2):
        opensolar.listen("event.*")
    opensolar.move(number, "viewed")
    opensolar.move(number, "accepted")
    bodies = opensolar.await_rings(4)
    numbers = [body["event_id"] for body in bodies]
    assert len(set(numbers)) == 2
    assert len({(body["event_id"], body["model_id"]) for body in bodies}) == 2


def test_refused_webhook_is_tried_again_and_waits_in_the_queue(opensolar: OpenSolarRig) -> None:
    opensolar.settle(opensolar_retry_delays=[0.3])
    opensolar.bell.answer = lambda _: 503 if len(opensolar.bell.rings) == 1 else 200
    number = opensolar.create()["id"]
    opensolar.listen("event.*")
    opensolar.move(number, "accepted")
    wait_until(lambda: opensolar.bell.rings, "the first attempt")
    (waiting,) = opensolar.api.get("/webhook_queue_models/").json()
    assert (waiting["model"], waiting["event"]) == ("Event", "CREATE")
    first, second = opensolar.await_rings(2)
    assert first == second
    wait_until(lambda: opensolar.api.get("/webhook_queue_models/").json() == [], "an empty queue")
    attempts = opensolar.ledger("vendor_webhook_attempted")
    assert [(entry["attempt"], entry["http_status"]) for entry in attempts] == [(1, 503), (2, 200)]


def test_webhook_that_nobody_takes_is_given_up(opensolar: OpenSolarRig) -> None:
    opensolar.bell.answer = lambda _: 500
    number = opensolar.create()["id"]
    opensolar.listen("event.*")
    opensolar.move(number, "accepted")
    wait_until(lambda: len(opensolar.ledger("vendor_webhook_attempted")) == 3, "three attempts")
    wait_until(lambda: opensolar.api.get("/webhook_queue_models/").json() == [], "an empty queue")
    logs = opensolar.api.get("/webhook_process_logs/").json()
    assert [row["response_status"] for row in logs] == [500, 500, 500]


def test_process_logs_hold_what_was_missed(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    opensolar.create(identifier="lead-2")
    opensolar.listen("event.*")
    opensolar.add_fault("opensolar.webhook", "lost")
    opensolar.move(number, "accepted")
    wait_until(lambda: len(opensolar.api.get("/webhook_process_logs/").json()) == 1, "the lost one's log line")
    opensolar.move("lead-2", "viewed")
    opensolar.await_rings(1)
    wait_until(lambda: len(opensolar.api.get("/webhook_process_logs/").json()) == 2, "two log lines")
    (lost,) = opensolar.api.get("/webhook_process_logs/?page=1&limit=5&search=lead-7f3a").json()
    assert (lost["response_status"], lost["payload"]["fields"]["event_type_id"]) == (None, 3)
    assert len(opensolar.api.get("/webhook_process_logs/?limit=1").json()) == 1


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["project.id"], {"id": 1}),
        (["project.systems.kw_stc", "project.systems.id"], {"systems": [{"kw_stc": 6.2, "id": 9}]}),
        (["project.customer_proposal_data.ready"], {"customer_proposal_data": {"ready": True}}),
        (["project.nothing"], {}),
    ],
)
def test_payload_fields(names: list[str], expected: dict[str, Any]) -> None:
    whole = {"id": 1, "systems": [{"id": 9, "kw_stc": 6.2}], "customer_proposal_data": {"ready": True}}
    assert pick_fields(whole, "Project", names) == expected
