"""How OpenSolar shows its objects; `base` is the start of links, empty for relative ones."""

from __future__ import annotations

from typing import Any

from tools.sandbox.opensolar.answers import write_link
from tools.sandbox.opensolar.store import STAGES, WORKFLOW_ID
from tools.sandbox.tables import Row
from tools.sandbox.world import World

PREFIX = "/opensolar"
GIVEN = (
    *("identifier", "title", "is_residential", "lead_source", "notes", "lat", "lon", "address", "locality", "state"),
    *("zip", "country_iso2", "number_of_phases", "roof_type", "assigned_role", "installation_date"),
    "valid_until_date",
)
KEPT = (
    *GIVEN,
    *("usage", "share_link", "contract_date", "sold_date", "system_sold", "project_sold", "project_installed"),
    *("created_date", "modified_date"),
)
LIST_LEFT_OUT = ("identifier", "usage", "events_data", "private_files_data", "customer_proposal_data")


def api_base(world: World) -> str:
    return world.base_url + PREFIX


def link_to(world: World, base: str, kind: str, number: int) -> str:
    return write_link(base, world.options.opensolar_org, kind, number)


def describe_project(world: World, row: Row, base: str) -> Row:
    tables = world.opensolar
    contacts = [contact for number in row["contact_ids"] if (contact := tables.find("contacts", number))]
    return {
        "id": row["id"],
        "url": link_to(world, base, "projects", row["id"]),
        **{name: row[name] for name in KEPT},
        "contacts": [link_to(world, base, "contacts", contact["id"]) for contact in contacts],
        "contacts_data": [
            {name: contact[name] for name in ("id", "first_name", "family_name")} for contact in contacts
        ],
        "systems": [link_to(world, base, "systems", system["id"]) for system in list_systems(world, row["id"])],
        "workflow": {"id": WORKFLOW_ID, "workflow_id": WORKFLOW_ID, "active_stage_id": row["stage_id"]},
        "stage": next(order for order, stage in enumerate(STAGES) if stage[0] == row["stage_id"]),
        "events_data": [describe_event(world, event, base) for event in list_events(world, row["id"])],
        "private_files_data": [
            {"id": file["id"], "title": file["title"]} for file in tables.select("files", project_id=row["id"])
        ],
        "customer_proposal_data": {"ready": row["proposal_ready"]},
    }


def describe_listed(world: World, row: Row, base: str) -> Row:
    """A row of the project list, which is shorter than the project."""
    whole = describe_project(world, row, base)
    left_out = LIST_LEFT_OUT[1:] if world.options.opensolar_list_identifiers else LIST_LEFT_OUT
    return {name: value for name, value in whole.items() if name not in left_out}


def list_systems(world: World, project_id: int) -> list[Row]:
    return list(world.opensolar.select("systems", project_id=project_id))


def list_events(world: World, project_id: int) -> list[Row]:
    return list(world.opensolar.select("events", project_id=project_id))


def describe_contact(world: World, row: Row, base: str) -> Row:
    return {"id": row["id"], "url": link_to(world, base, "contacts", row["id"]), **row}


def describe_event(world: World, row: Row, base: str) -> Row:
    contact = row["contact_id"]
    return {
        "id": row["id"],
        "event_type_id": row["event_type_id"],
        "title": row["title"],
        "project": link_to(world, base, "projects", row["project_id"]),
        "contact": link_to(world, base, "contacts", contact) if contact else None,
        "start": row["start"],
        "end": row["end"],
        "is_complete": row["is_complete"],
        "created_date": row["created_date"],
    }


def describe_system(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in ("project_id", "created_date")}


def describe_file(world: World, row: Row, base: str) -> Row:
    project = row["project_id"]
    return {
        "id": row["id"],
        "title": row["title"],
        "url": link_to(world, base, "private_files", row["id"]),
        "project": link_to(world, base, "projects", project) if project else None,
        "created_date": row["created_date"],
    }


def describe_webhook(world: World, row: Row, base: str) -> Row:
    return {"url": link_to(world, base, "webhooks", row["id"]), **row}


def describe_for_webhook(world: World, model: str, row: Row, base: str) -> dict[str, Any]:
    """Everything that a webhook could send of an object, systems in full."""
    if model == "Contact":
        return describe_contact(world, row, base)
    if model == "Event":
        return describe_event(world, row, base)
    whole = describe_project(world, row, base)
    return {**whole, "systems": [describe_system(system) for system in list_systems(world, row["id"])]}
