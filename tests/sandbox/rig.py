"""Drives one sandbox as the product and the homeowner would, over HTTP."""

from __future__ import annotations

from typing import Any

import httpx

from tests.sandbox.receiver import STATUS_PATH, Receiver, wait_until
from tools.sandbox.options import ACCOUNT_SID, AUTH_TOKEN, SENDER
from tools.sandbox.runner import Sandbox

MAYA = "+14155550134"


class Rig:
    """Drives one sandbox over HTTP only, but for reading its ledger."""

    def __init__(self, sandbox: Sandbox, receiver: Receiver) -> None:
        self.sandbox = sandbox
        self.receiver = receiver
        # Loading certificates takes longer than most tests, and all of this is plain HTTP.
        plain: dict[str, Any] = {"base_url": sandbox.base_url, "timeout": 10, "trust_env": False, "verify": False}
        self.api = httpx.Client(auth=(ACCOUNT_SID, AUTH_TOKEN), **plain)
        self.open = httpx.Client(**plain)
        self.messages_path = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"

    def send(self, **form: Any) -> httpx.Response:
        """POST Messages.json; To, From and StatusCallback are filled in, None leaves one out."""
        full = {"To": f"whatsapp:{MAYA}", "From": SENDER, "StatusCallback": self.receiver.url + STATUS_PATH, **form}
        return self.api.post(self.messages_path, data={key: value for key, value in full.items() if value is not None})

    def send_content(self, sid: str, **form: Any) -> httpx.Response:
        return self.send(ContentSid=sid, **form)

    def create_content(self, types: dict[str, Any], **resource: Any) -> httpx.Response:
        return self.api.post("/v1/Content", json={"friendly_name": "t", "language": "en", "types": types, **resource})

    def make_content(self, types: dict[str, Any], **resource: Any) -> str:
        answer = self.create_content(types, **resource)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["sid"])

    def approve(self, sid: str, **wish: Any) -> httpx.Response:
        body = {"name": "a_template", "category": "UTILITY", **wish}
        return self.api.post(f"/v1/Content/{sid}/ApprovalRequests/whatsapp", json=body)

    def write(self, **wish: Any) -> dict[str, Any]:
        """The homeowner does something; returns when the webhook has ended unless wait=False."""
        answer = self.open.post(f"/sandbox/homeowners/{MAYA}/messages", json={"wait": True, **wish})
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def add_fault(self, endpoint: str, kind: str, **more: Any) -> None:
        answer = self.open.post("/sandbox/faults", json={"endpoint": endpoint, "kind": kind, **more})
        assert answer.status_code == 201, answer.text

    def advance(self, seconds: float) -> None:
        assert self.open.post("/sandbox/clock", json={"advance_seconds": seconds}).status_code == 200

    def list_bodies(self, **query: Any) -> list[str]:
        return [m["body"] for m in self.api.get(self.messages_path, params=query).json()["messages"]]

    def ledger(self, kind: str) -> list[dict[str, Any]]:
        return self.sandbox.world.ledger.entries(kind)

    def await_status(self, sid: str, status: str) -> dict[str, Any]:
        path = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{sid}.json"
        wait_until(lambda: self.api.get(path).json()["status"] == status, f"{sid} {status}")
        return dict(self.api.get(path).json())
