"""Systems: what staff designed in the app; read-only."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, Response, request

from tools.sandbox.gate import this_world
from tools.sandbox.opensolar.access import guard
from tools.sandbox.opensolar.answers import Refusal, answer_json, cut_page
from tools.sandbox.opensolar.describing import describe_system
from tools.sandbox.tables import Row, write_now

systems = Blueprint("opensolar_systems", __name__)
TAX = 0.1
KWH_PER_KW = 1380
PANEL_KW = 0.44


@systems.get("/opensolar/api/orgs/<org>/systems/", strict_slashes=False)
@guard("systems.list", throttle="systems.read")
def list_systems(org: str) -> Response:
    need_fieldset()
    rows = this_world().opensolar.newest_first("systems")
    project = request.args.get("project")
    return answer_json(cut_page([describe_system(row) for row in rows if project in (None, str(row["project_id"]))]))


def need_fieldset() -> None:
    """OpenSolar docs: `fieldset=list` is required."""
    if request.args.get("fieldset") != "list":
        raise Refusal(400, {"fieldset": ["This field is required."]})


def make_system(number: int, project_id: int, wish: dict[str, Any]) -> Row:
    """A design with the kW, panels, price … that `wish` names, and what follows from them."""
    kw = float(wish.get("kw", 6.2))
    price = round(float(wish.get("price", kw * 1600)), 2)
    panels = int(wish.get("panels", max(1, round(kw / PANEL_KW))))
    battery = float(wish.get("battery_kwh", 0))
    return {
        "id": number,
        "uuid": str(uuid.uuid4()),
        "project_id": project_id,
        "kw_stc": kw,
        "battery_total_kwh": battery,
        "price_including_tax": price,
        "price_excluding_tax": round(price / (1 + TAX), 2),
        "output_annual_kwh": int(wish.get("output", round(kw * KWH_PER_KW))),
        "consumption_offset_percentage": int(wish.get("offset", 82)),
        "module_quantity": panels,
        "modules": [_name_part(wish.get("module", "SB-440"), "Sunbeam Modules", panels)],
        "inverters": [_name_part(wish.get("inverter", "GT-5000"), "Gridtie", 1)],
        "batteries": [_name_part(wish.get("battery", "CB-10"), "Cellbank", 1)] if battery else [],
        "others": [],
        "created_date": write_now(),
    }


def _name_part(code: object, maker: str, quantity: int) -> Row:
    return {"code": str(code), "manufacturer_name": maker, "quantity": quantity}
