"""The levers of the simulated Leap, under /sandbox/leap."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from tools.sandbox.gate import this_world
from tools.sandbox.leap.access import this_book
from tools.sandbox.leap.answers import describe_application, describe_customer
from tools.sandbox.leap.catalogue import BY_NUMBER
from tools.sandbox.leap.computing import evaluate_customer
from tools.sandbox.leap.customers import move_application
from tools.sandbox.leap.records import KEY_STATES, SHAPES, STATUSES, Customer

leap_levers = Blueprint("leap_levers", __name__, url_prefix="/sandbox/leap")
Answer = Response | tuple[Response, int]


@leap_levers.get("/customers")
def list_customers() -> Response:
    """What Leap has received: address, devices, utilities, amounts and applications of every customer."""
    return jsonify(customers=[describe_received(customer) for customer in this_book().customers.values()])


@leap_levers.post("/customers/<reference>/hold")
def hold_customer(reference: str) -> Response:
    """{"held": true}: every override of this customer meets another one under way (409) until {"held": false}."""
    held = bool(_read_json().get("held", True))
    book = this_book()
    (book.held.add if held else book.held.discard)(reference)
    return jsonify(reference_id=reference, held=held)


@leap_levers.post("/customers/<reference>/applications")
def move_applications(reference: str) -> Answer:
    """{"status", "program_id"?}: moves the customer's applications, or one of them, to `status`."""
    wish = _read_json()
    if wish.get("status") not in STATUSES:
        return _refuse(f"status must be one of {', '.join(STATUSES)}")
    chosen = [
        one for one in this_book().list_applications(reference) if wish.get("program_id") in (None, one.program_id)
    ]
    for application in chosen:
        move_application(application, wish["status"])
    return jsonify(moved=[application.id for application in chosen])


@leap_levers.post("/account")
def change_account() -> Answer:
    """{"key_state": valid, expired or ip_not_allowed, "company": text, "shape": plain or published}; any of them."""
    wish, book = _read_json(), this_book()
    if wish.get("key_state", "valid") not in KEY_STATES or wish.get("shape", "plain") not in SHAPES:
        return _refuse(f"key_state is one of {', '.join(KEY_STATES)}; shape one of {', '.join(SHAPES)}")
    book.key_state = wish.get("key_state", book.key_state)
    book.shape = wish.get("shape", book.shape)
    options = this_world().options
    options.leap_company = str(wish.get("company", options.leap_company))
    return jsonify(key_state=book.key_state, shape=book.shape, company=options.leap_company)


@leap_levers.post("/geocoder")
def break_geocoder() -> Answer:
    """{"failures": n}: the next n addresses cannot be geocoded (502), whatever they are."""
    failures = _read_json().get("failures")
    if isinstance(failures, bool) or not isinstance(failures, int) or failures < 0:
        return _refuse("failures must be a whole number, 0 or more")
    this_book().geocoder_failures = failures
    return jsonify(failures=failures)


@leap_levers.post("/catalogue")
def change_catalogue() -> Answer:
    """{"missing": [44]}: this Leap has no such devices, whatever was looked up before; [] brings all back."""
    missing = _read_json().get("missing")
    if not isinstance(missing, list) or not all(type(number) is int and number in BY_NUMBER for number in missing):
        return _refuse("missing must be a list of devices' numbers")
    this_book().missing = set(missing)
    return jsonify(missing=sorted(missing))


def describe_received(customer: Customer) -> dict[str, Any]:
    """The customer as answered in the current contract, with names of its devices and its applications."""
    clock = this_world().clock
    return {
        **describe_customer(customer, evaluate_customer(customer), "plain"),
        "address": customer.address,
        "device_names": [owned.device.name for owned in customer.devices],
        "applications": [
            describe_application(one, clock) for one in this_book().list_applications(customer.reference_id)
        ],
    }


def _read_json() -> dict[str, Any]:
    body = request.get_json(silent=True)
    return body if isinstance(body, dict) else {}


def _refuse(complaint: str) -> Answer:
    return jsonify(error=complaint), 400
