"""The rules of Leap's former contract, its error words included: Leap docs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.leap_rig import FRESNO, LeapRig
from tests.sandbox.rig import Rig
from tools.sandbox.options import LEAP_KEY

BOTH = {"x-api-key": LEAP_KEY, "Authorization": "Bearer x"}


@pytest.fixture
def leap(rig: Rig) -> LeapRig:
    return LeapRig(rig)


@pytest.mark.parametrize(
    ("headers", "status", "words"),
    [
        (BOTH, 400, "Provide either x-api-key OR Authorization, not both."),
        ({}, 401, "Missing x-api-key header"),
        ({"Authorization": f"Bearer {LEAP_KEY}"}, 401, "Missing x-api-key header"),
        ({"x-api-key": "leap_live_wrong"}, 403, "Invalid API key"),
    ],
)
def test_keys(leap: LeapRig, headers: dict[str, str], status: int, words: str) -> None:
    """Leap docs: authentication errors."""
    answer = leap.legacy(headers=headers)
    assert (answer.status_code, answer.json()) == (status, {"error": words})


@pytest.mark.parametrize(
    ("state", "words"), [("expired", "API key has expired"), ("ip_not_allowed", "IP address not allowed")]
)
def test_keys_that_are_no_longer_good(leap: LeapRig, state: str, words: str) -> None:
    """Leap docs: 403 for an expired key and for an address that is not allowed."""
    leap.pull("account", key_state=state)
    answer = leap.legacy()
    assert (answer.status_code, answer.json()) == (403, {"error": words})


def test_broken_json(leap: LeapRig) -> None:
    """Leap docs: invalid JSON."""
    for content in (b"", b"{", b"[]", b"{}"):
        answer = leap.open.post("/leap/alpha/incentives", content=content, headers={"x-api-key": LEAP_KEY})
        assert (answer.status_code, answer.json()) == (400, {"error": "Invalid or empty JSON body"})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"operation_type": None}, "Missing required field: operation_type or reference_id"),
        ({"reference_id": None}, "Missing required field: operation_type or reference_id"),
        ({"operation_type": "guess"}, 'Invalid operation_type. Must be either "lookup", "refresh", or "override"'),
        (
            {"building_type": "single_family"},
            "Invalid building_type: single_family. Must be one of: "
            "RESIDENTIAL, MULTIFAMILY, MANUFACTURED_HOME, COMMERCIAL",
        ),
    ],
)
def test_fields(leap: LeapRig, change: dict[str, Any], words: str) -> None:
    """Leap docs: validation errors."""
    answer = leap.legacy(**change)
    assert (answer.status_code, answer.json()) == (400, {"error": words})


@pytest.mark.parametrize("reference", ["ab", "a" * 257, "lead#42", "lead/42", "lead 42"])
def test_reference_is_checked(leap: LeapRig, reference: str) -> None:
    """Leap docs: 3 to 256 unreserved characters."""
    answer = leap.legacy(reference_id=reference)
    assert answer.status_code == 400
    assert answer.json()["error"] == (
        "Invalid reference_id. Must be 3-256 characters and contain only RFC 3986 unreserved characters (A-Za-z0-9._~-)"
    )
    assert leap.legacy(reference_id="A.b_c~d-9").status_code == 200


@pytest.mark.parametrize(
    "missing", ["street_1", "city", "state_or_province_code", "postal_code", "country_code", "building_type"]
)
def test_lookup_wants_the_whole_address(leap: LeapRig, missing: str) -> None:
    """Leap docs: missing address fields for a lookup."""
    change: dict[str, Any] = {"address": {**FRESNO, missing: ""}} if missing in FRESNO else {missing: None}
    answer = leap.legacy(**change)
    assert (answer.status_code, answer.json()["error"]) == (
        400,
        "For lookup operation, address fields are required: "
        "street_1, city, state_or_province_code, postal_code, country_code, building_type",
    )


def test_organisation_wants_a_company(leap: LeapRig) -> None:
    """Leap docs: the company is part of each link to apply."""
    leap.pull("account", company="")
    answer = leap.legacy()
    assert (answer.status_code, answer.json()["error"]) == (
        400,
        "Organization company should be set for your organization. Please contact Leap to set this up",
    )


def test_reference_mismatch(leap: LeapRig) -> None:
    """Leap docs: one customer keeps the reference it was linked with."""
    leap.legacy(reference_id="old-ref-123")
    answer = leap.legacy(reference_id="new-ref-456")
    assert (answer.status_code, answer.json()["error"]) == (
        400,
        "Reference ID mismatch. The customer is linked to this organization with a different reference_id. "
        "Expected: old-ref-123, Received: new-ref-456",
    )


@pytest.mark.parametrize("change", [{"state_or_province_code": "AK", "postal_code": "99762"}, {"postal_code": "1"}])
def test_no_utility(leap: LeapRig, change: dict[str, str]) -> None:
    """Leap docs: 404 where no utility is found."""
    answer = leap.legacy(address={**FRESNO, **change})
    assert (answer.status_code, answer.json()) == (404, {"error": "Program lookup failed - no utility found"})


def test_internal_error(leap: LeapRig) -> None:
    """Leap docs: 500."""
    leap.rig.add_fault("leap.lookups", "error_before")
    answer = leap.legacy()
    assert (answer.status_code, answer.json()) == (500, {"error": "Internal server error"})


def test_answer_of_a_lookup(leap: LeapRig) -> None:
    """Leap docs: the shape of an answer; connect_url with create_application only."""
    answer = leap.legacy(device_ids=[1, 2]).json()
    assert answer["utility"] == {"eiaid": 14328, "name": "Pacific Gas & Electric Co."}
    assert answer["possible_utilities"] == [{"eiaid": "14328", "name": "Pacific Gas & Electric Co."}]
    assert answer["address"] == "742 Juniper Court, Fresno, CA 93722"
    assert (answer["building_type"], answer["reference_id"]) == ("RESIDENTIAL", "lead-42")
    assert answer["programs_evaluated"] == 2
    incentives = answer["incentives"]
    assert (incentives["total_incentive_amount"], incentives["total_eligible_combinations"]) == (1490, 4)
    row = incentives["by_program"][0]["device_tier_results"][1]
    assert (row["device_id"], row["tier_name"], row["incentive_amount"]) == (1, "Export bonus", 60)
    assert row["ignored_requirements"] == ["The utility has given permission to operate"]
    assert "connect_url" not in answer


def test_create_application_gives_the_link(leap: LeapRig) -> None:
    """Leap docs: connect_url is built of company and reference."""
    answer = leap.legacy(create_application=True).json()
    assert answer["connect_url"] == "https://connect.incentives.leap.energy/heliograph-solar/refId/lead-42"
    assert len(leap.applications().json()["applications"]) == 1


def test_device_ids_count_units(leap: LeapRig) -> None:
    """Leap docs: ids repeat once per unit."""
    assert leap.legacy(device_ids=[44, 44, 44]).json()["incentives"]["total_incentive_amount"] == 225


def test_lookup_again_adds_no_device(leap: LeapRig) -> None:
    """Leap docs: devices that the customer does not have are refused with 400."""
    leap.legacy()
    assert leap.legacy().status_code == 200
    assert leap.legacy(device_ids=[1, 2]).status_code == 400


def test_refresh_needs_only_a_reference(leap: LeapRig) -> None:
    """Leap docs: refresh uses what is stored; unknown references and foreign devices are 400."""
    sparse: dict[str, Any] = {"address": None, "building_type": None, "device_ids": None}
    assert leap.legacy(operation_type="refresh", **sparse).status_code == 400
    first = leap.legacy().json()
    assert leap.legacy(operation_type="refresh", **sparse).json() == first
    assert leap.legacy(operation_type="refresh", device_ids=[2]).status_code == 400


def test_refresh_takes_a_new_address_with_cached_utilities(leap: LeapRig) -> None:
    """Leap docs: the address is updated, the utilities stay."""
    leap.legacy()
    moved = {**FRESNO, "city": "Brooklyn", "state_or_province_code": "NY", "postal_code": "11201"}
    answer = leap.legacy(operation_type="refresh", address=moved).json()
    assert answer["address"] == "742 Juniper Court, Brooklyn, NY 11201"
    assert answer["utility"]["eiaid"] == 14328


def test_override_replaces_devices(leap: LeapRig) -> None:
    """Leap docs: all devices are replaced; building_type and device_ids are required."""
    leap.legacy()
    answer = leap.legacy(operation_type="override", address=None, device_ids=[2]).json()
    names = [row["device_name"] for one in answer["incentives"]["by_program"] for row in one["device_tier_results"]]
    assert set(names) == {"Home battery, 10 kWh or more"}
    assert leap.legacy(operation_type="override", device_ids=None).status_code == 400
    assert leap.legacy(operation_type="override", building_type=None).status_code == 400
    assert leap.legacy(operation_type="override", reference_id="nobody", device_ids=[2]).status_code == 400


def test_unknown_device_is_refused(leap: LeapRig) -> None:
    """Leap docs: device ids are Leap's own."""
    assert leap.legacy(device_ids=[999]).status_code == 400
