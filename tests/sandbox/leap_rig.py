"""Speaks to the simulated Leap as a partner's software would, in both contracts."""

from __future__ import annotations

from typing import Any

import httpx

from tests.sandbox.rig import Rig
from tools.sandbox.options import LEAP_KEY

SOLAR = "00000000-0000-4000-8000-000000000001"
BATTERY = "00000000-0000-4000-8000-000000000002"
UNLISTED = "00000000-0000-4000-8000-000000000003"
BROOKLYN = {"address_line_1": "1 Example St", "city": "Brooklyn", "state": "NY", "zip_code": "11201"}
FRESNO = {
    "street_1": "742 Juniper Court",
    "city": "Fresno",
    "state_or_province_code": "CA",
    "postal_code": "93722",
    "country_code": "US",
}


class LeapRig:
    """`call` fills in a whole lookup; a keyword replaces a field, None leaves it out."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.open = rig.open

    def call(self, operation: str = "lookups", *, headers: dict[str, str] | None = None, **body: Any) -> httpx.Response:
        full = {
            "reference_id": "lead-42",
            "customer_classification": "RESIDENTIAL",
            "address": BROOKLYN,
            "customer_devices": [{"device_id": SOLAR, "partner_device_reference": "lead-42-pv"}],
            **body,
        }
        given = {"Authorization": f"Bearer {LEAP_KEY}"} if headers is None else headers
        return self.open.post(
            f"/leap/beta/incentives/{operation}",
            json={name: value for name, value in full.items() if value is not None},
            headers=given,
        )

    def legacy(self, *, headers: dict[str, str] | None = None, **body: Any) -> httpx.Response:
        full = {
            "operation_type": "lookup",
            "reference_id": "lead-42",
            "building_type": "RESIDENTIAL",
            "device_ids": [1],
            "address": FRESNO,
            **body,
        }
        given = {"x-api-key": LEAP_KEY} if headers is None else headers
        return self.open.post(
            "/leap/alpha/incentives",
            json={name: value for name, value in full.items() if value is not None},
            headers=given,
        )

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.open.get(f"/leap{path}", params=query, headers={"Authorization": f"Bearer {LEAP_KEY}"})

    def applications(self, path: str = "", **query: Any) -> httpx.Response:
        return self.open.get(f"/leap/applications{path}", params=query, headers={"x-api-key": LEAP_KEY})

    def pull(self, lever: str, **wish: Any) -> dict[str, Any]:
        answer = self.open.post(f"/sandbox/leap/{lever}", json=wish)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


def read_code(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of an error in the current contract."""
    return answer.status_code, answer.json()["error"]["details"][0]["error_code"]
