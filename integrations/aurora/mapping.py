"""What we know, as Aurora takes it: project, consumption, order of a design."""

import math
from typing import Any, Literal

from integrations.vendor import DesignOrder, ProjectSheet, Usage

Address = Literal["nested", "flat"]

SLA_MINUTES = 180
MAX_TEXT = 255
NESTED_SINCE = "2024.05"

ROOF_MATERIALS = {
    "asphalt_shingle": "Asphalt Shingles",
    "clay_tile": "Clay Tile",
    "concrete_tile": "Concrete Tile",
    "flat_concrete": "Flat (Other)",
    "flat_membrane": "Flat Membrane",
    "metal": "Metal (Other)",
    "metal_tile": "Metal Shingle",
    "slate": "Slate",
    "tile": "Clay Tile",
}


def choose_address(version: str) -> Address:
    """Flat for the versions before Aurora nested a project's address; nested for later ones and the key's own."""
    return "flat" if version and version < NESTED_SINCE else "nested"


def build_project(sheet: ProjectSheet, address: Address = "nested") -> dict[str, Any]:
    """The body of a project that is made or changed. A value that is not known is left out: Aurora refuses null."""
    given, _, family = sheet.name.strip().partition(" ")
    project: dict[str, Any] = {
        "name": sheet.name.strip() or sheet.reference,
        "external_provider_id": sheet.reference,
        "customer_first_name": given,
        "customer_last_name": family.strip(),
        "customer_email": sheet.email,
        "customer_phone": sheet.phone,
        "project_type": "residential",
    }
    place: dict[str, Any] = {"property_address" if address == "nested" else "address": join_address(sheet)}
    if sheet.latitude is not None and sheet.longitude is not None:
        place |= {"latitude": sheet.latitude, "longitude": sheet.longitude}
    place = _drop_empty(place)
    if address == "nested":
        project["location"] = place
    else:
        project |= place
    return {"project": _drop_empty(project)}


def join_address(sheet: ProjectSheet) -> str:
    """One line, as Aurora has no fields for its parts."""
    town = " ".join(filter(None, (sheet.state, sheet.postal_code)))
    return ", ".join(filter(None, (sheet.street, sheet.city, town, sheet.country)))


def build_usage(usage: Usage) -> dict[str, list[float | None]] | None:
    """Exactly one kind of consumption, from January; None where nothing is known.

    Known months as they are, with null for the others: Aurora extrapolates from one. An average stands in every month,
    a year in twelfths of it, a bill (US dollars alone) in every month.
    """
    months = [_read_amount(value) for value in (usage.monthly_kwh or ())]
    if len(months) == 12 and any(value is not None for value in months):
        return {"monthly_energy": months}
    if (average := _read_amount(usage.average_kwh)) is not None:
        return {"monthly_energy": [average] * 12}
    if (year := _read_amount(usage.annual_kwh)) is not None:
        return {"monthly_energy": [round(year / 12, 3)] * 12}
    bill = _read_amount(usage.monthly_bill)
    if bill is not None and usage.currency in ("", "USD"):
        return {"monthly_bill": [bill] * 12}
    return None


def spell_nulls(profile: dict[str, list[float | None]]) -> dict[str, list[float | str]]:
    """Unknown months as the word "null", which some versions want."""
    return {kind: ["null" if value is None else value for value in values] for kind, values in profile.items()}


def build_order(project_id: str, order: DesignOrder) -> dict[str, Any]:
    """A design request with our wishes. Only `project_id` is documented; the rest is unverified."""
    roof = ROOF_MATERIALS.get(order.roof_material, order.roof_material.replace("_", " "))
    wishes = {
        "project_id": project_id,
        "sla": SLA_MINUTES,
        "auto_accept": True,
        "target_offset": order.target_offset,
        "mounting_type": order.mounting_type,
        "roof_material": roof,
        "notes": order.notes,
        "preferred_module_id": order.preferred_module_id,
        "preferred_inverter_id": order.preferred_inverter_id,
    }
    return {"design_request": {key: value for key, value in wishes.items() if value not in ("", None)}}


def build_bare_order(project_id: str) -> dict[str, Any]:
    """A design request as it is documented."""
    return {"design_request": {"project_id": project_id}}


def _read_amount(value: float | None) -> float | None:
    """Amounts of energy or money that make sense."""
    if value is None or not math.isfinite(value) or value <= 0:
        return None
    return value


def _drop_empty(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value[:MAX_TEXT] if isinstance(value, str) else value
        for key, value in fields.items()
        if value not in ("", None, {})
    }
