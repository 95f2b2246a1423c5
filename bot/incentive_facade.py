"""Requests of Leap's former contract at our own door: checked in its order and words, then asked as an effect."""

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from bot.operations import ask
from db.incentive_rows import find_case_by_reference, find_neighbour, make_case
from integrations.leap.devices import find_row
from integrations.leap.values import CLASSIFICATIONS, MOST_DEVICES, OPERATIONS, REFERENCE, LeapAddress, Operation

KIND = "look_up_incentives"
LONGEST_FIELD = 200  # characters of a part of an address
ADDRESS_FIELDS = {
    "street_1": "street",
    "street_2": "street_2",
    "city": "city",
    "state_or_province_code": "state",
    "postal_code": "postal_code",
    "country_code": "country",
}
NEEDED = ("street_1", "city", "state_or_province_code", "postal_code", "country_code")

BAD_JSON = "Invalid or empty JSON body"
MISSING = "Missing required field: operation_type or reference_id"
BAD_OPERATION = 'Invalid operation_type. Must be either "lookup", "refresh", or "override"'
BAD_REFERENCE = (
    "Invalid reference_id. Must be 3-256 characters and contain only RFC 3986 unreserved characters (A-Za-z0-9._~-)"
)
BAD_LOOKUP = f"For lookup operation, address fields are required: {', '.join(NEEDED)}, building_type"
NO_COMPANY = "Organization company should be set for your organization. Please contact Leap to set this up"
NO_UTILITY = "Program lookup failed - no utility found"
NO_CUSTOMER = "No customer found with reference_id"
OTHER_REFERENCE = "Reference ID mismatch. The customer is linked to this organization with a different reference_id."
BAD_DEVICES = "Invalid device_ids"
BUSY = "Another override of this customer is under way"
REFUSED = "The request was refused"
INTERNAL = "Internal server error"
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class FacadeError:
    """What is answered instead: an HTTP status, and the message of {"error": message}."""

    status: int
    message: str


@dataclass(frozen=True, slots=True)
class IncentiveRequest:
    """A sound request. `address` has the parts that were given, under our names; `counted` how many of each device of
    the table, None: none were given."""

    operation: Operation
    reference_id: str
    address: Mapping[str, str] | None
    building_type: str
    counted: Mapping[int, int] | None
    create_application: bool
    company: str


@dataclass(frozen=True, slots=True)
class Opened:
    """`operation_id` is the effect whose `result` becomes {"status": HTTP status, "body": JSON}."""

    case_id: int
    operation_id: int


class _Refusal(Exception):
    """A request that is not sound; the message is the answer's."""


def validate(document: Any, company: str) -> IncentiveRequest | FacadeError:
    """`document` is the request's JSON, None where it was no JSON; `company` is the key holder's name in links. What
    depends on earlier requests is checked by `open_case`."""
    try:
        return _read_request(document, company)
    except _Refusal as refusal:
        return FacadeError(400, str(refusal))


def open_case(connection: Connection, key_id: int, request: IncentiveRequest) -> Opened | FacadeError:
    """Checks the request against what the key's holder asked before, and records what is asked now: the customer's case
    and the effect. Ring its queue after the commit."""
    scope = f"key:{key_id}"
    case = find_case_by_reference(connection, scope, request.reference_id)
    known = case if case is not None and case.looked_up_at is not None else None
    if refusal := _check_history(connection, scope, request, known):
        return FacadeError(400, refusal)
    if case is None:
        make_case(connection, scope, request.reference_id, api_key_id=key_id)
        case = find_case_by_reference(connection, scope, request.reference_id)
        if case is None:
            raise LookupError(request.reference_id)
    payload = {
        "is": "LookUpIncentives",
        "case": case.id,
        "operation": request.operation,
        "create_application": request.create_application,
        "address": _complete_address(request.address, case.address),
        "building_type": request.building_type,
        "devices": _write_devices(request.counted),
        "company": request.company,
    }
    return Opened(case.id, ask(connection, key_id, KIND, payload, None))


def _check_history(connection: Connection, scope: str, request: IncentiveRequest, known: Any) -> str:
    """What is wrong with the request for a customer who is `known` (None: is not), "" for nothing."""
    if known is None and request.operation != "lookup":
        return f"{NO_CUSTOMER}: {request.reference_id}"
    if known is None:
        home = LeapAddress(**(request.address or {})).home
        if other := find_neighbour(connection, scope, home, request.reference_id):
            return f"{OTHER_REFERENCE} Expected: {other}, Received: {request.reference_id}"
        return ""
    if request.operation == "override" or request.counted is None:
        return ""
    owned = {int(each["device_id"]) for each in known.devices}
    missing = [str(number) for number in request.counted if number not in owned]
    return f"device_ids not associated with the customer: {', '.join(missing)}" if owned and missing else ""


def _read_request(document: Any, company: str) -> IncentiveRequest:
    if not isinstance(document, dict):
        raise _Refusal(BAD_JSON)
    if not document.get("operation_type") or not document.get("reference_id"):
        raise _Refusal(MISSING)
    operation, reference = document["operation_type"], document["reference_id"]
    if operation not in OPERATIONS:
        raise _Refusal(BAD_OPERATION)
    if not isinstance(reference, str) or not REFERENCE.fullmatch(reference):
        raise _Refusal(BAD_REFERENCE)
    address = _read_address(document.get("address"))
    given = address or {}
    if operation == "lookup" and not (all(given.get(ADDRESS_FIELDS[name]) for name in NEEDED) and _says_type(document)):
        raise _Refusal(BAD_LOOKUP)
    if not company.strip():
        raise _Refusal(NO_COMPANY)
    building_type = _read_building_type(document, operation)
    counted = _read_devices(document.get("device_ids"), operation)
    consent = document.get("create_application", False)
    if consent is not None and not isinstance(consent, bool):
        raise _Refusal("Invalid create_application. Must be true or false")
    return IncentiveRequest(operation, reference, address, building_type, counted, bool(consent), company.strip())


def _says_type(document: Mapping[str, Any]) -> bool:
    return bool(document.get("building_type"))


def _read_address(value: Any) -> dict[str, str] | None:
    """The parts that were given, under our names."""
    if value is None:
        return None
    if not isinstance(value, dict):
        raise _Refusal("Invalid address. Must be an object")
    parts = {}
    for theirs, ours in ADDRESS_FIELDS.items():
        part = value.get(theirs)
        if part is None:
            continue
        if not isinstance(part, str) or len(part) > LONGEST_FIELD or UNPRINTABLE.search(part):
            raise _Refusal(f"Invalid address: {theirs} must be a line of at most {LONGEST_FIELD} characters")
        parts[ours] = part.strip()
    return parts


def _read_building_type(document: Mapping[str, Any], operation: Operation) -> str:
    """ "" where a refresh says none: what is stored holds."""
    value = document.get("building_type")
    if not value and operation == "refresh":
        return ""
    if not value:
        raise _Refusal("Missing required field: building_type")
    if value not in CLASSIFICATIONS:
        raise _Refusal(f"Invalid building_type: {str(value)[:100]}. Must be one of: {', '.join(CLASSIFICATIONS)}")
    return str(value)


def _read_devices(value: Any, operation: Operation) -> dict[int, int] | None:
    """None where a refresh names none: those that are stored hold."""
    if value is None and operation == "refresh":
        return None
    if value is None or value == []:
        raise _Refusal("Missing required field: device_ids")
    if not isinstance(value, list) or not all(map(_is_whole, value)):
        raise _Refusal("Invalid device_ids. Must be an array of numbers")
    if len(value) > MOST_DEVICES:
        raise _Refusal(f"Invalid device_ids. At most {MOST_DEVICES} devices are allowed")
    counted = Counter(int(number) for number in value)
    if unknown := [str(number) for number in counted if find_row(number) is None]:
        raise _Refusal(f"{BAD_DEVICES}: {', '.join(unknown)}")
    return dict(counted)


def _is_whole(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return math.isfinite(value) and value == int(value) and abs(value) < 2**53


def _complete_address(given: Mapping[str, str] | None, stored: Mapping[str, str]) -> dict[str, str] | None:
    """A whole address as it is, a part of one with what is stored of the rest; None: nothing was given."""
    if not given:
        return None
    whole = all(given.get(ADDRESS_FIELDS[name]) for name in NEEDED)
    return dict(given) if whole else {**stored, **{name: part for name, part in given.items() if part}}


def _write_devices(counted: Mapping[int, int] | None) -> list[dict[str, int]] | None:
    if counted is None:
        return None
    return [{"device_id": number, "quantity": quantity} for number, quantity in sorted(counted.items())]
