"""What Leap's former contract refuses, word for word where its document gives the words."""

from __future__ import annotations

import re
from typing import Any

from flask import request

from tools.sandbox.gate import this_world
from tools.sandbox.leap.access import LeapRefusal, is_key, this_book
from tools.sandbox.leap.catalogue import BY_NUMBER
from tools.sandbox.leap.programmes import CLASSIFICATIONS
from tools.sandbox.leap.records import Customer, Owned

BOTH_HEADERS = "Provide either x-api-key OR Authorization, not both."
BAD_OPERATION = 'Invalid operation_type. Must be either "lookup", "refresh", or "override"'
BAD_REFERENCE = (
    "Invalid reference_id. Must be 3-256 characters and contain only RFC 3986 unreserved characters (A-Za-z0-9._~-)"
)
LOOKUP_FIELDS = (
    "For lookup operation, address fields are required: "
    "street_1, city, state_or_province_code, postal_code, country_code, building_type"
)
NO_COMPANY = "Organization company should be set for your organization. Please contact Leap to set this up"
KEY_WORDS = {"expired": "API key has expired", "ip_not_allowed": "IP address not allowed"}
OPERATIONS = ("lookup", "refresh", "override")
REFERENCE = re.compile(r"[A-Za-z0-9._~-]{3,256}")
ADDRESS_NAMES = {
    "street_1": "address_line_1",
    "street_2": "address_line_2",
    "city": "city",
    "state_or_province_code": "state",
    "postal_code": "zip_code",
    "country_code": "country_code",
}


def check_key() -> None:
    """400 for both headers, 401 for none, 403 for a key that is wrong, expired or called from elsewhere."""
    key, bearer = request.headers.get("x-api-key"), request.headers.get("Authorization")
    if key and bearer:
        raise LeapRefusal(400, "both_headers", BOTH_HEADERS)
    if not key:
        raise LeapRefusal(401, "no_key", "Missing x-api-key header")
    if not is_key(key):
        raise LeapRefusal(403, "bad_key", "Invalid API key")
    state = this_book().key_state
    if state in KEY_WORDS:
        raise LeapRefusal(403, state, KEY_WORDS[state])


def check_company() -> None:
    if not this_world().options.leap_company:
        raise LeapRefusal(400, "no_company", NO_COMPANY)


def read_body() -> dict[str, Any]:
    body = request.get_json(silent=True)
    if not isinstance(body, dict) or not body:
        raise LeapRefusal(400, "bad_json", "Invalid or empty JSON body")
    if not body.get("operation_type") or not body.get("reference_id"):
        raise LeapRefusal(400, "missing", "Missing required field: operation_type or reference_id")
    if body["operation_type"] not in OPERATIONS:
        raise LeapRefusal(400, "bad_operation", BAD_OPERATION)
    if not isinstance(body["reference_id"], str) or not REFERENCE.fullmatch(body["reference_id"]):
        raise LeapRefusal(400, "bad_reference", BAD_REFERENCE)
    return body


def check_lookup_fields(body: dict[str, Any]) -> None:
    address = body.get("address")
    given = address if isinstance(address, dict) else {}
    needed = [name for name in ADDRESS_NAMES if name != "street_2"]
    if not body.get("building_type") or not all(str(given.get(name) or "").strip() for name in needed):
        raise LeapRefusal(400, "missing_address", LOOKUP_FIELDS)


def check_building_type(body: dict[str, Any]) -> None:
    given = body.get("building_type")
    if given not in CLASSIFICATIONS:
        words = f"Invalid building_type: {given}. Must be one of: {', '.join(CLASSIFICATIONS)}"
        raise LeapRefusal(400, "bad_building_type", words)


def read_devices(body: dict[str, Any]) -> list[Owned]:
    """The document gives no words for these two refusals."""
    given = body.get("device_ids")
    if not isinstance(given, list) or not given:
        raise LeapRefusal(400, "missing_devices", "Missing required field: device_ids")
    known = BY_NUMBER.keys() - this_book().missing
    unknown = [str(number) for number in given if isinstance(number, bool) or number not in known]
    if unknown:
        raise LeapRefusal(400, "unknown_device", f"Invalid device_ids: {', '.join(unknown)}")
    return [Owned(BY_NUMBER[number], f"device-{position}") for position, number in enumerate(given, 1)]


def rewrite_address(given: dict[str, Any]) -> dict[str, str]:
    """From the former contract's names to the current one's."""
    return {ours: str(given[theirs]) for theirs, ours in ADDRESS_NAMES.items() if given.get(theirs)}


def find_customer(reference: str, address: dict[str, str]) -> Customer | None:
    """By reference, else by address: one home is one customer, and keeps the reference it came with."""
    known = this_book().customers.get(reference)
    if known is not None:
        return known
    other = this_book().find_by_address(address)
    if other is None:
        return None
    raise LeapRefusal(
        400,
        "mismatch",
        "Reference ID mismatch. The customer is linked to this organization with a different reference_id. "
        f"Expected: {other.reference_id}, Received: {reference}",
    )
