"""The JSON that the simulated Leap answers with in its current contract."""

from __future__ import annotations

from typing import Any

from tools.sandbox.clock import Clock
from tools.sandbox.leap.computing import Checked, Evaluated, total
from tools.sandbox.leap.records import Application, Customer, Owned
from tools.sandbox.leap.territories import Utility


def describe_customer(customer: Customer, evaluated: list[Evaluated], shape: str) -> dict[str, Any]:
    """Everything but connect_url and devices_ignored; `shape` picks the names inside program_details."""
    describe = _describe_plain if shape == "plain" else _describe_published
    answer = {
        "reference_id": customer.reference_id,
        "customer_classification": customer.classification,
        "customer_devices": [_describe_owned(owned) for owned in customer.devices],
        "incentive_summary": {
            "upfront_amount": 0,
            "install_amount": total(evaluated, "INSTALL"),
            "ongoing_amount": total(evaluated, "ONGOING"),
        },
        "utilities": {
            "primary": _describe_utility(customer.utilities[0]),
            "possible_utilities": [_describe_utility(utility) for utility in customer.utilities],
        },
        "program_details": [describe(result) for result in evaluated],
    }
    if customer.coordinates:
        answer["geocoding"] = _describe_place(customer, *customer.coordinates)
    return answer


def describe_application(application: Application, clock: Clock) -> dict[str, Any]:
    return {
        "id": application.id,
        "reference_id": application.reference_id,
        "program_id": application.program_id,
        "program_name": application.program_name,
        "customer_device_ids": application.device_ids,
        "status": application.status,
        "created_at": clock.as_shown(application.created_at).isoformat(),
        "updated_at": clock.as_shown(application.updated_at).isoformat(),
    }


def _describe_owned(owned: Owned) -> dict[str, Any]:
    return {
        "device_id": owned.device.id,
        "partner_device_reference": owned.reference,
        "customer_device_id": owned.id,
    }


def _describe_utility(utility: Utility) -> dict[str, Any]:
    return {"eiaid": str(utility.eiaid), "name": utility.name, "state": utility.state}


def _describe_place(customer: Customer, latitude: float, longitude: float) -> dict[str, Any]:
    address = customer.address
    shown = f"{address['address_line_1']}, {address['city']}, {address['state']} {address['zip_code']}, USA"
    return {"latitude": latitude, "longitude": longitude, "formatted_address": shown}


def _describe_plain(result: Evaluated) -> dict[str, Any]:
    programme = result.programme
    return {
        "program_id": programme.id,
        "program_name": programme.name,
        "tiers": [
            {
                "tier_id": tier.id,
                "tier_name": tier.name,
                "device_results": [
                    {
                        "device_id": check.owned.device.id,
                        "eligible": check.eligible,
                        "install_amount": check.amount("INSTALL"),
                        "ongoing_amount": check.amount("ONGOING"),
                        "eligibility_details": _describe_checks(check, ("requirement", "status")),
                    }
                    for check in result.checks
                    if check.tier is tier
                ],
            }
            for tier in programme.tiers
        ],
    }


def _describe_published(result: Evaluated) -> dict[str, Any]:
    programme = result.programme
    return {
        "name": programme.name,
        "display_name": programme.name,
        "program_identifier": programme.identifier,
        "operator_name": programme.operator,
        "device_category": programme.category.upper(),
        "terms_url": None,
        "description": None,
        "is_partner_offer": False,
        "upfront_amount": 0,
        "install_amount": result.amount("INSTALL"),
        "ongoing_amount": result.amount("ONGOING"),
        "tiers": [
            {
                "tier_name": tier.name,
                "payment_type": tier.payment,
                "incentive_amount": sum(c.amount(tier.payment) for c in result.checks if c.tier is tier),
                "device_results": [
                    {
                        "partner_device_reference": check.owned.reference,
                        "customer_device_id": check.owned.id,
                        "status": check.status,
                        "eligibility_details": _describe_checks(check, ("requirement", "status", "code", "reason")),
                    }
                    for check in result.checks
                    if check.tier is tier
                ],
            }
            for tier in programme.tiers
        ],
    }


def _describe_checks(check: Checked, names: tuple[str, ...]) -> list[dict[str, str]]:
    rows = [
        {"requirement": rule.text, "status": status, "code": rule.code, "reason": f"{rule.text}: {status.lower()}"}
        for rule, status in check.requirements
    ]
    return [{name: row[name] for name in names} for row in rows]
