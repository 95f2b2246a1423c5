"""What Leap's current contract takes and refuses: one rule, one function."""

from __future__ import annotations

import re
from typing import Any

from flask import request

from tools.sandbox.leap.access import LeapRefusal, this_book
from tools.sandbox.leap.catalogue import BY_ID
from tools.sandbox.leap.programmes import CLASSIFICATIONS
from tools.sandbox.leap.records import Owned
from tools.sandbox.leap.territories import BY_EIAID, Utility

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
REFERENCE = re.compile(r"[A-Za-z0-9_-]{1,64}")
ADDRESS_FIELDS = ("address_line_1", "city", "state", "zip_code")
DEVICES_MAX = 50


def read_body() -> dict[str, Any]:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise _invalid("the body must be a JSON object")
    return body


def read_reference(body: dict[str, Any]) -> str:
    reference = body.get("reference_id")
    if not isinstance(reference, str) or not 1 <= len(reference) <= 256:
        raise _invalid("reference_id: 1 to 256 characters are required")
    return reference


def read_classification(body: dict[str, Any]) -> str:
    given = body.get("customer_classification")
    if given not in CLASSIFICATIONS:
        raise _invalid(f"customer_classification must be one of {', '.join(CLASSIFICATIONS)}")
    return str(given)


def read_address(body: dict[str, Any]) -> dict[str, str]:
    given = body.get("address")
    if not isinstance(given, dict):
        raise _invalid("address is required")
    missing = [name for name in ADDRESS_FIELDS if not str(given.get(name) or "").strip()]
    if missing:
        raise _invalid(f"address: {', '.join(missing)} required")
    return {name: str(value) for name, value in given.items() if value is not None}


def read_devices(body: dict[str, Any]) -> list[Owned]:
    given = body.get("customer_devices")
    if not isinstance(given, list) or not 1 <= len(given) <= DEVICES_MAX:
        raise _invalid(f"customer_devices: 1 to {DEVICES_MAX} are required")
    owned = [_read_device(number, row) for number, row in enumerate(given)]
    references = [one.reference for one in owned]
    if len(set(references)) != len(references):
        raise _invalid("partner_device_reference must be unique within the request")
    return owned


def read_eiaid(body: dict[str, Any]) -> Utility | None:
    """The utility that the caller fixed; the address is not geocoded then."""
    given = body.get("eiaid")
    if given is None:
        return None
    utility = BY_EIAID.get(int(given)) if str(given).isdigit() else None
    if utility is None:
        raise LeapRefusal(422, "UTILITY_NOT_FOUND", f"eiaid {given} is not known")
    return utility


def read_consent(body: dict[str, Any]) -> bool:
    given = body.get("create_application", False)
    if not isinstance(given, bool):
        raise _invalid("create_application must be true or false")
    return given


def _read_device(number: int, row: object) -> Owned:
    where = f"customer_devices[{number}]"
    if not isinstance(row, dict) or not UUID.fullmatch(str(row.get("device_id"))):
        raise _invalid(f"{where}.device_id must be a UUID")
    reference = row.get("partner_device_reference", f"device-{number + 1}")
    if not isinstance(reference, str) or not REFERENCE.fullmatch(reference):
        raise _invalid(f"{where}.partner_device_reference: 1 to 64 letters, digits, - and _")
    device = BY_ID.get(str(row["device_id"]).lower())
    if device is None or device.number in this_book().missing:
        raise LeapRefusal(422, "DEVICE_NOT_FOUND", f"{where}.device_id is not in the catalogue")
    return Owned(device, reference)


def _invalid(message: str) -> LeapRefusal:
    return LeapRefusal(400, "INVALID_REQUEST", message)
