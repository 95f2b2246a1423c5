"""Drives a running sandbox from tests, benchmarks and kill tests, over HTTP."""

from __future__ import annotations

import json
from types import TracebackType
from typing import Any

import httpx


class SandboxClient:
    """`base_url` as printed by the sandbox. Every method raises httpx.HTTPStatusError when it is refused."""

    def __init__(self, base_url: str, timeout: float = 30.0) -> None:
        # Loading certificates is slow and a sandbox speaks plain HTTP only.
        self._http = httpx.Client(base_url=base_url, timeout=timeout, trust_env=False, verify=False)  # nosec B501

    def __enter__(self) -> SandboxClient:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def write(self, phone: str, text: str | None = None, **wish: Any) -> dict[str, Any]:
        """A homeowner writes, or does what `wish` says: tap, location, media, reaction; reply_to, copies, wait, extra.

        Returns {"sid", "acknowledged", "attempts"}; the last two are final only with wait=True.
        """
        body = wish if text is None else {"text": text, **wish}
        return self._post(f"/sandbox/homeowners/{phone}/messages", body)

    def read_messages(self, phone: str) -> None:
        """The homeowner sees everything delivered so far: `read` goes out."""
        self._post(f"/sandbox/homeowners/{phone}/read", {})

    def add_homeowner(self, phone: str, name: str, **flags: bool) -> None:
        """Flags: on_whatsapp, opted_out, auto_read."""
        self._post("/sandbox/homeowners", {"phone": phone, "name": name, **flags})

    def add_fault(self, endpoint: str, kind: str, **more: Any) -> int:
        """Returns the fault's id; README.md lists endpoints and kinds."""
        return int(self._post("/sandbox/faults", {"endpoint": endpoint, "kind": kind, **more})["id"])

    def clear_faults(self) -> None:
        self._http.delete("/sandbox/faults").raise_for_status()

    def advance_clock(self, seconds: float) -> None:
        self._post("/sandbox/clock", {"advance_seconds": seconds})

    def change_settings(self, **settings: Any) -> dict[str, Any]:
        return self._post("/sandbox/settings", settings)

    def read_thread(self, phone: str) -> list[dict[str, Any]]:
        """What the homeowner's phone shows, oldest first: {"sid", "mine", "status", "shape", "media", …}."""
        answer = self._http.get("/page/state", params={"phone": phone})
        answer.raise_for_status()
        return list(answer.json()["messages"])

    def read_vendors(self, phone: str) -> dict[str, Any]:
        """{"opensolar": {"project", "webhooks"}, "aurora": the same, "leap": {"customer"}} of that homeowner."""
        answer = self._http.get("/page/vendors", params={"phone": phone})
        answer.raise_for_status()
        return dict(answer.json())

    def move_project(self, vendor: str, project: int | str, move: str, **wish: Any) -> dict[str, Any]:
        """Plays "opensolar" or "aurora": `project` is its id or our identifier there; README.md lists the moves."""
        return self._post(f"/sandbox/{vendor}/projects/{project}/{move}", wish)

    def script_model(self, match: str, data: Any, **more: Any) -> int:
        """What the language models answer to words that hold `match`; more: vendor, count. Returns the script's id."""
        return int(self._post("/sandbox/models/scripts", {"match": match, "data": data, **more})["id"])

    def clear_scripts(self) -> None:
        self._http.delete("/sandbox/models/scripts").raise_for_status()

    def read_model_requests(self) -> list[dict[str, Any]]:
        """What the language models were asked, oldest first: {"vendor", "path", "headers", "body", "status"}."""
        answer = self._http.get("/sandbox/models/requests")
        answer.raise_for_status()
        return list(answer.json()["requests"])

    def read_ledger(self, after: int = 0) -> list[dict[str, Any]]:
        answer = self._http.get("/sandbox/ledger", params={"after": after})
        answer.raise_for_status()
        return [json.loads(line) for line in answer.text.splitlines()]

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self._http.post(path, json=body)
        answer.raise_for_status()
        return dict(answer.json())
