"""Aurora docs: the shapes of summaries, pricing, jobs and the catalogue, and what goes wrong on request."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.sandbox.aurora_rig import PROJECT, AuroraRig
from tests.sandbox.receiver import wait_until

DOCUMENTED = {"design_id", "external_provider_id", "project_id", "system_size_ac", "bill_of_materials"} | {
    "string_inverters"
}
DOCUMENTS = {"system_size_watts", "annual_energy_production", "offset", "module_count", "module"}


def summarise(rig: AuroraRig, design_id: str) -> dict[str, Any]:
    return dict(rig.api.get(f"/designs/{design_id}/summary").json()["design"])


def test_summary_in_either_dialect(aurora: AuroraRig) -> None:
    design_id = aurora.design(aurora.create(), kw=7.2, panels=18, battery=True)
    assert set(summarise(aurora, design_id)) >= DOCUMENTED | DOCUMENTS
    aurora.settle(aurora_summary="documented")
    assert set(summarise(aurora, design_id)) == DOCUMENTED
    aurora.settle(aurora_summary="documents")
    assert not set(summarise(aurora, design_id)) & {"bill_of_materials", "system_size_ac"}


def test_summary_has_what_was_designed(aurora: AuroraRig) -> None:
    project_id = aurora.create()
    body = {"consumption_profile": {"monthly_energy": [800] * 12}}
    aurora.api.put(f"/projects/{project_id}/consumption_profile", json=body)
    summary = summarise(aurora, aurora.design(project_id, kw=7.2, panels=18, output=9600, battery="CB-10"))
    assert (summary["system_size_watts"], summary["module_count"], summary["offset"]) == (7200, 18, 1.0)
    parts = {part["component_type"]: part for part in summary["bill_of_materials"]}
    assert set(parts["module"]) == {"id", "name", "component_type", "quantity", "manufacturer_name"}
    assert (parts["module"]["quantity"], parts["battery"]["name"]) == (18, "CB-10")
    assert len(summary["monthly_energy_production"]) == 12


def test_size_follows_the_consumption(aurora: AuroraRig) -> None:
    project_id = aurora.create()
    body = {"consumption_profile": {"monthly_energy": [1000] * 12}}
    aurora.api.put(f"/projects/{project_id}/consumption_profile", json=body)
    assert summarise(aurora, aurora.design(project_id))["offset"] == pytest.approx(1.05, abs=0.001)


def test_pricing_assets_and_financings(aurora: AuroraRig) -> None:
    project_id = aurora.create()
    design_id = aurora.design(project_id, kw=7.2, price=20880)
    aurora.move(project_id, "simulate")
    pricing = aurora.api.get(f"/designs/{design_id}/pricing").json()["pricing"]
    assert (pricing["system_price"], pricing["price_per_watt"]) == (20880, 2.9)
    layout = aurora.api.get(f"/designs/{design_id}/assets").json()["assets"]["panel_layout_url"]
    assert aurora.open.get(layout).content.startswith(b"\x89PNG")
    assert len(aurora.api.get(f"/designs/{design_id}/financings").json()["financings"]) == 1


def test_design_by_hand_and_by_auto_designer(aurora: AuroraRig) -> None:
    project_id = aurora.create()
    aurora.listen("auto_designer_job_completed", "design_id=<DESIGN_ID>&job_id=<JOB_ID>&status=<STATUS>")
    design_id = aurora.post("/designs", design={"project_id": project_id, "name": "By hand"})["design"]["id"]
    job_id = aurora.api.post(f"/designs/{design_id}/auto_designer").json()["job_id"]
    assert aurora.await_rings(1) == [{"design_id": design_id, "job_id": job_id, "status": "succeeded"}]
    assert aurora.api.get(f"/designs/{design_id}/auto_designer/{job_id}").json()["status"] == "succeeded"
    listed = aurora.api.get(f"/projects/{project_id}/designs").json()["designs"]
    assert [design["name"] for design in listed] == ["By hand"]


def test_performance_simulation_is_a_job(aurora: AuroraRig) -> None:
    design_id = aurora.design(aurora.create())
    aurora.settle(aurora_job_seconds=0.3)
    job = aurora.api.post(f"/designs/{design_id}/performance_simulations").json()
    assert job["status"] == "running"
    path = f"/designs/{design_id}/performance_simulations/{job['job_id']}"
    wait_until(lambda: aurora.api.get(path).json()["status"] == "succeeded", "the simulation")
    assert aurora.api.get(f"/designs/{design_id}/pricing").status_code == 200


@pytest.mark.parametrize("name", ["modules", "inverters"])
def test_catalogue(aurora: AuroraRig, name: str) -> None:
    rows = aurora.api.get(f"/{name}").json()[name]
    assert {"id", "manufacturer", "model", "type"} <= set(rows[0])
    assert len(aurora.api.get(f"/{name}?per_page=1").json()[name]) == 1


def test_project_is_changed(aurora: AuroraRig) -> None:
    path = f"/projects/{aurora.create()}"
    assert aurora.api.put(path, json={"project": {"customer_phone": "+14155550199"}}).status_code == 200
    after = aurora.api.get(path).json()["project"]
    assert (after["customer_phone"], after["location"]) == ("+14155550199", PROJECT["location"])
    assert aurora.api.put(path, json={"project": {"location": {}}}).status_code == 422


@pytest.mark.parametrize(
    ("kind", "status", "created"),
    [
        ("rate_limit", 429, 0),
        ("error_before", 500, 0),
        ("payment_required", 402, 0),
        ("forbidden", 403, 0),
        ("unauthorised", 401, 0),
        ("gateway_timeout", 504, 0),
        ("error_after", 500, 1),
        ("gateway_timeout_after", 504, 1),
    ],
)
def test_error_answers(aurora: AuroraRig, kind: str, status: int, created: int) -> None:
    aurora.add_fault("aurora.projects.create", kind, seconds=3)
    answer = aurora.api.post("/projects", json={"project": PROJECT})
    assert (answer.status_code, list(answer.json())) == (status, ["errors"])
    assert answer.headers.get("Retry-After") == ("3" if status == 429 else None)
    assert len(aurora.ledger("project_created")) == created


def test_reset_after_ordering(aurora: AuroraRig) -> None:
    project_id = aurora.create()
    aurora.add_fault("aurora.design_requests.create", "reset_after")
    with pytest.raises(httpx.ReadError):
        aurora.order(project_id)
    assert len(aurora.ledger("design_request_created")) == 1


@pytest.mark.parametrize(
    ("endpoint", "path"),
    [
        ("projects.list", "/projects"),
        ("modules.list", "/modules"),
        ("inverters.list", "/inverters"),
        ("webhooks.list", "/webhooks"),
    ],
)
def test_every_endpoint_can_fail(aurora: AuroraRig, endpoint: str, path: str) -> None:
    aurora.add_fault(f"aurora.{endpoint}", "error_before")
    assert [aurora.api.get(path).status_code for _ in range(2)] == [500, 200]


def test_list_that_lags(aurora: AuroraRig) -> None:
    aurora.create()
    aurora.add_fault("aurora.projects.list", "lag", seconds=60, count=1)
    assert [len(aurora.api.get("/projects").json()["projects"]) for _ in range(2)] == [0, 1]
