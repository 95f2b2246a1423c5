"""What a homeowner is shown of a proposal: the PDF and the page behind the share link."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response

from tools.sandbox.gate import this_world
from tools.sandbox.opensolar.changes import announce
from tools.sandbox.opensolar.describing import list_systems
from tools.sandbox.opensolar.staging import add_event
from tools.sandbox.samples import write_page
from tools.sandbox.sheet import answer_sheet, draw_facts
from tools.sandbox.tables import Row
from tools.sandbox.world import World

paper = Blueprint("opensolar_paper", __name__)
VIEWED = 2


def write_proposal(project: Row, system: Row) -> bytes:
    """A one-page PDF."""
    lines = [("F2", 20, "Your solar proposal"), ("F1", 12, str(project["address"] or ""))]
    lines += [("F1", 12, text) for text in list_facts(system)]
    return write_page([*lines, ("F1", 9, "Every name and number on this page is invented.")])


def list_facts(system: Row) -> list[str]:
    facts = [
        f"System size: {system['kw_stc']:g} kW, {system['module_quantity']} panels",
        f"Yearly production: {system['output_annual_kwh']} kWh",
        f"Share of your use: {system['consumption_offset_percentage']} %",
        f"Price including tax: {system['price_including_tax']:.2f}",
    ]
    return facts + ([f"Battery: {system['battery_total_kwh']:g} kWh"] if system["battery_total_kwh"] else [])


def make_share_link(world: World) -> str:
    return f"{world.base_url}/opensolar/proposals/{secrets.token_urlsafe(12)}"


@paper.get("/opensolar/proposals/<token>")
def show_proposal(token: str) -> Response:
    """The page behind `share_link`; opening it is seen by the organisation as event 2."""
    world = this_world()
    rows = world.opensolar.newest_first("projects")
    project = next((row for row in rows if (row["share_link"] or "").endswith(f"/{token}")), None)
    if project is None:
        return Response("There is no such proposal.", status=404, mimetype="text/plain")
    announce(world, [add_event(world, project, VIEWED)])
    designs = list_systems(world, project["id"])
    facts = draw_facts(list_facts(designs[-1])) if designs else "<p>The design is not there yet.</p>"
    return answer_sheet(f"Solar for {project['address'] or 'your home'}", facts)
