"""Designs: made by hand or by the AutoDesigner, simulated, and read in parts."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response

from tools.sandbox.aurora.access import find_row, guard, read_wrapped
from tools.sandbox.aurora.answers import AuroraRefusal, answer_json
from tools.sandbox.aurora.designing import keep_design, summarise
from tools.sandbox.aurora.happenings import Happening, announce, later
from tools.sandbox.aurora.jobs import finish_job, start_job
from tools.sandbox.gate import this_world
from tools.sandbox.samples import make_sample
from tools.sandbox.tables import Row
from tools.sandbox.world import World

designs = Blueprint("aurora_designs", __name__)
TENANT = "/aurora/tenants/<tenant>"
ROOT = f"{TENANT}/designs/<key>"
SIMULATIONS = f"{ROOT}/<any(performance_simulations, performance_simulation, run_performance_simulation):path>"
HIDDEN = ("numbers", "proposal", "simulated")


@designs.post(f"{TENANT}/designs")
@guard("designs.create")
def create_design(tenant: str) -> Response:
    """By hand, the other way than a design request."""
    world, sent = this_world(), read_wrapped("design")
    project = world.aurora.find("projects", sent.get("project_id"))
    if project is None:
        raise AuroraRefusal(422, "project_id must be a project of this tenant.")
    row = keep_design(world, project, {"name": sent.get("name")})
    announce(world, [Happening("design_created", project, {"DESIGN_ID": row["id"]})])
    return answer_json({"design": describe_design(row, project)}, 201)


@designs.get(f"{TENANT}/projects/<key>/designs")
@guard("designs.list")
def list_designs(tenant: str, key: str) -> Response:
    project = find_row("projects", key)
    rows = this_world().aurora.select("designs", project_id=key)
    return answer_json({"designs": [describe_design(row, project) for row in rows]})


@designs.get(ROOT)
@guard("designs.fetch")
def fetch_design(tenant: str, key: str) -> Response:
    row = find_row("designs", key)
    return answer_json({"design": describe_design(row, find_row("projects", row["project_id"]))})


@designs.get(f"{ROOT}/summary")
@guard("designs.summary")
def fetch_summary(tenant: str, key: str) -> Response:
    row = find_row("designs", key)
    return answer_json({"design": summarise(this_world(), row, find_row("projects", row["project_id"]))})


@designs.get(f"{ROOT}/pricing")
@guard("designs.pricing")
def fetch_pricing(tenant: str, key: str) -> Response:
    row = find_row("designs", key)
    need_simulation(row)
    numbers = row["numbers"]
    priced = {"system_price": numbers["price"], "base_system_price": numbers["price"]}
    per_watt = round(numbers["price"] / numbers["watts"], 4) if numbers["watts"] else None
    return answer_json(
        {"pricing": {"design_id": key, "pricing_method": "price per watt", "price_per_watt": per_watt, **priced}}
    )


@designs.get(f"{ROOT}/financings")
@guard("designs.financings")
def list_financings(tenant: str, key: str) -> Response:
    row = find_row("designs", key)
    cash = {"id": f"{key}-cash", "design_id": key, "name": "Cash", "type": "cash", "amount": row["numbers"]["price"]}
    return answer_json({"financings": [cash]})


@designs.get(f"{ROOT}/assets")
@guard("designs.assets")
def fetch_assets(tenant: str, key: str) -> Response:
    url = f"{this_world().base_url}/aurora/assets/{find_row('designs', key)['id']}/panel_layout.png"
    return answer_json({"assets": {"panel_layout_url": url, "irradiance_map_url": None, "three_d_url": None}})


@designs.get("/aurora/assets/<key>/panel_layout.png")
def serve_layout(key: str) -> Response:
    """A picture of panels on a roof; the link is the key."""
    if this_world().aurora.find("designs", key) is None:
        return Response("There is no such picture.", status=404, mimetype="text/plain")
    content_type, _, data = make_sample("roof")
    return Response(data, mimetype=content_type)


@designs.get(f"{ROOT}/roof_summary")
@guard("designs.roof_summary")
def fetch_roof(tenant: str, key: str) -> Response:
    """Once the performance simulation has run."""
    row = find_row("designs", key)
    need_simulation(row)
    face = {"id": "face-1", "pitch": 22, "azimuth": 180, "area": 640, "modules": row["numbers"]["panels"]}
    return answer_json({"roof_summary": {"design_id": key, "total_area": 640, "roof_faces": [face]}})


@designs.post(SIMULATIONS)
@guard("designs.simulate")
def run_simulation(tenant: str, key: str, path: str) -> Response:
    world, row = this_world(), find_row("designs", key)
    job = start_job(world, "performance_simulation", row["project_id"], key)
    later(world, row, partial(finish_simulation, world, row, job))
    return answer_json({"job_id": job["id"], "status": job["status"]}, 202)


@designs.post(f"{ROOT}/auto_designer")
@guard("auto_designer.create")
def run_auto_designer(tenant: str, key: str) -> Response:
    world, row = this_world(), find_row("designs", key)
    job = start_job(world, "auto_designer", row["project_id"], key)
    later(world, row, partial(_finish_auto_design, world, row, job))
    return answer_json({"job_id": job["id"], "status": job["status"]}, 202)


@designs.get(f"{SIMULATIONS}/<job_id>")
@designs.get(f"{ROOT}/auto_designer/<job_id>")
@guard("jobs.fetch")
def fetch_job(tenant: str, key: str, job_id: str, path: str = "") -> Response:
    find_row("designs", key)
    job = find_row("jobs", job_id)
    return answer_json({"job_id": job["id"], "status": job["status"]})


def need_simulation(row: Row) -> None:
    """Aurora docs: the performance simulation is required before pricing and proposals."""
    if not row["simulated"]:
        raise AuroraRefusal(422, "A performance simulation must be run on the design first.")


def finish_simulation(world: World, row: Row, job: Row) -> list[Happening]:
    world.aurora.change(row, {"simulated": True})
    return [_finish(world, row, job, "performance_simulation_job_completed")]


def describe_design(row: Row, project: Row) -> Row:
    shown = {name: value for name, value in row.items() if name not in HIDDEN}
    return {**shown, "external_provider_id": project["external_provider_id"]}


def _finish_auto_design(world: World, row: Row, job: Row) -> list[Happening]:
    return [_finish(world, row, job, "auto_designer_job_completed")]


def _finish(world: World, row: Row, job: Row, event: str) -> Happening:
    finish_job(world, job)
    project = world.aurora.find("projects", row["project_id"]) or {}
    return Happening(event, project, {"DESIGN_ID": row["id"], "JOB_ID": job["id"], "STATUS": job["status"]})
