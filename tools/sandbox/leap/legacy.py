"""Leap's former contract: one call with an operation_type, at /leap/alpha/incentives."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, request

from tools.sandbox.gate import answer_with_faults
from tools.sandbox.leap.access import LeapRefusal, answer_legacy_error, note_refusal, this_book
from tools.sandbox.leap.computing import Checked, Evaluated, evaluate_customer, total
from tools.sandbox.leap.customers import add_customer, connect_url, note_computed, open_applications
from tools.sandbox.leap.geocoding import locate_utilities
from tools.sandbox.leap.legacy_rules import (
    check_building_type,
    check_company,
    check_key,
    check_lookup_fields,
    find_customer,
    read_body,
    read_devices,
    rewrite_address,
)
from tools.sandbox.leap.records import Customer, Owned

leap_legacy = Blueprint("leap_legacy", __name__, url_prefix="/leap/alpha")
ENDPOINTS = {"refresh": "leap.refreshes", "override": "leap.overrides"}
TELLS = {
    401: "Missing x-api-key header",
    403: "Invalid API key",
    429: "Too many requests",
    500: "Internal server error",
}


@leap_legacy.post("/incentives")
def calculate() -> Response:
    body = request.get_json(silent=True)
    operation = str(body.get("operation_type")) if isinstance(body, dict) else ""
    endpoint = ENDPOINTS.get(operation, "leap.lookups")
    return answer_with_faults(endpoint, _refuse_or_calculate, _tell)


def _refuse_or_calculate() -> Response:
    try:
        check_key()
        body = read_body()
        check_company()
        with this_book().lock:
            return make_response(_calculate(body))
    except LeapRefusal as refusal:
        note_refusal(refusal)
        return answer_legacy_error(refusal.status, refusal.message)


def _calculate(body: dict[str, Any]) -> Response:
    operation = body["operation_type"]
    customer = _look_up(body) if operation == "lookup" else _change_customer(body, operation)
    evaluated = evaluate_customer(customer)
    answer = _describe(customer, evaluated)
    consent = body.get("create_application") is True
    if consent:
        open_applications(customer, evaluated)
        answer["connect_url"] = connect_url(customer)
    note_computed("legacy", operation, customer, evaluated, applied=consent)
    return jsonify(answer)


def _look_up(body: dict[str, Any]) -> Customer:
    check_lookup_fields(body)
    check_building_type(body)
    address, devices = rewrite_address(body["address"]), read_devices(body)
    customer = find_customer(body["reference_id"], address)
    utilities = _locate(address)
    if customer is None:
        return add_customer(body["reference_id"], body["building_type"], address, utilities, devices)
    _check_owned(customer, devices)
    customer.address, customer.utilities = address, utilities
    customer.classification = body["building_type"]
    return customer


def _change_customer(body: dict[str, Any], operation: str) -> Customer:
    customer = this_book().customers.get(body["reference_id"])
    if customer is None:
        raise LeapRefusal(400, "unknown", f"No customer found with reference_id: {body['reference_id']}")
    if operation == "override" or body.get("building_type") is not None:
        check_building_type(body)
        customer.classification = body["building_type"]
    if operation == "override":
        customer.devices = read_devices(body)
    elif body.get("device_ids") is not None:
        _check_owned(customer, read_devices(body))
    if isinstance(body.get("address"), dict):
        customer.address = {**customer.address, **rewrite_address(body["address"])}
    return customer


def _locate(address: dict[str, str]) -> Any:
    try:
        return locate_utilities(address)
    except LeapRefusal as refusal:
        if refusal.status == 502:
            raise LeapRefusal(500, "internal", "Internal server error") from refusal
        raise LeapRefusal(404, "no_utility", "Program lookup failed - no utility found") from refusal


def _check_owned(customer: Customer, devices: list[Owned]) -> None:
    owned = {one.device.number for one in customer.devices}
    missing = [str(one.device.number) for one in devices if one.device.number not in owned]
    if missing:
        raise LeapRefusal(400, "not_owned", f"device_ids not associated with the customer: {', '.join(missing)}")


def _tell(status: int, words: str) -> Response:
    return answer_legacy_error(status, TELLS.get(status, words))


def _describe(customer: Customer, evaluated: list[Evaluated]) -> dict[str, Any]:
    primary = customer.utilities[0]
    address = customer.address
    street = ", ".join(filter(None, (address["address_line_1"], address.get("address_line_2"))))
    return {
        "utility": {"eiaid": primary.eiaid, "name": primary.name},
        "possible_utilities": [{"eiaid": str(one.eiaid), "name": one.name} for one in customer.utilities],
        "address": f"{street}, {address['city']}, {address['state']} {address['zip_code']}",
        "building_type": customer.classification,
        "customer_id": customer.number,
        "programs_evaluated": len(evaluated),
        "incentives": {
            "total_incentive_amount": total(evaluated, "INSTALL") + total(evaluated, "ONGOING"),
            "total_eligible_combinations": sum(result.eligible_checks for result in evaluated),
            "by_program": [_describe_program(result) for result in evaluated],
        },
        "reference_id": customer.reference_id,
    }


def _describe_program(result: Evaluated) -> dict[str, Any]:
    return {
        "program_id": result.programme.id,
        "program_name": result.programme.name,
        "total_incentive": result.amount("INSTALL") + result.amount("ONGOING"),
        "eligible_combinations": result.eligible_checks,
        "device_tier_results": [_describe_check(check) for check in result.checks],
    }


def _describe_check(check: Checked) -> dict[str, Any]:
    statuses = Counter(status for _, status in check.requirements)
    told = ", ".join(f"{count} {status.lower()}" for status, count in statuses.items())
    return {
        "device_id": check.owned.device.number,
        "device_name": check.owned.device.name,
        "tier_id": check.tier.id,
        "tier_name": check.tier.name,
        "eligible": check.eligible,
        "incentive_amount": check.amount(check.tier.payment),
        "calculation_details": f"{check.tier.payment.lower()}, {check.tier.amount} a device; requirements: {told}",
        "failed_requirements": check.list_texts("FAILED"),
        "ignored_requirements": check.list_texts("IGNORED"),
        "completed_requirements": check.list_texts("COMPLETED"),
    }
