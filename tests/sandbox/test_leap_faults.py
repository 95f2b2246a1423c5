"""What goes wrong at the simulated Leap on request, and what its ledger tells."""

from __future__ import annotations

import time

import httpx
import pytest

from tests.sandbox.leap_rig import SOLAR, LeapRig
from tests.sandbox.rig import Rig
from tools.sandbox.options import LEAP_KEY

KEY = {"Authorization": f"Bearer {LEAP_KEY}"}


@pytest.fixture
def leap(rig: Rig) -> LeapRig:
    return LeapRig(rig)


@pytest.mark.parametrize(
    ("kind", "status"), [("unauthorised", 401), ("forbidden", 403), ("rate_limit", 429), ("error_before", 500)]
)
def test_refusals(leap: LeapRig, kind: str, status: int) -> None:
    leap.rig.add_fault("leap.lookups", kind, seconds=3)
    answer = leap.call()
    assert answer.status_code == status
    assert answer.json()["error"]["message"]
    assert answer.headers.get("Retry-After") == ("3" if kind == "rate_limit" else None)
    assert leap.call().status_code == 200
    assert len(leap.rig.ledger("leap_incentives_computed")) == 1


@pytest.mark.parametrize(("kind", "computed"), [("reset_before", 0), ("reset_after", 1)])
def test_resets(leap: LeapRig, kind: str, computed: int) -> None:
    leap.rig.add_fault("leap.lookups", kind)
    with pytest.raises(httpx.ReadError):
        leap.call()
    assert len(leap.rig.ledger("leap_incentives_computed")) == computed


def test_override_that_answers_too_late_has_happened(leap: LeapRig) -> None:
    leap.call()
    leap.rig.add_fault("leap.overrides", "timeout_after", seconds=30)
    leap.open.timeout = httpx.Timeout(0.3)
    with pytest.raises(httpx.ReadTimeout):
        leap.call("overrides")
    assert [line["operation"] for line in leap.rig.ledger("leap_incentives_computed")] == ["lookup", "override"]


def test_garbage(leap: LeapRig) -> None:
    leap.rig.add_fault("leap.*", "garbage_after")
    answer = leap.call()
    assert answer.status_code == 200
    with pytest.raises(ValueError, match="Expecting value"):
        answer.json()


def test_drip_outlasts_a_deadline(leap: LeapRig) -> None:
    leap.rig.add_fault("leap.lookups", "drip", seconds=0.05)
    started = time.monotonic()
    with leap.open.stream("POST", "/leap/beta/incentives/lookups", json={}, headers=KEY) as answer:
        assert answer.status_code == 400
        assert len(answer.read()) > 10
    assert time.monotonic() - started > 0.5


def test_faults_are_for_their_own_endpoint(leap: LeapRig) -> None:
    for endpoint in ("leap.refreshes", "leap.overrides", "leap.devices", "leap.applications", "leap.programs"):
        leap.rig.add_fault(endpoint, "forbidden")
    assert leap.call().status_code == 200
    assert leap.call("refreshes").status_code == 403
    assert leap.call("overrides").status_code == 403
    assert leap.get("/beta/incentives/devices/search").status_code == 403
    assert leap.get("/beta/incentives/programs").status_code == 403
    assert leap.applications().status_code == 403
    assert leap.legacy(reference_id="other").status_code == 200


def test_ledger_tells_what_was_computed_and_refused(leap: LeapRig) -> None:
    leap.call(create_application=True)
    leap.call(reference_id="lead-43", customer_classification="castle")
    line = leap.rig.ledger("leap_incentives_computed")[0]
    facts = {"contract": "current", "operation": "lookup", "reference_id": "lead-42", "devices": [SOLAR]}
    assert facts.items() <= line.items()
    assert (line["install_amount"], line["create_application"]) == (1500, True)
    assert leap.rig.ledger("leap_application_created")[0]["program_id"] == 102
    refused = leap.rig.ledger("leap_refused")[0]
    assert (refused["reference_id"], refused["status"]) == ("lead-43", 400)


def test_lever_lists_what_leap_has_received(leap: LeapRig) -> None:
    leap.call(create_application=True)
    (customer,) = leap.open.get("/sandbox/leap/customers").json()["customers"]
    assert customer["address"]["address_line_1"] == "1 Example St"
    assert customer["device_names"] == ["Rooftop solar panel, any listed model"]
    assert [row["status"] for row in customer["applications"]] == ["not_started"]


@pytest.mark.parametrize(
    ("lever", "wish"),
    [("account", {"key_state": "lost"}), ("account", {"shape": "round"}), ("geocoder", {"failures": -1})],
)
def test_senseless_levers_are_refused(leap: LeapRig, lever: str, wish: dict[str, object]) -> None:
    assert leap.open.post(f"/sandbox/leap/{lever}", json=wish).status_code == 400
