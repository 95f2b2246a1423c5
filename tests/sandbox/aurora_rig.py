"""Drives a sandboxed Aurora as the product and its staff would, over HTTP."""

from __future__ import annotations

from typing import Any

import httpx

from tests.sandbox.doorbell import Doorbell
from tests.sandbox.receiver import wait_until
from tools.sandbox.options import AURORA_KEY, AURORA_TENANT
from tools.sandbox.runner import Sandbox

PROJECT: dict[str, Any] = {
    "name": "Ana Diaz",
    "external_provider_id": "lead-7f3a",
    "customer_first_name": "Ana",
    "customer_last_name": "Diaz",
    "customer_email": "ana@example.com",
    "customer_phone": "+14155550123",
    "location": {"property_address": "12 Sample Rd, Fresno CA 93650", "latitude": 36.8, "longitude": -119.8},
    "project_type": "residential",
}


class AuroraRig:
    """`api` carries the key; paths are relative to the tenant."""

    def __init__(self, sandbox: Sandbox, bell: Doorbell) -> None:
        self.sandbox = sandbox
        self.bell = bell
        plain: dict[str, Any] = {"timeout": 10, "trust_env": False, "verify": False}
        base = f"{sandbox.base_url}/aurora/tenants/{AURORA_TENANT}"
        self.api = httpx.Client(base_url=base, headers={"Authorization": f"Bearer {AURORA_KEY}"}, **plain)
        self.open = httpx.Client(base_url=sandbox.base_url, **plain)

    def close(self) -> None:
        self.api.close()
        self.open.close()

    def post(self, path: str, status: int = 201, **wrapped: Any) -> dict[str, Any]:
        answer = self.api.post(path, json=wrapped)
        assert answer.status_code == status, answer.text
        return dict(answer.json())

    def create(self, **fields: Any) -> str:
        """A project's id."""
        return str(self.post("/projects", project={**PROJECT, **fields})["project"]["id"])

    def order(self, project_id: str) -> str:
        """A design request's id."""
        return str(self.post("/design_requests", design_request={"project_id": project_id})["design_request"]["id"])

    def design(self, project_id: str, **numbers: Any) -> str:
        """The id of a design that was ordered, completed and accepted."""
        request_id = self.order(project_id)
        self.move(project_id, "complete", **numbers)
        accepted = self.post(f"/design_requests/{request_id}/accept", status=200)
        return str(accepted["design_request"]["design_id"])

    def listen(self, event: str, query: str, **fields: Any) -> str:
        """Register the doorbell for an event; the webhook's id."""
        template = f"{self.bell.url}/webhooks/aurora/{event}?{query}"
        wish = {"description": event, "event": event, "enabled": True, "url_template": template}
        return str(self.post("/webhooks", webhook={**wish, **fields})["webhook"]["id"])

    def move(self, project: str, move: str, /, **wish: Any) -> dict[str, Any]:
        answer = self.open.post(f"/sandbox/aurora/projects/{project}/{move}", json=wish)
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
        return [entry for entry in self.sandbox.world.ledger.entries(kind) if entry.get("vendor") == "aurora"]

    def await_rings(self, count: int) -> list[dict[str, str]]:
        """The queries of exactly so many webhooks, in the order in which they came."""
        wait_until(lambda: len(self.bell.rings) >= count, f"{count} webhooks")
        assert len(self.bell.rings) == count, [ring.path for ring in self.bell.rings]
        return [ring.query for ring in self.bell.rings]
