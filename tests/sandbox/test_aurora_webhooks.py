"""Aurora docs: GETs to a templated URL, and the levers that cause them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.aurora_rig import AuroraRig
from tests.sandbox.receiver import wait_until
from tools.sandbox.aurora.documents_dialect import ROUTES
from tools.sandbox.aurora.events import EVENTS
from tools.sandbox.aurora.moves import MOVES
from tools.sandbox.options import AURORA_SECRET

REAL_EVENTS = (
    "agreement_status_changed ai_roof_job_completed asset_created auto_designer_job_completed "
    "consumption_profile_changed design_created design_deleted design_request_created design_request_completed "
    "design_request_rejected financier_contract_status_changed milestone_created performance_simulation_job_completed "
    "plan_set_request_status_changed project_created project_changed project_status_changed "
    "proposal_pdf_generation_job_completed site_survey_status_changed utility_bill_upload_job_completed "
    "web_proposal_url_created lead_created"
)
# move: (what is asked for, event, status in the webhook)
CASES: dict[str, tuple[dict[str, Any], str, str | None]] = {
    "complete": ({"kw": 7}, "design_request_completed", "designer_completed"),
    "reject": ({"reason": "too many trees"}, "design_request_rejected", "designer_rejected"),
    "design_created": ({}, "design_created", None),
    "design_deleted": ({}, "design_deleted", None),
    "simulate": ({}, "performance_simulation_job_completed", "succeeded"),
    "web_proposal": ({}, "web_proposal_url_created", None),
    "agreement": ({"status": "signed"}, "agreement_status_changed", "signed"),
    "project_status": ({"text": "Panels on the roof"}, "project_status_changed", "Panels on the roof"),
    "site_survey": ({"status": "scheduled"}, "site_survey_status_changed", "scheduled"),
    "plan_set": ({"status": "in progress"}, "plan_set_request_status_changed", "in progress"),
    "milestone": ({"name": "Installed"}, "milestone_created", None),
    "edit": ({"name": "Ana D."}, "project_changed", None),
    "echo": ({"event": "asset_created"}, "asset_created", None),
}


def list_query(event: str) -> str:
    return "&".join(f"{name.lower()}=<{name}>" for name in EVENTS[event])


def test_the_documented_events_are_known() -> None:
    assert set(EVENTS) == set(REAL_EVENTS.split())
    assert set(CASES) == set(MOVES)


@pytest.mark.parametrize("move", CASES)
def test_move_tells_by_get(aurora: AuroraRig, move: str) -> None:
    wish, event, status = CASES[move]
    project_id = aurora.create()
    aurora.design(project_id)
    aurora.order(project_id)
    aurora.listen(event, list_query(event))
    assert aurora.move("lead-7f3a", move, **wish)["webhooks"] == 1
    (query,) = aurora.await_rings(1)
    ring = aurora.bell.rings[0]
    assert (ring.method, ring.path, ring.body) == ("GET", f"/webhooks/aurora/{event}", b"")
    assert list(query) == [name.lower() for name in EVENTS[event]]
    assert query.get("status") == status
    assert query.get("project_id", project_id) == project_id


def test_ids_in_a_webhook_can_be_read(aurora: AuroraRig) -> None:
    project_id = aurora.create()
    design_id = aurora.design(project_id)
    for event in ("agreement_status_changed", "web_proposal_url_created"):
        aurora.listen(event, list_query(event))
    aurora.move(project_id, "web_proposal")
    aurora.move(project_id, "agreement", status="viewed")
    proposal, agreement = aurora.await_rings(2)
    assert proposal["design_id"] == design_id
    shown = aurora.api.get(f"/agreements/{agreement['agreement_id']}").json()["agreement"]
    assert (shown["status"], shown["design_id"], shown["project_id"]) == ("viewed", design_id, project_id)


def test_template_fills_ids_and_nothing_else(aurora: AuroraRig) -> None:
    aurora.listen("project_status_changed", "fixed=a%20b&id=<PROJECT_ID>&name=<CUSTOMER_NAME>&status=<STATUS>")
    project_id = aurora.create()
    aurora.move(project_id, "project_status", text="Permit & plans")
    assert aurora.await_rings(1) == [{"fixed": "a b", "id": project_id, "name": "", "status": "Permit & plans"}]


def test_header_is_the_dashboards_or_our_choice(aurora: AuroraRig) -> None:
    project_id = aurora.create()
    aurora.listen("project_changed", "a=1")
    aurora.listen("project_changed", "a=2", headers={"X-Ours": "secret"})
    aurora.move(project_id, "edit", name="x")
    aurora.await_rings(2)
    first, second = sorted(aurora.bell.rings, key=lambda ring: ring.query["a"])
    assert first.headers["x-aurora-webhook-token"] == AURORA_SECRET
    assert (second.headers["x-ours"], "x-aurora-webhook-token" in second.headers) == ("secret", False)


def test_five_retries(aurora: AuroraRig) -> None:
    aurora.bell.answer = lambda _: 500
    project_id = aurora.create()
    aurora.listen("project_changed", "")
    aurora.move(project_id, "edit", name="x")
    wait_until(lambda: len(aurora.ledger("vendor_webhook_attempted")) == 6, "six attempts")
    assert [entry["attempt"] for entry in aurora.ledger("vendor_webhook_attempted")] == [1, 2, 3, 4, 5, 6]


def test_subscription_that_failed_for_48_hours_is_disabled(aurora: AuroraRig) -> None:
    aurora.bell.answer = lambda _: 500
    aurora.settle(aurora_retry_delays=[])
    project_id = aurora.create()
    hook = aurora.listen("project_changed", "")
    aurora.move(project_id, "edit", name="x")
    wait_until(lambda: len(aurora.ledger("vendor_webhook_attempted")) == 1, "an attempt")
    aurora.advance(48 * 3600 + 1)
    aurora.move(project_id, "edit", name="y")
    wait_until(lambda: not aurora.api.get(f"/webhooks/{hook}").json()["webhook"]["enabled"], "the end of it")
    assert aurora.move(project_id, "edit", name="z")["webhooks"] == 0


def test_agreement_in_any_order(aurora: AuroraRig) -> None:
    project_id = aurora.create()
    aurora.listen("agreement_status_changed", "status=<STATUS>")
    statuses = ["signed", "viewed", "viewed", "sent"]
    aurora.move(project_id, "agreement", statuses=statuses)
    assert [query["status"] for query in aurora.await_rings(4)] == statuses


@pytest.mark.parametrize(
    ("move", "wish"),
    [
        ("complete", {}),
        ("simulate", {}),
        ("agreement", {"status": "lost"}),
        ("echo", {"event": "roof_painted"}),
        ("edit", {"dialect": "documents"}),
        ("edit", {"copies": "many"}),
    ],
)
def test_senseless_wishes_are_refused(aurora: AuroraRig, move: str, wish: dict[str, Any]) -> None:
    project_id = aurora.create()
    answer = aurora.open.post(f"/sandbox/aurora/projects/{project_id}/{move}", json=wish)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])
    assert aurora.open.post(f"/sandbox/aurora/projects/{project_id}/fly").status_code == 404
    assert aurora.open.post("/sandbox/aurora/projects/x/edit").status_code == 404


def test_projects_are_listed_with_their_state(aurora: AuroraRig) -> None:
    project_id = aurora.create()
    design_id = aurora.design(project_id)
    (project,) = aurora.open.get("/sandbox/aurora/projects").json()["projects"]
    assert (project["id"], project["designs"][0]["id"]) == (project_id, design_id)
    assert project["design_requests"][0]["status"] == "accepted"


def test_manner_of_webhooks(aurora: AuroraRig) -> None:
    project_id = aurora.create()
    aurora.listen("project_changed", "")
    aurora.move(project_id, "edit", name="x", webhooks=False)
    assert aurora.move(project_id, "edit", name="y", copies=2)["webhooks"] == 2
    aurora.await_rings(2)
    aurora.move(project_id, "edit", name="z", forged=True)
    aurora.await_rings(3)
    tokens = [ring.headers["x-aurora-webhook-token"] == AURORA_SECRET for ring in aurora.bell.rings]
    assert tokens == [True, True, False]


@pytest.mark.parametrize("kind", ["lost", "duplicate", "forged", "late"])
def test_webhook_faults(aurora: AuroraRig, kind: str) -> None:
    project_id = aurora.create()
    aurora.listen("project_status_changed", "status=<STATUS>")
    aurora.add_fault("aurora.webhook", kind, seconds=0.3)
    for text in ("first", "second"):
        aurora.move(project_id, "project_status", text=text)
    expected = {"lost": ["second"], "duplicate": ["first", "first", "second"], "late": ["second", "first"]}
    told = expected.get(kind, ["first", "second"])
    statuses = [query["status"] for query in aurora.await_rings(len(told))]
    assert (sorted(statuses) if kind == "duplicate" else statuses) == told


@pytest.mark.parametrize("move", ["complete", "reject", "simulate"])
def test_documents_dialect(aurora: AuroraRig, move: str) -> None:
    project_id = aurora.create()
    design_id = aurora.design(project_id)
    request_id = aurora.order(project_id)
    aurora.move(project_id, move, dialect="documents")
    (query,) = aurora.await_rings(1)
    ring = aurora.bell.rings[0]
    if move == "simulate":
        assert (query["design_id"], query["status"], bool(query["job_id"])) == (design_id, "completed", True)
    else:
        status = {"complete": "completed", "reject": "rejected"}[move]
        assert query == {"design_request_id": request_id, "status": status}
    assert ring.path.removeprefix("/webhooks/aurora/") in {route for route, _, _ in ROUTES.values()}
    assert ring.headers["x-aurora-webhook-token"] == AURORA_SECRET


def test_app_is_registered_by_lever_once(aurora: AuroraRig) -> None:
    for _ in range(2):
        hooks = aurora.open.post("/sandbox/aurora/register").json()["webhooks"]
    assert {hook["event"] for hook in hooks} == set(EVENTS)
    assert len(aurora.api.get("/webhooks").json()["webhooks"]) == len(EVENTS)
    aurora.create()
    aurora.await_rings(1)
    assert aurora.bell.rings[0].path == "/webhooks/aurora/project_created"


def test_webhooks_are_changed_and_deleted(aurora: AuroraRig) -> None:
    hook = aurora.listen("project_changed", "")
    path = f"/webhooks/{hook}"
    assert aurora.api.patch(path, json={"webhook": {"enabled": False}}).json()["webhook"]["enabled"] is False
    assert aurora.api.delete(path).status_code == 204
    assert aurora.api.get(path).status_code == 404
