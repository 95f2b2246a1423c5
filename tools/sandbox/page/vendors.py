"""What each vendor has of one homeowner, for the panel beside the phone."""

from __future__ import annotations

import json
import re
from typing import Any

from flask import Blueprint, Response, jsonify, request

from tools.sandbox.aurora.levers import describe_for_staff as describe_aurora
from tools.sandbox.gate import this_world
from tools.sandbox.leap.levers import describe_received
from tools.sandbox.leap.records import Customer
from tools.sandbox.opensolar.levers import describe_for_staff as describe_opensolar
from tools.sandbox.tables import Row
from tools.sandbox.world import World

vendors_page = Blueprint("sandbox_vendors_page", __name__)
LINES_READ = 800
HOOKS_SHOWN = 8


@vendors_page.get("/page/vendors")
def show_vendors() -> Response:
    """Of the homeowner with `phone`: the newest project at OpenSolar and Aurora, and Leap's answer about that home."""
    world, phone = this_world(), request.args.get("phone", "")
    project, design_project = find_opensolar_project(world, phone), find_aurora_project(world, phone)
    customer = find_leap_customer(world, project) if project else None
    name = design_project["external_provider_id"] if design_project else None
    return jsonify(
        opensolar={
            "project": project,
            "webhooks": list_webhooks(world, "opensolar", project["identifier"] if project else None),
        },
        aurora={"project": design_project, "webhooks": list_webhooks(world, "aurora", name)},
        leap={"customer": describe_received(customer) if customer else None},
    )


def find_opensolar_project(world: World, phone: str) -> Row | None:
    """The newest project with a contact of that number, however it is written."""
    for row in world.opensolar.newest_first("projects"):
        people = [world.opensolar.find("contacts", number) or {} for number in row["contact_ids"]]
        if any(_is_same_number(person.get("phone"), phone) for person in people):
            return describe_opensolar(world, row)
    return None


def find_aurora_project(world: World, phone: str) -> Row | None:
    """The newest project of the customer with that number."""
    for row in world.aurora.newest_first("projects"):
        if _is_same_number(row["customer_phone"], phone):
            return describe_aurora(world, row)
    return None


def _is_same_number(one: object, other: str) -> bool:
    digits = re.sub(r"\D", "", other)
    return bool(digits) and re.sub(r"\D", "", str(one or "")) == digits


def find_leap_customer(world: World, project: Row) -> Customer | None:
    """Leap knows no phone: the customer at the project's address, and of several the one that is named most alike."""
    street, zip_code = str(project["address"] or "").lower(), str(project["zip"] or "")
    there = [
        customer
        for customer in world.leap.customers.values()
        if customer.address.get("zip_code") == zip_code and customer.address.get("address_line_1", "").lower() in street
    ]
    name = str(project["identifier"] or "")
    return max(there, key=lambda one: _count_alike(one.reference_id, name), default=None)


def _count_alike(one: str, other: str) -> int:
    """How many characters they begin with in common."""
    pairs = zip(one, other, strict=False)
    return next((count for count, (mine, yours) in enumerate(pairs) if mine != yours), min(len(one), len(other)))


def list_webhooks(world: World, vendor: str, identifier: str | None) -> list[dict[str, Any]]:
    """The last attempts about that project, and those that a fault has lost, newest first."""
    if not identifier:
        return []
    shown = []
    for line in reversed(world.ledger.read_lines()[-LINES_READ:]):
        if vendor not in line or identifier not in line:
            continue
        fact = json.loads(line)
        tried = fact["kind"] == "vendor_webhook_attempted" and fact["vendor"] == vendor
        lost = fact["kind"] == "fault_fired" and fact["endpoint"] == f"{vendor}.webhook" and fact["fault"] == "lost"
        if tried or lost:
            shown.append(_describe_hook(world, fact))
        if len(shown) == HOOKS_SHOWN:
            break
    return shown


def _describe_hook(world: World, fact: dict[str, Any]) -> dict[str, Any]:
    return {
        "at": fact["at"],
        "said": _say_what(world, fact),
        "attempt": fact.get("attempt", 1),
        "http_status": fact.get("http_status"),
        "failure": fact.get("failure"),
        "acknowledged": bool(fact.get("acknowledged")),
        "fault": "forged" if fact.get("forged") else fact.get("fault"),
    }


def _say_what(world: World, fact: dict[str, Any]) -> str:
    model, event = str(fact.get("model", "")), str(fact.get("event", ""))
    if model == "Event":
        row = world.opensolar.find("events", fact["model_id"])
        return str(row["title"]) if row else "Event"
    return f"{model} {event.lower()}d" if model else event.replace("_", " ")
