"""Contacts: list, create, fetch, change by PUT, delete."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from tools.sandbox.gate import this_world
from tools.sandbox.opensolar.access import find_own, guard, read_body
from tools.sandbox.opensolar.answers import answer_json, cut_page
from tools.sandbox.opensolar.changes import Change, announce
from tools.sandbox.opensolar.describing import api_base, describe_contact
from tools.sandbox.opensolar.rules import CONTACT_FIELDS, CONTACT_RULES, Write, check_write
from tools.sandbox.tables import Row, write_now
from tools.sandbox.world import World

contacts = Blueprint("opensolar_contacts", __name__)
ROOT = "/opensolar/api/orgs/<org>/contacts/"


@contacts.get(ROOT, strict_slashes=False)
@guard("contacts.list")
def list_contacts(org: str) -> Response:
    """There is no filter by phone: whatever else the query says is ignored."""
    world = this_world()
    rows = cut_page(world.opensolar.newest_first("contacts"))
    return answer_json([describe_contact(world, row, api_base(world)) for row in rows])


@contacts.post(ROOT, strict_slashes=False)
@guard("contacts.create")
def create_contact(org: str) -> Response:
    world, body = this_world(), read_body()
    check_write(CONTACT_RULES, Write(body, world.opensolar))
    row = keep_contact(world, body)
    announce(world, [Change("Contact", row, "CREATE")])
    return answer_json(describe_contact(world, row, api_base(world)), 201)


@contacts.get(f"{ROOT}<int:number>/", strict_slashes=False)
@guard("contacts.fetch")
def fetch_contact(org: str, number: int) -> Response:
    world = this_world()
    return answer_json(describe_contact(world, find_own(world, "contacts", number), api_base(world)))


@contacts.put(f"{ROOT}<int:number>/", strict_slashes=False)
@guard("contacts.update")
def update_contact(org: str, number: int) -> Response:
    """What is left out is kept."""
    world, body = this_world(), read_body()
    row = find_own(world, "contacts", number)
    check_write(CONTACT_RULES, Write(body, world.opensolar, number))
    announce(world, change_contact(world, row, body))
    return answer_json(describe_contact(world, row, api_base(world)))


@contacts.delete(f"{ROOT}<int:number>/", strict_slashes=False)
@guard("contacts.delete")
def delete_contact(org: str, number: int) -> Response:
    world = this_world()
    row = find_own(world, "contacts", number)
    world.opensolar.remove("contacts", number)
    announce(world, [Change("Contact", row, "DELETE")])
    return Response(status=204)


def keep_contact(world: World, body: dict[str, Any]) -> Row:
    values = {name: body.get(name) for name in CONTACT_FIELDS}
    row = world.opensolar.add("contacts", lambda number: {"id": number, **values, "created_date": write_now()})
    world.ledger.write("contact_created", vendor="opensolar", contact_id=row["id"], fields=body)
    return row


def change_contact(world: World, row: Row, body: dict[str, Any]) -> list[Change]:
    changed = world.opensolar.change(row, {name: body[name] for name in CONTACT_FIELDS if name in body})
    world.ledger.write("contact_updated", vendor="opensolar", contact_id=row["id"], changed=sorted(changed))
    return [Change("Contact", row, "UPDATE", changed)] if changed else []
