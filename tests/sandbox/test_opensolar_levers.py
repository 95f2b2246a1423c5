"""The levers of the sandboxed OpenSolar: what each changes and tells, and how its webhooks can be spoilt."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.sandbox.opensolar_rig import OpenSolarRig
from tests.sandbox.receiver import wait_until
from tools.sandbox.opensolar.moves import MOVES
from tools.sandbox.options import OPENSOLAR_SECRET
from tools.sandbox.runner import run_sandbox

Told = list[tuple[str, object]]


def list_told(rig: OpenSolarRig, count: int) -> Told:
    """(model, event type) of each webhook."""
    return [(body["model"], body["fields"].get("event_type_id")) for body in rig.await_rings(count)]


# move: (what is asked for, what is told, fields of the project afterwards)
CASES: dict[str, tuple[dict[str, Any], Told, dict[str, Any]]] = {
    "design": ({"kw": 6.2}, [("Project", None), ("Project", None), ("Event", 56)], {}),
    "change_design": ({"kw": 7}, [("Project", None)], {}),
    "proposal_sent": (
        {},
        [("Event", 0), ("Project", None), ("Project", None), ("Event", 56)],
        {"customer_proposal_data": {"ready": True}},
    ),
    "viewed": ({}, [("Event", 2)], {}),
    "accepted": ({}, [("Event", 3)], {}),
    "signed": ({"event": 52}, [("Event", 52), ("Project", None)], {}),
    "sold": ({}, [("Project", None), ("Event", 103), ("Project", None), ("Event", 56)], {"project_sold": True}),
    "paid": ({}, [("Event", 114)], {}),
    "payment_failed": ({}, [("Event", 115)], {}),
    "schedule": (
        {"date": "2026-12-01", "with_event": True},
        [("Project", None), ("Event", 40)],
        {"installation_date": "2026-12-01"},
    ),
    "unschedule": ({}, [("Project", None)], {"installation_date": None}),
    "crew": ({}, [("Event", 40)], {}),
    "installed": (
        {},
        [("Project", None), ("Event", 104), ("Project", None), ("Event", 56)],
        {"project_installed": True},
    ),
    "stage": ({"milestone": "other"}, [("Project", None), ("Event", 56)], {"stage": 5}),
    "contact_changed": ({"phone": "+14155550177"}, [("Contact", None)], {}),
    "edit": ({"fields": {"notes": "x"}}, [("Project", None)], {"notes": "x"}),
    "event": ({"event_type_id": 28, "title": "Visit"}, [("Event", 28)], {}),
    "echo": ({"count": 3}, [("Project", None)] * 3, {}),
}


@pytest.mark.parametrize("move", CASES)
def test_move_changes_and_tells(opensolar: OpenSolarRig, move: str) -> None:
    wish, told, fields = CASES[move]
    number = opensolar.create()["id"]
    if move in ("change_design", "proposal_sent"):
        opensolar.move(number, "design", kw=6)
    if move == "unschedule":
        opensolar.move(number, "schedule")
    opensolar.listen()
    answer = opensolar.move(number, move, **wish)
    assert answer["webhooks"] == len(told)
    assert list_told(opensolar, len(told)) == told
    after = opensolar.fetch(number)
    assert {name: after[name] for name in fields} == fields
    assert [entry["move"] for entry in opensolar.ledger("project_moved")][-1] == move


def test_deleting_move(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    opensolar.listen()
    opensolar.move(number, "delete")
    assert [body["event"] for body in opensolar.await_rings(1)] == ["DELETE"]
    assert opensolar.api.get(f"/projects/{number}/").status_code == 404


def test_every_move_has_a_case() -> None:
    assert {*CASES, "delete"} == set(MOVES)


def test_dates_that_moves_set(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    for move in ("signed", "sold", "crew"):
        opensolar.move(number, move)
    after = opensolar.fetch(number)
    now = datetime.now(UTC)
    start = next(event["start"] for event in after["events_data"] if event["event_type_id"] == 40)
    for written in (after["contract_date"], after["sold_date"], start):
        assert abs(datetime.fromisoformat(written) - now) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("move", "wish"),
    [
        ("schedule", {"date": "soon"}),
        ("signed", {"event": 3}),
        ("stage", {"milestone": "done"}),
        ("edit", {}),
        ("event", {}),
        ("design", {"kw": "big"}),
        ("viewed", {"copies": 0}),
        ("viewed", {"order": "random"}),
        ("viewed", {"dialect": "klingon"}),
    ],
)
def test_senseless_wishes_are_refused(opensolar: OpenSolarRig, move: str, wish: dict[str, Any]) -> None:
    number = opensolar.create()["id"]
    answer = opensolar.open.post(f"/sandbox/opensolar/projects/{number}/{move}", json=wish)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])
    assert opensolar.open.post("/sandbox/opensolar/projects/404/viewed").status_code == 404
    assert opensolar.open.post(f"/sandbox/opensolar/projects/{number}/fly").status_code == 404


def test_projects_are_listed_with_their_state(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    before = opensolar.open.get("/sandbox/opensolar/projects").json()
    opensolar.move("lead-7f3a", "design", kw=6.2)
    after = opensolar.open.get("/sandbox/opensolar/projects").json()
    (project,) = after["projects"]
    assert (project["id"], project["stage_title"], project["systems_data"][0]["kw_stc"]) == (number, "Design", 6.2)
    assert project["contacts_data"][0]["phone"] == "+14155550123"
    assert after["version"] > before["version"]


def test_silent_move(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    opensolar.listen()
    assert opensolar.move(number, "sold", webhooks=False)["webhooks"] == 0
    assert opensolar.fetch(number)["project_sold"]
    assert opensolar.api.get("/webhook_process_logs/").json() == []


def test_copies_and_delay(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    opensolar.listen()
    opensolar.move(number, "accepted", copies=3, delay=0.3)
    assert opensolar.bell.rings == []
    first, second, third = opensolar.await_rings(3)
    assert first == second == third


def test_shuffled_order(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    opensolar.listen()
    opensolar.move(number, "sold", order="shuffled")
    numbers = [body["event_id"] for body in opensolar.await_rings(4)]
    assert numbers != sorted(numbers)


def test_order_is_kept_unless_asked(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    opensolar.listen()
    for move in ("design", "proposal_sent", "accepted", "signed", "sold", "installed"):
        opensolar.move(number, move)
    numbers = [body["event_id"] for body in opensolar.await_rings(18)]
    assert numbers == sorted(numbers)


def test_forged_webhook_has_a_wrong_secret(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    opensolar.listen()
    opensolar.move(number, "paid", forged=True)
    opensolar.await_rings(1)
    assert opensolar.bell.rings[0].headers["x-webhook-token"] != "ring"


@pytest.mark.parametrize(
    ("move", "event_type", "status"),
    [
        ("stage", "project.status_changed", "proposal"),
        ("design", "project.design_complete", "design"),
        ("proposal_sent", "project.proposal_sent", "proposal"),
        ("viewed", "project.proposal_viewed", "lead"),
        ("signed", "project.contract_signed", "lead"),
        ("schedule", "project.installation_scheduled", "installation"),
        ("installed", "project.installation_complete", "complete"),
        ("paid", "project.payment_received", "lead"),
    ],
)
def test_documents_dialect(opensolar: OpenSolarRig, move: str, event_type: str, status: str) -> None:
    number = opensolar.create()["id"]
    wish = {"milestone": "lock_pricing"} if move == "stage" else {}
    opensolar.move(number, move, dialect="documents", **wish)
    (body,) = opensolar.await_rings(1)
    after = opensolar.fetch(number)
    ring = opensolar.bell.rings[0]
    assert body == {
        "event_type": event_type,
        "project": {
            "id": str(number),
            "status": status,
            "proposal_url": after["share_link"] or "",
            "installation_date": after["installation_date"],
        },
    }
    wanted = hmac.new(OPENSOLAR_SECRET.encode(), ring.body, hashlib.sha256).hexdigest()
    assert (ring.path, ring.headers["x-opensolar-signature"]) == ("/webhooks/opensolar", wanted)


def test_app_is_registered_by_lever_once(opensolar: OpenSolarRig) -> None:
    for _ in range(2):
        hook = opensolar.open.post("/sandbox/opensolar/register").json()["webhook"]
    assert hook["endpoint"] == f"{opensolar.bell.url}/webhooks/opensolar"
    assert json.loads(hook["headers"]) == {"X-Webhook-Token": OPENSOLAR_SECRET}
    assert hook["trigger_fields"]
    assert hook["payload_fields"]
    assert len(opensolar.api.get("/webhooks/").json()) == 1


def test_app_is_registered_from_the_start(opensolar: OpenSolarRig) -> None:
    options = opensolar.sandbox.world.options
    options.register_webhooks = True
    with run_sandbox(options) as other:
        (hook,) = other.world.opensolar.select("webhooks")
        assert hook["endpoint"] == f"{opensolar.bell.url}/webhooks/opensolar"
        assert list(other.world.aurora.select("webhooks", event="design_created"))


@pytest.mark.parametrize(
    ("kind", "count"), [("lost", 1), ("duplicate", 3), ("out_of_order", 2), ("late", 2), ("slow", 2), ("forged", 2)]
)
def test_webhook_faults(opensolar: OpenSolarRig, kind: str, count: int) -> None:
    number = opensolar.create()["id"]
    opensolar.listen()
    opensolar.add_fault("opensolar.webhook", kind, seconds=0.3)
    opensolar.move(number, "viewed")
    opensolar.move(number, "accepted")
    wait_until(lambda: len(opensolar.bell.rings) == count, f"{count} webhooks")
    kinds = [ring.json["fields"]["event_type_id"] for ring in opensolar.bell.rings]
    if kind in ("out_of_order", "late", "slow"):
        assert kinds == [3, 2]
    assert kinds.count(2) == {"lost": 0, "duplicate": 2}.get(kind, 1)
    forged = [ring.headers["x-webhook-token"] != "ring" for ring in opensolar.bell.rings]
    assert forged.count(True) == (kind == "forged")
    assert [entry["fault"] for entry in opensolar.sandbox.world.ledger.entries("fault_fired")] == [kind]
