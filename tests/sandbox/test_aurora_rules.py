"""Aurora docs: keys, tenants, rates, and what is refused in projects, consumption, designs and proposals."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.sandbox.aurora_rig import PROJECT, AuroraRig
from tests.sandbox.receiver import wait_until
from tools.sandbox.aurora.rules import CONSUMPTION_RULES, PROJECT_RULES, WEBHOOK_RULES
from tools.sandbox.options import AURORA_KEY, AURORA_TENANT

Fields = dict[str, Any]
MONTHS = [800, None, 700, *[None] * 9]
TEMPLATE = "https://bot.example/webhooks/aurora/design_created?design_id=<DESIGN_ID>"
# rule: (what replaces fields of a good one, words of the refusal)
PROJECT_CASES: dict[str, tuple[Fields, str]] = {
    "need_name": ({"name": ""}, "name"),
    "take_texts": ({"customer_phone": 14155550123}, "customer_phone"),
    "check_email": ({"customer_email": "ana@"}, "customer_email"),
    "check_type": ({"project_type": "castle"}, "project_type"),
}
CONSUMPTION_CASES: dict[str, tuple[Fields, str]] = {
    "choose_one_kind": ({"monthly_energy": MONTHS, "monthly_bill": MONTHS}, "Exactly one"),
    "count_months": ({"monthly_energy": MONTHS[:11]}, "12 values"),
    "need_intervals": ({"interval_data": []}, "interval_data"),
}
WEBHOOK_CASES: dict[str, tuple[Fields, str]] = {
    "need_event": ({"event": "roof_painted"}, "event"),
    "need_template": ({"url_template": "bot.example"}, "url_template"),
}


def check_refusal(answer: httpx.Response, words: str, status: int = 422) -> None:
    assert (answer.status_code, words in answer.json()["errors"][0]["message"]) == (status, True), answer.text


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer sk_prod_wrong"}, {"Authorization": AURORA_KEY}])
def test_bearer_key_is_required(aurora: AuroraRig, headers: Fields) -> None:
    assert aurora.open.get(f"/aurora/tenants/{AURORA_TENANT}/projects", headers=headers).status_code == 401


def test_everything_is_under_the_tenant(aurora: AuroraRig) -> None:
    headers = {"Authorization": f"Bearer {AURORA_KEY}"}
    assert aurora.open.get("/aurora/tenants/other/projects", headers=headers).status_code == 403
    assert aurora.open.get("/aurora/projects", headers=headers).status_code == 404


def test_ninety_calls_a_minute(aurora: AuroraRig) -> None:
    aurora.settle(aurora_minute=3600)
    answers = [aurora.api.get("/modules") for _ in range(91)]
    assert [answer.status_code for answer in answers] == [200] * 90 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 3000


@pytest.mark.parametrize("rule", PROJECT_CASES)
def test_project_rule(aurora: AuroraRig, rule: str) -> None:
    fields, words = PROJECT_CASES[rule]
    check_refusal(aurora.api.post("/projects", json={"project": {**PROJECT, **fields}}), words)
    assert aurora.ledger("project_created") == []
    assert aurora.create()


@pytest.mark.parametrize("rule", CONSUMPTION_CASES)
def test_consumption_rule(aurora: AuroraRig, rule: str) -> None:
    fields, words = CONSUMPTION_CASES[rule]
    path = f"/projects/{aurora.create()}/consumption_profile"
    check_refusal(aurora.api.put(path, json={"consumption_profile": fields}), words)
    assert aurora.api.get(path).status_code == 404


@pytest.mark.parametrize("rule", WEBHOOK_CASES)
def test_webhook_rule(aurora: AuroraRig, rule: str) -> None:
    fields, words = WEBHOOK_CASES[rule]
    good = {"event": "design_created", "url_template": TEMPLATE, "enabled": True, "description": "x"}
    check_refusal(aurora.api.post("/webhooks", json={"webhook": {**good, **fields}}), words)
    assert aurora.api.post("/webhooks", json={"webhook": good}).status_code == 201


def test_every_rule_has_a_case() -> None:
    for cases, rules in ((PROJECT_CASES, PROJECT_RULES), (CONSUMPTION_CASES, CONSUMPTION_RULES)):
        assert set(cases) == {rule.__name__ for rule in rules}
    assert set(WEBHOOK_CASES) == {rule.__name__ for rule in WEBHOOK_RULES}


@pytest.mark.parametrize(
    ("path", "method"), [("/projects", "POST"), ("/design_requests", "POST"), ("/webhooks", "POST")]
)
def test_what_is_sent_is_wrapped(aurora: AuroraRig, path: str, method: str) -> None:
    assert aurora.api.request(method, path, json=PROJECT).status_code == 400


NESTED = {"location": PROJECT["location"]}
FLAT = {"address": "12 Sample Rd", "latitude": 36.8, "longitude": -119.8}


@pytest.mark.parametrize(
    ("style", "place", "status"),
    [
        ("nested", NESTED, 201),
        ("nested", FLAT, 422),
        ("nested", {"location": {"latitude": 1.0, "longitude": 2.0}}, 422),
        ("nested", {"location": {"property_address": "x", "latitude": "north"}}, 422),
        ("nested", {"location": "12 Sample Rd"}, 422),
        ("flat", FLAT, 201),
        ("flat", NESTED, 422),
        ("either", NESTED, 201),
        ("either", FLAT, 201),
        ("either", {}, 422),
    ],
)
def test_location_is_nested_or_in_older_versions_flat(
    aurora: AuroraRig, style: str, place: Fields, status: int
) -> None:
    aurora.settle(aurora_location=style)
    wish = {name: value for name, value in PROJECT.items() if name != "location"}
    assert aurora.api.post("/projects", json={"project": {**wish, **place}}).status_code == status


def test_project_is_shown_as_its_version_does(aurora: AuroraRig) -> None:
    path = f"/projects/{aurora.create()}"
    assert aurora.api.get(path).json()["project"]["location"] == PROJECT["location"]
    aurora.settle(aurora_location="flat")
    flat = aurora.api.get(path).json()["project"]
    assert (flat["address"], "location" in flat) == (PROJECT["location"]["property_address"], False)


def test_project_is_searched_by_our_id(aurora: AuroraRig) -> None:
    ours = aurora.create()
    aurora.create(external_provider_id="lead-2")

    def search() -> list[str]:
        answer = aurora.api.get("/projects", params={"external_provider_id": "lead-7f3a"})
        return [project["id"] for project in answer.json()["projects"]]

    assert search() == [ours]
    aurora.settle(aurora_search=False)
    assert len(search()) == 2


def test_created_projects_can_be_counted(aurora: AuroraRig) -> None:
    aurora.create()
    aurora.api.post("/projects", json={"project": PROJECT}, headers={"Aurora-API-Version": "2024.05"})
    created = aurora.ledger("project_created")
    assert [entry["identifier"] for entry in created] == ["lead-7f3a"] * 2
    assert [entry["api_version"] for entry in created] == [None, "2024.05"]


@pytest.mark.parametrize(
    "profile",
    [
        {"monthly_energy": [800] * 12},
        {"monthly_energy": [None, *[None] * 10, 700]},
        {"monthly_bill": [120.5, *[None] * 11]},
        {"interval_data": [{"start": "2026-01-01T00:00:00Z", "kwh": 0.4}]},
    ],
)
def test_each_kind_of_consumption(aurora: AuroraRig, profile: Fields) -> None:
    path = f"/projects/{aurora.create()}/consumption_profile"
    assert aurora.api.put(path, json={"consumption_profile": profile}).status_code == 200
    kept = aurora.api.get(path).json()["consumption_profile"]
    assert {name: kept[name] for name in profile} == profile


@pytest.mark.parametrize("values", [[None] * 12, ["800"] * 12, [-1] * 12, [True] * 12, 9600])
def test_months_that_are_no_numbers(aurora: AuroraRig, values: Any) -> None:
    path = f"/projects/{aurora.create()}/consumption_profile"
    assert aurora.api.put(path, json={"consumption_profile": {"monthly_energy": values}}).status_code == 422


def test_one_month_is_enough(aurora: AuroraRig) -> None:
    path = f"/projects/{aurora.create()}/consumption_profile"
    body = {"consumption_profile": {"monthly_energy": [500, *[None] * 11]}}
    assert aurora.api.put(path, json=body).json()["consumption_profile"]["annual_energy"] == 6000


def test_consumption_is_404_when_empty(aurora: AuroraRig) -> None:
    assert aurora.api.get(f"/projects/{aurora.create()}/consumption_profile").status_code == 404


def upload(rig: AuroraRig, project_id: str, data: bytes, name: str = 'attachment; filename="b.pdf"') -> httpx.Response:
    headers = {"Content-Disposition": name} if name else {}
    return rig.api.post(f"/projects/{project_id}/utility_bills", content=data, headers=headers)


@pytest.mark.parametrize("data", [b"%PDF-1.4", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF0000WEBP"])
def test_bill_is_raw_bytes_and_answers_a_job(aurora: AuroraRig, data: bytes) -> None:
    project_id = aurora.create()
    aurora.listen("utility_bill_upload_job_completed", "job_id=<JOB_ID>&project_id=<PROJECT_ID>&status=<STATUS>")
    job_id = upload(aurora, project_id, data).json()["job_id"]
    assert aurora.await_rings(1) == [{"job_id": job_id, "project_id": project_id, "status": "succeeded"}]
    assert aurora.api.get(f"/projects/{project_id}/consumption_profile").status_code == 200


def test_bill_that_is_refused(aurora: AuroraRig) -> None:
    project_id = aurora.create()
    check_refusal(upload(aurora, project_id, b"MZ a program"), "PDF, JPG, PNG, GIF or WEBP")
    check_refusal(upload(aurora, project_id, b"%PDF-1.4", name=""), "Content-Disposition", 400)


def test_last_parsed_bill_wins(aurora: AuroraRig) -> None:
    project_id = aurora.create()
    path = f"/projects/{project_id}/consumption_profile"
    aurora.settle(aurora_job_seconds=0.3)
    upload(aurora, project_id, b"%PDF-1.4")
    aurora.api.put(path, json={"consumption_profile": {"monthly_energy": [1] * 12}})
    assert aurora.api.get(path).json()["consumption_profile"]["monthly_energy"] == [1] * 12
    wait_until(lambda: aurora.ledger("job_finished"), "the bill to be read")
    assert aurora.api.get(path).json()["consumption_profile"]["monthly_energy"] != [1] * 12


def test_design_request_needs_a_project(aurora: AuroraRig) -> None:
    check_refusal(aurora.api.post("/design_requests", json={"design_request": {"project_id": "x"}}), "project_id")


def test_accepting_creates_the_design_and_fills_its_id(aurora: AuroraRig) -> None:
    project_id = aurora.create()
    request_id = aurora.order(project_id)
    path = f"/design_requests/{request_id}"
    aurora.move(project_id, "complete")
    waiting = aurora.api.get(path).json()["design_request"]
    assert (waiting["status"], waiting["design_id"]) == ("designer_completed", None)
    accepted = aurora.api.post(f"{path}/accept").json()["design_request"]
    assert accepted["status"] == "accepted"
    design = aurora.api.get(f"/designs/{accepted['design_id']}").json()["design"]
    assert (design["project_id"], design["external_provider_id"]) == (project_id, "lead-7f3a")


def test_only_what_is_completed_is_accepted_and_once(aurora: AuroraRig) -> None:
    project_id = aurora.create()
    path = f"/design_requests/{aurora.order(project_id)}/accept"
    check_refusal(aurora.api.post(path), "cannot be accepted")
    aurora.move(project_id, "complete")
    assert aurora.api.post(path).status_code == 200
    check_refusal(aurora.api.post(path), "already accepted")
    assert len(aurora.ledger("design_created")) == 1
    rejected = f"/design_requests/{aurora.order(project_id)}/accept"
    aurora.move(project_id, "reject")
    check_refusal(aurora.api.post(rejected), "designer_rejected")


@pytest.mark.parametrize(
    ("address", "event", "status"),
    [
        ("901 Mears Ct, Stanford CA 94305", "design_request_completed", "designer_completed"),
        ("600 Montgomery St, San Francisco", "design_request_rejected", "designer_rejected"),
    ],
)
def test_two_addresses_end_at_once(aurora: AuroraRig, address: str, event: str, status: str) -> None:
    aurora.listen(event, "design_request_id=<DESIGN_REQUEST_ID>&status=<STATUS>")
    request_id = aurora.order(aurora.create(location={"property_address": address}))
    assert aurora.await_rings(1) == [{"design_request_id": request_id, "status": status}]
    shown = aurora.api.get(f"/design_requests/{request_id}").json()["design_request"]
    assert (shown["status"], bool(shown["rejection_reason"])) == (status, status == "designer_rejected")


@pytest.mark.parametrize("part", ["pricing", "roof_summary", "web_proposal", "web_proposal/generate_url"])
def test_simulation_comes_before_pricing_and_proposals(aurora: AuroraRig, part: str) -> None:
    project_id = aurora.create()
    design_id = aurora.design(project_id)
    method = "POST" if part.endswith("generate_url") else "GET"
    check_refusal(aurora.api.request(method, f"/designs/{design_id}/{part}"), "performance simulation")
    aurora.move(project_id, "web_proposal")
    assert aurora.api.request(method, f"/designs/{design_id}/{part}").status_code == 200


def test_web_proposal_lives_thirty_days(aurora: AuroraRig) -> None:
    project_id = aurora.create()
    path = f"/designs/{aurora.design(project_id)}/web_proposal"
    aurora.move(project_id, "simulate")
    assert aurora.api.get(path).status_code == 404
    first = aurora.api.post(f"{path}/generate_url").json()
    assert aurora.open.get(first["url"]).status_code == 200
    assert aurora.api.get(path).json() == {"url": first["url"], "url_expired": False}
    aurora.advance(30 * 86400 + 1)
    assert aurora.api.get(path).json()["url_expired"]
    assert aurora.open.get(first["url"]).status_code == 410
    fresh = aurora.api.post(f"{path}/generate_url").json()
    assert (fresh["url"] != first["url"], fresh["url_expired"]) == (True, False)


def test_unknown_objects_are_404(aurora: AuroraRig) -> None:
    for path in ("/projects/x", "/design_requests/x", "/designs/x/summary", "/agreements/x", "/nothing"):
        assert aurora.api.get(path).status_code == 404
