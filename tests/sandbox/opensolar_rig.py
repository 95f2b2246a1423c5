"""Drives a sandboxed OpenSolar as the product and its staff would, over HTTP."""

from __future__ import annotations

from typing import Any

import httpx

from tests.sandbox.doorbell import Doorbell
from tests.sandbox.receiver import wait_until
from tools.sandbox.options import OPENSOLAR_ORG, OPENSOLAR_TOKEN
from tools.sandbox.runner import Sandbox

ROOF = "https://api.opensolar.com/api/roof_types/20/"
ANA = {"first_name": "Ana", "family_name": "Diaz", "email": "ana@example.com", "phone": "+14155550123"}
# The example of the OpenSolar docs, with an invented homeowner.
PROJECT: dict[str, Any] = {
    "identifier": "lead-7f3a",
    "is_residential": "1",
    "lead_source": "WhatsApp",
    "notes": "fridge x2, AC x1",
    "lat": "-33.86",
    "lon": "151.27",
    "address": "12 Sample Rd",
    "locality": "Vaucluse",
    "state": "NSW",
    "zip": "2030",
    "country_iso2": "AU",
    "number_of_phases": "1",
    "roof_type": ROOF,
    "assigned_role": "https://api.opensolar.com/api/orgs/1/roles/123/",
    "contacts_new": [ANA],
}


class OpenSolarRig:
    """`api` carries the token; paths are relative to the organisation."""

    def __init__(self, sandbox: Sandbox, bell: Doorbell) -> None:
        self.sandbox = sandbox
        self.bell = bell
        plain: dict[str, Any] = {"timeout": 10, "trust_env": False, "verify": False}
        base = f"{sandbox.base_url}/opensolar/api/orgs/{OPENSOLAR_ORG}"
        self.api = httpx.Client(base_url=base, headers={"Authorization": f"Bearer {OPENSOLAR_TOKEN}"}, **plain)
        self.open = httpx.Client(base_url=sandbox.base_url, **plain)

    def close(self) -> None:
        self.api.close()
        self.open.close()

    def create(self, **fields: Any) -> dict[str, Any]:
        answer = self.api.post("/projects/", json={**PROJECT, **fields})
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def fetch(self, number: int) -> dict[str, Any]:
        answer = self.api.get(f"/projects/{number}/")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def listen(self, *triggers: str, payload: tuple[str, ...] = (), **fields: Any) -> int:
        """Register the doorbell; the webhook's id."""
        body = {
            "endpoint": f"{self.bell.url}/webhooks/opensolar",
            "headers": '{"X-Webhook-Token": "ring"}',
            "trigger_fields": list(triggers or ("project.*", "event.*", "contact.*")),
            "payload_fields": list(payload),
            **fields,
        }
        answer = self.api.post("/webhooks/", json=body)
        assert answer.status_code == 201, answer.text
        return int(answer.json()["id"])

    def move(self, project: object, move: str, /, **wish: Any) -> dict[str, Any]:
        answer = self.open.post(f"/sandbox/opensolar/projects/{project}/{move}", json=wish)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def settle(self, **settings: Any) -> None:
        assert self.open.post("/sandbox/settings", json=settings).status_code == 200

    def add_fault(self, endpoint: str, kind: str, **more: Any) -> None:
        answer = self.open.post("/sandbox/faults", json={"endpoint": endpoint, "kind": kind, **more})
        assert answer.status_code == 201, answer.text

    def advance(self, seconds: float) -> None:
        assert self.open.post("/sandbox/clock", json={"advance_seconds": seconds}).status_code == 200

    def ledger(self, kind: str) -> list[dict[str, Any]]:
        return [entry for entry in self.sandbox.world.ledger.entries(kind) if entry.get("vendor") == "opensolar"]

    def await_rings(self, count: int) -> list[dict[str, Any]]:
        """The bodies of exactly so many webhooks, in the order in which they came."""
        wait_until(lambda: len(self.bell.rings) >= count, f"{count} webhooks")
        assert len(self.bell.rings) == count, [ring.json for ring in self.bell.rings]
        return [ring.json for ring in self.bell.rings]
