"""Leap's current contract: lookups, refreshes, overrides, devices and programmes under /leap/beta/incentives."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from tools.sandbox.leap.access import LeapRefusal, guard, this_book
from tools.sandbox.leap.answers import describe_customer
from tools.sandbox.leap.catalogue import CATEGORIES, search_devices
from tools.sandbox.leap.computing import evaluate_customer
from tools.sandbox.leap.customers import add_customer, connect_url, note_computed, open_applications
from tools.sandbox.leap.geocoding import invent_coordinates, locate_utilities
from tools.sandbox.leap.programmes import BY_ID, PROGRAMMES, Programme
from tools.sandbox.leap.records import Customer, Owned
from tools.sandbox.leap.rules import (
    read_address,
    read_body,
    read_classification,
    read_consent,
    read_devices,
    read_eiaid,
    read_reference,
)
from tools.sandbox.leap.territories import Utility

leap_current = Blueprint("leap_current", __name__, url_prefix="/leap/beta/incentives")
PAGE_MAX = 500


@leap_current.post("/lookups")
@guard("leap.lookups")
def look_up() -> Response:
    """A new customer or a new address; for a known customer no device is added."""
    body = read_body()
    reference, classification = read_reference(body), read_classification(body)
    address, devices = read_address(body), read_devices(body)
    fixed, consent = read_eiaid(body), read_consent(body)
    book = this_book()
    with book.lock:
        utilities = _find_utilities(address, fixed)
        customer = book.customers.get(reference)
        ignored: list[Owned] = []
        if customer is None:
            customer = add_customer(reference, classification, address, utilities, devices)
        else:
            ignored = [one for one in devices if not _owns(customer, one)]
            customer.classification, customer.address, customer.utilities = classification, address, utilities
        customer.coordinates = None if fixed else invent_coordinates(address)
        return _answer("lookup", customer, consent, ignored)


@leap_current.post("/refreshes")
@guard("leap.refreshes")
def refresh() -> Response:
    """The same devices and cached utilities; address and classification may be left out."""
    body = read_body()
    customer, consent = _find_customer(body), read_consent(body)
    devices = read_devices(body) if "customer_devices" in body else []
    with this_book().lock:
        _update_customer(customer, body)
        return _answer("refresh", customer, consent, [one for one in devices if not _owns(customer, one)])


@leap_current.post("/overrides")
def override() -> Any:
    """Replaces all devices, one request at a time for each customer."""
    body = request.get_json(silent=True)
    reference = body.get("reference_id") if isinstance(body, dict) else None
    with this_book().claim_override(str(reference)) as free:
        return _override(free=free)


@guard("leap.overrides")
def _override(*, free: bool) -> Response:
    body = read_body()
    customer, devices, consent = _find_customer(body), read_devices(body), read_consent(body)
    if not free:
        raise LeapRefusal(409, "CONFLICT", "Another override of this customer is under way")
    with this_book().lock:
        _update_customer(customer, body)
        customer.devices = devices
        return _answer("override", customer, consent, [])


@leap_current.get("/devices/search")
@guard("leap.devices")
def list_devices() -> Response:
    """`q`, `category`, `ids` (separated by commas or repeated), `page_size` up to 500."""
    size, missing = request.args.get("page_size", 100, type=int), this_book().missing
    category = request.args.get("category", "")
    if not 1 <= size <= PAGE_MAX:
        raise LeapRefusal(400, "INVALID_REQUEST", f"page_size: 1 to {PAGE_MAX}")
    if category and category not in CATEGORIES:
        raise LeapRefusal(400, "INVALID_REQUEST", f"category must be one of {', '.join(CATEGORIES)}")
    ids = {one.strip().lower() for part in request.args.getlist("ids") for one in part.split(",") if one.strip()}
    found = [one for one in search_devices(request.args.get("q", ""), category, ids) if one.number not in missing]
    rows = [{"id": one.id, "name": one.name, "category": one.category} for one in found[:size]]
    return jsonify({"devices" if this_book().shape == "plain" else "data": rows})


@leap_current.get("/programs")
@guard("leap.programs")
def list_programs() -> Response:
    return jsonify(programs=[_describe_program(programme) for programme in PROGRAMMES])


@leap_current.get("/programs/<int:program_id>")
@guard("leap.programs")
def show_program(program_id: int) -> Response:
    if program_id not in BY_ID:
        raise LeapRefusal(404, "PROGRAM_NOT_FOUND", "There is no such program")
    return jsonify(_describe_program(BY_ID[program_id]))


def _find_utilities(address: dict[str, str], fixed: Utility | None) -> tuple[Utility, ...]:
    return (fixed,) if fixed else locate_utilities(address)


def _find_customer(body: dict[str, Any]) -> Customer:
    customer = this_book().customers.get(read_reference(body))
    if customer is None:
        raise LeapRefusal(404, "CUSTOMER_NOT_FOUND", "No customer has this reference_id: look it up first")
    return customer


def _update_customer(customer: Customer, body: dict[str, Any]) -> None:
    """What a refresh or an override may bring along; utilities stay as cached, unless eiaid fixes one."""
    fixed = read_eiaid(body)
    if body.get("customer_classification") is not None:
        customer.classification = read_classification(body)
    if body.get("address") is not None:
        customer.address = read_address(body)
    if fixed:
        customer.utilities = (fixed,)


def _owns(customer: Customer, one: Owned) -> bool:
    return any(known.device == one.device and known.reference == one.reference for known in customer.devices)


def _answer(operation: str, customer: Customer, consent: bool, ignored: list[Owned]) -> Response:
    evaluated = evaluate_customer(customer)
    answer = describe_customer(customer, evaluated, this_book().shape)
    if any(result.eligible_checks for result in evaluated):
        answer["connect_url"] = connect_url(customer)
        if consent:
            open_applications(customer, evaluated)
    if ignored:
        answer["devices_ignored"] = [
            {"device_id": one.device.id, "partner_device_reference": one.reference} for one in ignored
        ]
    note_computed("current", operation, customer, evaluated, applied=consent)
    return jsonify(answer)


def _describe_program(programme: Programme) -> dict[str, Any]:
    return {
        "id": programme.id,
        "name": programme.name,
        "program_identifier": programme.identifier,
        "operator_name": programme.operator,
        "device_category": programme.category,
    }
