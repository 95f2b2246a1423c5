"""Leap's current contract: lookups, refreshes, overrides, the device catalogue, applications."""

import re
from collections.abc import Mapping
from typing import Any

from integrations.answers import Answer, read_words
from integrations.api import VendorApi
from integrations.errors import NotFound, Refused, VendorError
from integrations.leap import current_answer
from integrations.leap.reading import clean_json, find_value, read_rows, read_text, refuse_shape
from integrations.leap.values import (
    BAD_ADDRESS,
    CONFLICT,
    NO_TERRITORY,
    UNKNOWN_CUSTOMER,
    UNKNOWN_DEVICE,
    UNKNOWN_UTILITY,
    Application,
    CatalogueDevice,
    IncentiveAnswer,
    LeapAddress,
    LeapCase,
    Operation,
    Unit,
)

PATHS: Mapping[Operation, str] = {
    "lookup": "/beta/incentives/lookups",
    "refresh": "/beta/incentives/refreshes",
    "override": "/beta/incentives/overrides",
}
PAGE_SIZE = 500
NO_CODE = re.compile(r"[^A-Za-z0-9_]")
UNSAID = "unsaid"  # a 404 of Leap's own that does not say what is missing


class CurrentContract:
    """`incentives` carries the bearer key, `applications` the x-api-key (Leap docs)."""

    def __init__(self, incentives: VendorApi, applications: VendorApi) -> None:
        self._incentives = incentives
        self._applications = applications

    def close(self) -> None:
        self._incentives.close()
        self._applications.close()

    def calculate(
        self, operation: Operation, case: LeapCase, device_ids: Mapping[int, str], create_application: bool
    ) -> IncentiveAnswer:
        """`device_ids` are Leap's UUIDs by number. An override is called once, whatever comes back."""
        body = build_body(operation, case, device_ids, create_application)
        try:
            answer = self._incentives.call("POST", PATHS[operation], json=body, harmless=operation != "override")
        except NotFound as error:
            raise _sort_missing(error, operation) from error
        return current_answer.read_answer(clean_json(answer.read_object()), case, device_ids)

    def search_devices(self, category: str, words: str = "") -> tuple[CatalogueDevice, ...]:
        params = {"category": category, "page_size": str(PAGE_SIZE), **({"q": words} if words else {})}
        answer = self._incentives.call("GET", "/beta/incentives/devices/search", params=params)
        rows = _unwrap(clean_json(answer.body), "devices", "data")
        return tuple(_read_device(row) for row in read_rows(rows, "the catalogue of devices"))

    def list_applications(self, reference_id: str) -> tuple[Application, ...]:
        """Those of one customer. The list's own filter is not documented, so that rows of others are left out here."""
        answer = self._applications.call("GET", "/applications", params={"reference_id": reference_id})
        rows = read_rows(_unwrap(clean_json(answer.body), "applications", "data"), "the list of applications")
        found = [_read_application(row) for row in rows]
        return tuple(each for each in found if each.reference_id == reference_id)

    def read_application(self, external_id: str) -> Application:
        answer = self._applications.call("GET", f"/applications/{external_id}")
        body = clean_json(answer.read_object())
        wrapped = find_value(body, "application", "data")
        return _read_application(wrapped if isinstance(wrapped, Mapping) else body)

    def check(self) -> str:
        """Asks for one device with our key."""
        self._incentives.call("GET", "/beta/incentives/devices/search", params={"page_size": "1"})
        return "Leap accepts the key (current contract)."


def build_body(
    operation: Operation, case: LeapCase, device_ids: Mapping[int, str], create_application: bool
) -> dict[str, Any]:
    """The request's JSON. A refresh names no devices: those that Leap has are meant."""
    body: dict[str, Any] = {"reference_id": case.reference_id, "create_application": create_application}
    if case.classification:
        body["customer_classification"] = case.classification
    if case.address is not None:
        body["address"] = _write_address(case.address)
    if operation != "refresh":
        body["customer_devices"] = [_write_unit(unit, device_ids) for unit in case.units]
    if case.eiaid:
        body["eiaid"] = str(case.eiaid)
    return body


def explain(answer: Answer) -> VendorError | None:
    """Leap's error codes where something of ours follows from them; the rest is as everywhere."""
    code, words = _read_code(answer.body), read_words(answer.body)
    if answer.status == 404 and isinstance(answer.body, Mapping):
        return NotFound(f"Leap knows no such thing ({words}).", code.lower() or UNSAID)
    if answer.status == 409:
        return Refused("Leap is busy with another change of this customer's devices; nothing was changed.", CONFLICT)
    if answer.status == 422 and "DEVICE" in code:
        return Refused(f"Leap does not know a device we asked about ({words}).", UNKNOWN_DEVICE)
    if answer.status == 422 and ("UTILITY" in code or "EIAID" in code):
        return Refused(f"Leap does not know the utility we named ({words}).", UNKNOWN_UTILITY)
    if answer.status == 422:
        return Refused(f"Leap cannot find the address; check it with the homeowner ({words}).", BAD_ADDRESS)
    return None


def _read_code(body: Any) -> str:
    error = body.get("error") if isinstance(body, Mapping) else None
    if not isinstance(error, Mapping):
        return ""
    details = error.get("details")
    first = details[0] if isinstance(details, list) and details and isinstance(details[0], Mapping) else {}
    return NO_CODE.sub("", read_text(first, "error_code", "code") or read_text(error, "error_code", "code"))[:60]


def _sort_missing(error: NotFound, operation: Operation) -> VendorError:
    """What a 404 means depends on what was asked; one that is not Leap's own is a wrong address in the settings."""
    if error.code == "404":
        return NotFound("There is no Leap at this address: check LEAP_API_URL and LEAP_API_CONTRACT.", "404")
    if "territory" in error.code or (operation == "lookup" and "customer" not in error.code):
        return NotFound("Leap knows no incentive territory at this address.", NO_TERRITORY)
    return NotFound("Leap does not know this customer: it has to be looked up first.", UNKNOWN_CUSTOMER)


def _write_address(address: LeapAddress) -> dict[str, str]:
    second = {"address_line_2": address.street_2} if address.street_2 else {}
    return {
        "address_line_1": address.street,
        **second,
        "city": address.city,
        "state": address.state,
        "zip_code": address.postal_code,
    }


def _write_unit(unit: Unit, device_ids: Mapping[int, str]) -> dict[str, str]:
    return {"device_id": device_ids[unit.number], "partner_device_reference": unit.reference}


def _unwrap(body: Any, *names: str) -> Any:
    return find_value(body, *names) if isinstance(body, Mapping) else body


def _read_device(row: Mapping[str, Any]) -> CatalogueDevice:
    found = read_text(row, "id", "device_id")
    if not found:
        raise refuse_shape("a device of its catalogue has no id")
    name, category = read_text(row, "name", "display_name", "device_name"), read_text(row, "category").lower()
    return CatalogueDevice(found, name, category)


def _read_application(row: Mapping[str, Any]) -> Application:
    customer, program = row.get("customer"), row.get("program")
    customer = customer if isinstance(customer, Mapping) else {}
    program = program if isinstance(program, Mapping) else {}
    found = Application(
        read_text(row, "id", "application_id"),
        read_text(row, "reference_id", "customer_reference_id") or read_text(customer, "reference_id"),
        read_text(row, "program_id") or read_text(program, "id", "program_id"),
        read_text(row, "program_name") or read_text(program, "name", "display_name"),
        read_text(row, "status").lower(),
    )
    if not (found.external_id and found.reference_id and found.status):
        raise refuse_shape("an application has no id, no reference_id or no status")
    return found
