"""What a design is made of: its numbers, and the shapes in which Aurora tells them."""

from __future__ import annotations

from typing import Any

from tools.sandbox.aurora.catalogue import BATTERY, INVERTERS, MODULES
from tools.sandbox.aurora.consumption_year import sum_year
from tools.sandbox.tables import Row, write_now
from tools.sandbox.world import World

WATTS = 440
KWH_PER_KW = 1420
# Share of a year's production in each month, January first.
SHAPE = (0.055, 0.062, 0.083, 0.094, 0.106, 0.110, 0.112, 0.105, 0.090, 0.075, 0.058, 0.050)


def keep_design(world: World, project: Row, wish: dict[str, Any]) -> Row:
    """A new design of the project with the kw, panels, price … that `wish` names."""
    fixed = {"project_id": project["id"], "name": str(wish.get("name") or "Design 1"), "created_at": write_now()}
    state = {"simulated": False, "proposal": None}
    row = world.aurora.keep("designs", {**fixed, **state, "numbers": make_numbers(project, wish)})
    world.ledger.write(
        "design_created",
        vendor="aurora",
        design_id=row["id"],
        project_id=project["id"],
        identifier=project["external_provider_id"],
    )
    return row


def make_numbers(project: Row, wish: dict[str, Any]) -> Row:
    """kW, panels, kWh a year, offset as a share, price; unasked they follow from one another."""
    used = sum_year(project["consumption"])
    kw = float(wish.get("kw") or (used * 1.05 / KWH_PER_KW if used else 6.16))
    panels = int(wish.get("panels") or max(1, round(kw * 1000 / WATTS)))
    output = float(wish.get("output") or round(kw * KWH_PER_KW))
    offset = float(wish["offset"]) / 100 if wish.get("offset") else (output / used if used else 1.05)
    battery = wish.get("battery")
    return {
        "watts": round(kw * 1000, 1),
        "panels": panels,
        "output": output,
        "offset": round(offset, 4),
        "price": round(float(wish.get("price") or kw * 2900), 2),
        "battery": BATTERY if battery is True else battery,
    }


def summarise(world: World, design: Row, project: Row) -> Row:
    """The design under the summary's documented names, under those of the documents, or under both."""
    style = world.options.aurora_summary
    real = _summarise_documented(design, project) if style != "documents" else {}
    return {**real, **(_summarise_documents(design) if style != "documented" else {})}


def list_months(numbers: Row) -> list[int]:
    return [round(numbers["output"] * share) for share in SHAPE]


def _summarise_documented(design: Row, project: Row) -> Row:
    numbers = design["numbers"]
    module, inverter = MODULES[0], INVERTERS[0]
    parts = [(module, "module", numbers["panels"]), (inverter, "inverter", 1)]
    listed = [
        {
            "id": part["id"],
            "name": part["model"],
            "component_type": kind,
            "quantity": quantity,
            "manufacturer_name": part["manufacturer"],
        }
        for part, kind, quantity in parts
    ]
    if numbers["battery"]:
        battery = {"id": "battery-1", "name": str(numbers["battery"]), "manufacturer_name": "Cellbank"}
        listed.append({**battery, "component_type": "battery", "quantity": 1})
    return {
        "design_id": design["id"],
        "external_provider_id": project["external_provider_id"],
        "project_id": project["id"],
        "system_size_ac": round(numbers["watts"] * 0.85, 1),
        "bill_of_materials": listed,
        "string_inverters": [{"name": inverter["model"], "quantity": 1}],
    }


def _summarise_documents(design: Row) -> Row:
    numbers = design["numbers"]
    battery = numbers["battery"]
    return {
        "id": design["id"],
        "project_id": design["project_id"],
        "system_size_watts": numbers["watts"],
        "annual_energy_production": numbers["output"],
        "monthly_energy_production": list_months(numbers),
        "offset": numbers["offset"],
        "module_count": numbers["panels"],
        "module": {name: MODULES[0][name] for name in ("id", "manufacturer", "model", "wattage")},
        "inverter": {name: INVERTERS[0][name] for name in ("id", "manufacturer", "model")},
        "storage": {"manufacturer": "Cellbank", "model": str(battery), "count": 1} if battery else None,
        "arrays": [{"id": "array-1", "azimuth": 180, "tilt": 22, "module_count": numbers["panels"]}],
    }
