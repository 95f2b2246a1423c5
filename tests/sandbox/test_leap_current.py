"""The rules of Leap's current contract: each cites Leap docs, never our own mapping."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.sandbox.leap_rig import BATTERY, BROOKLYN, SOLAR, UNLISTED, LeapRig, read_code
from tests.sandbox.receiver import wait_until
from tests.sandbox.rig import Rig
from tools.sandbox.options import LEAP_KEY


@pytest.fixture
def leap(rig: Rig) -> LeapRig:
    return LeapRig(rig)


def own(device: str, reference: str) -> dict[str, str]:
    return {"device_id": device, "partner_device_reference": reference}


@pytest.mark.parametrize("headers", [{}, {"x-api-key": LEAP_KEY}, {"Authorization": "Bearer leap_live_wrong"}])
def test_incentives_want_a_bearer_key(leap: LeapRig, headers: dict[str, str]) -> None:
    """Leap docs: `Authorization: Bearer`; x-api-key only for applications."""
    assert read_code(leap.call(headers=headers)) == (401, "UNAUTHENTICATED")


def test_applications_want_an_api_key(leap: LeapRig) -> None:
    """Leap docs: applications take x-api-key."""
    bearer = leap.open.get("/leap/applications", headers={"Authorization": f"Bearer {LEAP_KEY}"})
    assert bearer.status_code == 401
    assert leap.applications().json() == {"applications": []}


@pytest.mark.parametrize("field", ["reference_id", "customer_classification", "address", "customer_devices"])
def test_lookup_wants_its_fields(leap: LeapRig, field: str) -> None:
    """Leap docs: the four required fields of a lookup."""
    without: dict[str, Any] = {field: None}
    assert read_code(leap.call(**without)) == (400, "INVALID_REQUEST")


@pytest.mark.parametrize("field", ["address_line_1", "city", "state", "zip_code"])
def test_address_wants_its_fields(leap: LeapRig, field: str) -> None:
    """Leap docs: address_line_1, city, state, zip_code."""
    answer = leap.call(address={**BROOKLYN, field: " "})
    assert read_code(answer) == (400, "INVALID_REQUEST")
    assert field in answer.json()["error"]["message"]


def test_body_must_be_json(leap: LeapRig) -> None:
    """Leap docs: JSON bodies."""
    headers = {"Authorization": f"Bearer {LEAP_KEY}"}
    answer = leap.open.post("/leap/beta/incentives/lookups", content=b"reference_id=1", headers=headers)
    assert answer.status_code == 400


@pytest.mark.parametrize(("length", "status"), [(1, 200), (256, 200), (257, 400)])
def test_reference_has_1_to_256_characters(leap: LeapRig, length: int, status: int) -> None:
    """Leap docs: reference_id, 1 to 256."""
    assert leap.call(reference_id="r" * length).status_code == status


@pytest.mark.parametrize(("count", "status"), [(0, 400), (1, 200), (50, 200), (51, 400)])
def test_devices_are_1_to_50(leap: LeapRig, count: int, status: int) -> None:
    """Leap docs: customer_devices, 1 to 50."""
    assert leap.call(customer_devices=[own(SOLAR, f"pv-{n}") for n in range(count)]).status_code == status


@pytest.mark.parametrize("device", ["32", 32, "solar", ""])
def test_device_ids_are_uuids(leap: LeapRig, device: object) -> None:
    """Leap docs: device_id is a UUID."""
    rows = [{"device_id": device, "partner_device_reference": "pv"}]
    assert read_code(leap.call(customer_devices=rows)) == (400, "INVALID_REQUEST")


@pytest.mark.parametrize(("reference", "status"), [("p" * 64, 200), ("p" * 65, 400), ("", 400), ("a b", 400)])
def test_device_reference_has_up_to_64_characters(leap: LeapRig, reference: str, status: int) -> None:
    """Leap docs: partner_device_reference, at most 64, of letters, digits, - and _."""
    assert leap.call(customer_devices=[own(SOLAR, reference)]).status_code == status


def test_device_references_are_unique(leap: LeapRig) -> None:
    """Leap docs: unique within the request."""
    assert leap.call(customer_devices=[own(SOLAR, "pv"), own(BATTERY, "pv")]).status_code == 400


@pytest.mark.parametrize(
    ("classification", "status"),
    [("RESIDENTIAL", 200), ("MULTIFAMILY", 200), ("MANUFACTURED_HOME", 200), ("COMMERCIAL", 200), ("house", 400)],
)
def test_classification_is_one_of_four(leap: LeapRig, classification: str, status: int) -> None:
    """Leap docs: customer_classification."""
    assert leap.call(customer_classification=classification).status_code == status


def test_unknown_device_is_final(leap: LeapRig) -> None:
    """Leap docs: 422 for a device that is not in the catalogue."""
    assert read_code(leap.call(customer_devices=[own(str(uuid.uuid4()), "pv")])) == (422, "DEVICE_NOT_FOUND")


@pytest.mark.parametrize("change", [{"zip_code": "1120"}, {"state": "QQ"}, {"zip_code": "93722"}])
def test_no_such_place_is_final(leap: LeapRig, change: dict[str, str]) -> None:
    """Leap docs: 422 where the address cannot be geocoded."""
    assert read_code(leap.call(address={**BROOKLYN, **change})) == (422, "GEOCODING_NO_RESULT")


def test_geocoder_that_is_down_may_be_tried_again(leap: LeapRig) -> None:
    """Leap docs: 502 GEOCODING_… may be retried."""
    leap.pull("geocoder", failures=1)
    assert read_code(leap.call()) == (502, "GEOCODING_UNAVAILABLE")
    assert leap.call().status_code == 200


def test_no_territory_is_final(leap: LeapRig) -> None:
    """Leap docs: 404 where there is no territory."""
    alaska = {**BROOKLYN, "city": "Nome", "state": "AK", "zip_code": "99762"}
    assert read_code(leap.call(address=alaska)) == (404, "TERRITORY_NOT_FOUND")


def test_amounts_are_firm_or_possible(leap: LeapRig) -> None:
    """Leap docs: IGNORED requirements count in the summary; install is once, ongoing yearly, upfront 0."""
    answer = leap.call(customer_devices=[own(SOLAR, "pv"), own(BATTERY, "bat")]).json()
    assert answer["incentive_summary"] == {"upfront_amount": 0, "install_amount": 2250, "ongoing_amount": 180}
    results = [
        (row["install_amount"] + row["ongoing_amount"], {check["status"] for check in row["eligibility_details"]})
        for program in answer["program_details"]
        for tier in program["tiers"]
        for row in tier["device_results"]
    ]
    firm = sum(amount for amount, statuses in results if statuses == {"COMPLETED"})
    possible = sum(amount for amount, statuses in results if "IGNORED" in statuses)
    assert (firm, possible) == (1200, 300 + 750 + 180)


def test_failed_requirement_pays_nothing(leap: LeapRig) -> None:
    """Leap docs: a programme may be listed with every tier FAILED and no amount."""
    answer = leap.call(customer_devices=[own(UNLISTED, "pv")]).json()
    rows = [row for tier in answer["program_details"][0]["tiers"] for row in tier["device_results"]]
    assert [row["eligible"] for row in rows] == [False, False]
    assert answer["incentive_summary"] == {"upfront_amount": 0, "install_amount": 0, "ongoing_amount": 0}


def test_connect_url_is_absent_when_nothing_is_eligible(leap: LeapRig) -> None:
    """Leap docs: connect_url is absent, not null, when nothing is eligible."""
    assert leap.call(reference_id="a").json()["connect_url"].endswith("/heliograph-solar/refId/a")
    assert "connect_url" not in leap.call(reference_id="b", customer_devices=[own(UNLISTED, "pv")]).json()


def test_lookup_of_a_known_customer_adds_no_devices(leap: LeapRig) -> None:
    """Leap docs: devices_ignored[] for a known customer."""
    first = leap.call().json()
    assert "devices_ignored" not in first
    again = leap.call(customer_devices=[own(SOLAR, "lead-42-pv"), own(BATTERY, "bat")]).json()
    assert again["customer_devices"] == first["customer_devices"]
    assert again["devices_ignored"] == [own(BATTERY, "bat")]
    assert again["incentive_summary"] == first["incentive_summary"]


def test_refresh_keeps_devices_and_utilities(leap: LeapRig) -> None:
    """Leap docs: refresh works on the same devices and cached utilities, so nothing is geocoded."""
    first = leap.call().json()
    leap.pull("geocoder", failures=1)
    sparse: dict[str, Any] = {"address": None, "customer_classification": None, "customer_devices": None}
    answer = leap.call("refreshes", **sparse)
    assert answer.json() == first


def test_override_replaces_all_devices(leap: LeapRig) -> None:
    """Leap docs: override replaces all devices."""
    leap.call()
    answer = leap.call("overrides", address=None, customer_devices=[own(BATTERY, "bat")]).json()
    assert [row["partner_device_reference"] for row in answer["customer_devices"]] == ["bat"]
    assert answer["incentive_summary"]["install_amount"] == 750
    assert leap.call("refreshes", customer_devices=None).json()["customer_devices"] == answer["customer_devices"]


@pytest.mark.parametrize("operation", ["refreshes", "overrides"])
def test_only_a_known_customer_is_refreshed(leap: LeapRig, operation: str) -> None:
    """Leap docs: a lookup comes first."""
    assert read_code(leap.call(operation)) == (404, "CUSTOMER_NOT_FOUND")


def test_second_override_at_the_same_time_conflicts(leap: LeapRig) -> None:
    """Leap docs: 409 while another override of that customer is under way."""
    leap.call()
    leap.rig.add_fault("leap.overrides", "slow", seconds=1.5)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(leap.call, "overrides")
        wait_until(lambda: leap.rig.ledger("fault_fired"), "the first is under way")
        second = pool.submit(leap.call, "overrides")
        assert read_code(second.result()) == (409, "CONFLICT")
        assert first.result().status_code == 200
    assert leap.call("overrides").status_code == 200


def test_conflict_on_request(leap: LeapRig) -> None:
    leap.call()
    leap.pull("customers/lead-42/hold", held=True)
    assert read_code(leap.call("overrides")) == (409, "CONFLICT")
    leap.pull("customers/lead-42/hold", held=False)
    assert leap.call("overrides").status_code == 200


def test_eiaid_fixes_the_utility(leap: LeapRig) -> None:
    """Leap docs: eiaid fixes the utility, and the address is not geocoded."""
    leap.pull("geocoder", failures=1)
    answer = leap.call(eiaid="13511").json()
    assert answer["utilities"]["primary"] == {"eiaid": "13511", "name": "New York State Elec & Gas Corp", "state": "NY"}
    assert "geocoding" not in answer
    assert read_code(leap.call(reference_id="x", eiaid="999999")) == (422, "UTILITY_NOT_FOUND")


def test_utilities_name_the_others_possible(leap: LeapRig) -> None:
    """Leap docs: utilities.primary and possible_utilities."""
    phoenix = {**BROOKLYN, "city": "Phoenix", "state": "AZ", "zip_code": "85004"}
    utilities = leap.call(address=phoenix).json()["utilities"]
    assert utilities["primary"]["eiaid"] == "803"
    assert [row["eiaid"] for row in utilities["possible_utilities"]] == ["803", "16572"]


def test_applications_are_made_on_consent_only(leap: LeapRig) -> None:
    """Leap docs: create_application."""
    leap.call()
    assert leap.applications().json() == {"applications": []}
    leap.call("refreshes", create_application=True)
    leap.call("refreshes", create_application=True)
    found = leap.applications(reference_id="lead-42").json()["applications"]
    assert [(row["program_id"], row["status"]) for row in found] == [(102, "not_started")]
    assert leap.applications(f"/{found[0]['id']}").json() == found[0]
    assert leap.applications("/nothing").status_code == 404


def test_lever_moves_applications(leap: LeapRig) -> None:
    """Leap docs: eight statuses, and no webhook for a change."""
    leap.call(create_application=True)
    leap.pull("customers/lead-42/applications", status="approved")
    assert [row["status"] for row in leap.applications(status="approved").json()["applications"]] == ["approved"]
    assert leap.applications(status="rejected").json()["applications"] == []
    wrong = leap.open.post("/sandbox/leap/customers/lead-42/applications", json={"status": "done"})
    assert wrong.status_code == 400
    assert leap.rig.receiver.calls == []


def test_application_is_patched(leap: LeapRig) -> None:
    """Leap docs: PATCH /applications/{id}."""
    leap.call(create_application=True)
    row = leap.applications().json()["applications"][0]
    headers = {"x-api-key": LEAP_KEY}
    changed = leap.open.patch(f"/leap/applications/{row['id']}", json={"status": "in_progress"}, headers=headers)
    assert changed.json()["status"] == "in_progress"
    assert leap.open.patch(f"/leap/applications/{row['id']}", json={"status": "x"}, headers=headers).status_code == 400


def test_devices_are_searched(leap: LeapRig) -> None:
    """Leap docs: q, category, ids, page_size up to 500."""
    path = "/beta/incentives/devices/search"
    assert [row["id"] for row in leap.get(path, q="BATTERY").json()["devices"]] == [BATTERY]
    assert {row["category"] for row in leap.get(path, category="hvac").json()["devices"]} == {"hvac"}
    assert len(leap.get(path, ids=f"{SOLAR},{BATTERY}").json()["devices"]) == 2
    assert len(leap.get(path, page_size=3).json()["devices"]) == 3
    assert leap.get(path, page_size=500).status_code == 200
    assert leap.get(path, page_size=501).status_code == 400
    assert leap.get(path, category="boats").status_code == 400


def test_a_device_that_is_not_there(leap: LeapRig) -> None:
    leap.pull("catalogue", missing=[2])
    assert leap.get("/beta/incentives/devices/search", category="solar_storage").json()["devices"] == []
    refused = leap.call(customer_devices=[own(BATTERY, "bat")])
    assert refused.status_code == 422
    assert leap.legacy(device_ids=[1, 2]).json() == {"error": "Invalid device_ids: 2"}
    leap.pull("catalogue", missing=[])
    assert leap.call(customer_devices=[own(BATTERY, "bat")]).status_code == 200
    assert leap.open.post("/sandbox/leap/catalogue", json={"missing": [True]}).status_code == 400


def test_programs_are_listed(leap: LeapRig) -> None:
    """Leap docs: programs and programs/{id}."""
    listed = leap.get("/beta/incentives/programs").json()["programs"]
    assert leap.get(f"/beta/incentives/programs/{listed[0]['id']}").json() == listed[0]
    assert leap.get("/beta/incentives/programs/7").status_code == 404


def test_published_shape_on_request(leap: LeapRig) -> None:
    """Leap docs: names below program_details are not certain; the other names that were seen pay the same."""
    plain = leap.call(customer_devices=[own(SOLAR, "pv"), own(BATTERY, "bat")]).json()
    leap.pull("account", shape="published")
    other = leap.call("refreshes", customer_devices=None).json()
    assert other["incentive_summary"] == plain["incentive_summary"]
    program = other["program_details"][0]
    assert (program["name"], program["install_amount"]) == ("Sunny Block Rebate", 1500)
    tier = program["tiers"][1]
    assert (tier["payment_type"], tier["incentive_amount"]) == ("INSTALL", 300)
    assert tier["device_results"][0]["status"] == "IGNORED"
    assert "data" in leap.get("/beta/incentives/devices/search").json()


def test_homeowner_sends_an_application_in(leap: LeapRig) -> None:
    leap.call(create_application=True)
    page = "/leap/connect/heliograph-solar/refId/lead-42"
    assert "Sunny Block Rebate" in leap.open.get(page).text
    row = leap.applications().json()["applications"][0]
    assert leap.open.post(page, data={"id": row["id"]}).status_code == 303
    assert leap.applications().json()["applications"][0]["status"] == "submitted"
    assert "Send it in" not in leap.open.get(page).text
    assert leap.open.post(page, data={"id": "another"}).status_code == 404
    assert leap.open.get("/leap/connect/heliograph-solar/refId/nobody").status_code == 404
