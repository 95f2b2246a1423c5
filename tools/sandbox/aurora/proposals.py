"""Web proposals, whose address lives 30 days, and the agreements that are signed on them."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response

from tools.sandbox.aurora.access import find_row, guard
from tools.sandbox.aurora.answers import AuroraRefusal, answer_json
from tools.sandbox.aurora.designs import need_simulation
from tools.sandbox.aurora.happenings import Happening, announce
from tools.sandbox.gate import this_world
from tools.sandbox.sheet import answer_sheet, draw_facts
from tools.sandbox.tables import Row, read_moment, write_moment, write_now
from tools.sandbox.world import World

proposals = Blueprint("aurora_proposals", __name__)
ROOT = "/aurora/tenants/<tenant>"
PROPOSAL = f"{ROOT}/designs/<key>/web_proposal"
LIFE = timedelta(days=30)
STATUSES = ("sent", "viewed", "signed", "cancel-pending", "canceled", "declined", "error")


@proposals.get(PROPOSAL)
@guard("web_proposals.fetch")
def fetch_proposal(tenant: str, key: str) -> Response:
    row = find_row("designs", key)
    need_simulation(row)
    if row["proposal"] is None:
        raise AuroraRefusal(404, "The design has no web proposal yet.")
    return answer_json(describe_proposal(row))


@proposals.post(f"{PROPOSAL}/generate_url")
@guard("web_proposals.generate")
def generate_url(tenant: str, key: str) -> Response:
    """A new address; the one before it is dead."""
    world, row = this_world(), find_row("designs", key)
    need_simulation(row)
    announce(world, make_proposal(world, row, "api"))
    return answer_json(describe_proposal(row))


@proposals.get(f"{ROOT}/agreements/<key>")
@guard("agreements.fetch")
def fetch_agreement(tenant: str, key: str) -> Response:
    return answer_json({"agreement": find_row("agreements", key)})


@proposals.get("/aurora/web_proposals/<key>/<token>")
def show_proposal(key: str, token: str) -> Response:
    """The page behind the address, as long as that lives."""
    row = this_world().aurora.find("designs", key)
    known = row is not None and row["proposal"] is not None and row["proposal"]["url"].endswith(f"/{token}")
    if row is None or not known or is_expired(row):
        return Response("This proposal's link has expired.", status=410, mimetype="text/plain")
    numbers = row["numbers"]
    facts = (
        f"System size: {numbers['watts'] / 1000:.1f} kW, {numbers['panels']} panels",
        f"Yearly production: {numbers['output']:,.0f} kWh",
        f"Price: {numbers['price']:,.2f}",
    )
    return answer_sheet("Your design", draw_facts(facts))


def make_proposal(world: World, row: Row, source: str) -> list[Happening]:
    url = f"{world.base_url}/aurora/web_proposals/{row['id']}/{secrets.token_urlsafe(12)}"
    world.aurora.change(row, {"proposal": {"url": url, "ends_at": write_moment(datetime.now(UTC) + LIFE)}})
    project = world.aurora.find("projects", row["project_id"]) or {}
    return [Happening("web_proposal_url_created", project, {"DESIGN_ID": row["id"], "SOURCE": source})]


def describe_proposal(row: Row) -> Row:
    return {"url": row["proposal"]["url"], "url_expired": is_expired(row)}


def is_expired(row: Row) -> bool:
    return read_moment(row["proposal"]["ends_at"]) < datetime.now(UTC)


def set_agreement(world: World, project: Row, design: Row | None, status: str) -> Happening:
    """The project's agreement, made where there is none, gets that status, whatever it was before."""
    row = world.aurora.latest("agreements", project["id"])
    if row is None:
        design_id = design["id"] if design else None
        values = {"project_id": project["id"], "design_id": design_id, "status": None, "created_at": write_now()}
        row = world.aurora.keep("agreements", values)
    world.aurora.change(row, {"status": status})
    values = {"AGREEMENT_ID": row["id"], "STATUS": status, "DESIGN_ID": row["design_id"] or ""}
    return Happening("agreement_status_changed", project, values)
