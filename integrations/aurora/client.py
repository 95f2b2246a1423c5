"""Aurora for jobs: projects, consumption, designs and what became of them, over one pool of connections."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from integrations.api import VendorApi
from integrations.aurora import mapping
from integrations.aurora.documents import send_bill
from integrations.aurora.ordering import order_auto_designer, order_request
from integrations.aurora.search import find_by_reference
from integrations.aurora.state import StateReader
from integrations.aurora.subscriptions import register_events
from integrations.aurora.wire import Body, Wire, explain, read_id, unwrap
from integrations.aurora.words import read_status_map
from integrations.errors import Refused, Uncertain
from integrations.exchange import OnExchange
from integrations.throttle import Breaker, Limiter
from integrations.vendor import (
    DesignOrder,
    Document,
    NotOffered,
    Placed,
    ProjectSheet,
    Search,
    Usage,
    VendorName,
    VendorState,
)

APP_URL = "https://v2.aurorasolar.com"
SANDBOX_APP_URL = "https://v2-sandbox.aurorasolar.com"


class AuroraClient:
    """Implements `ProjectVendor`; safe to share between threads, not across a fork.

    `version` is sent as Aurora-API-Version when there is one; `address` is how a project's place is sent, by default as
    the version has it. `status_map` holds `Text=word` (see `words.read_status_map`). `timeout` is in seconds for a
    whole exchange. ValueError for an address that is no web address or a status map that is none.
    """

    name: VendorName = "aurora"

    def __init__(
        self,
        base_url: str,
        tenant_id: str,
        api_key: str,
        version: str = "",
        *,
        status_map: Iterable[str] = (),
        timeout: float = 30.0,
        retries: int = 2,
        address: mapping.Address | None = None,
        transport: httpx.BaseTransport | None = None,
        limiter: Limiter | None = None,
        breaker: Breaker | None = None,
        on_exchange: OnExchange | None = None,
    ) -> None:
        headers = {"Authorization": f"Bearer {api_key}"}
        if version:
            headers["Aurora-API-Version"] = version
        api = VendorApi(
            "aurora",
            base_url,
            headers,
            timeout,
            retries=retries,
            transport=transport,
            limiter=limiter,
            breaker=breaker,
            on_exchange=on_exchange,
            explain=explain,
        )
        self._wire = Wire(api, tenant_id)
        self._tenant_id = tenant_id
        self._address: mapping.Address = address or mapping.choose_address(version)
        self._app_url = choose_app(base_url)
        self._reader = StateReader(self._wire, read_status_map(status_map), self._app_url)

    def close(self) -> None:
        self._wire.close()

    def check(self) -> str:
        """Asks for one project."""
        self._wire.get("projects", params={"per_page": 1})
        return f"Aurora answers for tenant {self._tenant_id}."

    def create_project(self, sheet: ProjectSheet) -> Placed:
        """Uncertain where it may exist now: `find_project` before it is created again."""
        body = self._wire.post("projects", body=mapping.build_project(sheet, self._address))
        placed = _place(unwrap(body, "project"))
        if not placed.external_id:
            raise Uncertain("Aurora's answer names no project, so nobody knows whether there is one.", "garbage")
        return placed

    def find_project(self, sheet: ProjectSheet, since: datetime) -> Search:
        """By our reference, which is unique there; `since` does not matter."""
        found, absent = find_by_reference(self._wire, sheet.reference)
        return Search(_place(found) if found else None, absent)

    def update_project(self, placed: Placed, sheet: ProjectSheet) -> Placed:
        self._wire.put("projects", placed.external_id, body=mapping.build_project(sheet, self._address))
        return placed

    def update_contact(self, placed: Placed, sheet: ProjectSheet) -> Placed:
        """The homeowner's data are part of the project."""
        return self.update_project(placed, sheet)

    def send_usage(self, placed: Placed, usage: Usage) -> bool:
        profile = mapping.build_usage(usage)
        if profile is None:
            return False
        path = ("projects", placed.external_id, "consumption_profile")
        try:
            self._wire.put(*path, body={"consumption_profile": profile})
        except Refused as refusal:
            if refusal.code not in ("400", "422") or not any(None in values for values in profile.values()):
                raise
            self._wire.put(*path, body={"consumption_profile": mapping.spell_nulls(profile)})
        return True

    def order_design(self, placed: Placed, order: DesignOrder) -> Placed:
        """`details` hold `sales_mode_url`, `design_request_id` or `auto_designer_job_id`. Uncertain where a design
        request may exist now: the next call looks for it before it makes another."""
        kept = {**placed.details, "design_kind": order.kind, "target_offset": order.target_offset}
        if order.kind == "sales_mode":
            kept["sales_mode_url"] = f"{self._app_url}/projects/{placed.external_id}"
        elif order.kind == "auto_designer":
            order_auto_designer(self._wire, placed.external_id, kept, order)
        else:
            order_request(self._wire, placed.external_id, kept, order)
        return replace(placed, details=kept)

    def read_state(self, placed: Placed, objects: Mapping[str, tuple[str, ...]]) -> VendorState:
        return self._reader.read(placed, objects)

    def find_owner(self, objects: Mapping[str, str]) -> str:
        if project_id := objects.get("project"):
            return project_id
        for kind, path, name in (
            ("design_request", ("design_requests", "{}"), "design_request"),
            ("agreement", ("agreements", "{}"), "agreement"),
            ("design", ("designs", "{}", "summary"), "design"),
            ("proposal", ("designs", "{}", "summary"), "design"),
        ):
            if objects.get(kind):
                body = self._wire.look(*(part.format(objects[kind]) for part in path))
                if owner := read_id(unwrap(body, name), "project_id"):
                    return owner
        return ""

    def note_decision(self, placed: Placed, note: str, accepted: bool) -> None:
        raise NotOffered("Aurora takes no note of what the homeowner decided; enter it there by hand.")

    def send_document(self, placed: Placed, document: Document, *, bill: bool) -> None:
        if not bill:
            raise NotOffered("Aurora takes utility bills and no other documents; add it there by hand.")
        send_bill(self._wire, placed.external_id, document)

    def fetch_proposal(self, placed: Placed) -> Document:
        raise NotOffered("Aurora gives proposals as a link, not as a file.")

    def register_webhooks(self, public_url: str, secret: str) -> list[str]:
        return register_events(self._wire, public_url, secret)


def choose_app(base_url: str) -> str:
    """Where staff work: the sandbox has an app of its own."""
    sandbox = (urlsplit(base_url).hostname or "").startswith("api-sandbox.")
    return SANDBOX_APP_URL if sandbox else APP_URL


def _place(project: Body) -> Placed:
    """The status that a project begins with is remembered: it is no news."""
    status = project.get("status")
    details: dict[str, Any] = {"first_status": " ".join(status.split())} if isinstance(status, str) else {}
    return Placed(read_id(project, "id", "project_id"), details=details)
