"""OpenSolar for jobs: a project goes out, and everything that OpenSolar knows of it comes back."""

import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from integrations.errors import NotFound, Unauthorised
from integrations.exchange import OnExchange
from integrations.files import FileGate
from integrations.opensolar import papers, search
from integrations.opensolar.calls import TITLE, OpenSolarCalls
from integrations.opensolar.links import list_objects, read_id, read_link
from integrations.opensolar.mapping import describe_contact, describe_project, describe_usage, merge_notes, write_notes
from integrations.opensolar.registering import register_webhook
from integrations.opensolar.state import Happening, find_stage, read_happening, read_state, recall
from integrations.opensolar.words import MILESTONE_PRESALE, MILESTONE_PRICE_LOCKED, USEFUL
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

STAGES_LIVE = 600.0  # seconds
MAX_EVENTS = 20  # looked up one by one in a read
Stages = dict[str, dict[str, Any]]


class OpenSolarClient:
    """Implements `ProjectVendor`; safe to share between threads, not across a fork.

    `timeout` is in seconds for one call, `retries` how often one that does no harm is repeated on the spot. `currency`
    is the organisation's: OpenSolar's prices do not name theirs. ValueError for an address that is no web address.

    Of a project it keeps in `Placed.details`: `notes` (what we wrote there last) and `events` (id → type, start,
    complete: those that webhooks named and the project itself does not list).
    """

    name: VendorName = "opensolar"

    def __init__(
        self,
        base_url: str,
        org_id: str,
        api_key: str,
        timeout: float = 30.0,
        retries: int = 3,
        *,
        limiter: Limiter | None = None,
        on_exchange: OnExchange | None = None,
        breaker: Breaker | None = None,
        currency: str = "",
    ) -> None:
        self.calls = OpenSolarCalls(base_url, org_id, api_key, timeout, retries, limiter, breaker, on_exchange)
        self._gate = FileGate(TITLE, base_url, timeout)
        self._org_id = org_id
        self._currency = currency
        self._stages: tuple[float, str, Stages] | None = None
        self._lock = threading.Lock()

    def close(self) -> None:
        self.calls.close()
        self._gate.close()

    def check(self) -> str:
        self.calls.count_projects()
        return f"OpenSolar answers as organisation {self._org_id}."

    def create_project(self, sheet: ProjectSheet) -> Placed:
        """Is billed. Uncertain where it may have happened."""
        notes = write_notes(sheet)
        fields = {**describe_project(sheet, self.calls.base_url), "contacts_new": [describe_contact(sheet)]}
        made = self.calls.create_project({**fields, "notes": notes} if notes else fields)
        return _place(made, {"notes": notes})

    def find_project(self, sheet: ProjectSheet, since: datetime) -> Search:
        found, absent = search.find_project(self.calls, sheet, since)
        return Search(_place(found, {"notes": write_notes(sheet)}) if found else None, absent)

    def update_project(self, placed: Placed, sheet: ProjectSheet) -> Placed:
        """The sheet's fields; in the notes only what is ours is replaced."""
        current = self.calls.fetch_project(placed.external_id)
        notes = write_notes(sheet)
        merged = merge_notes(current.get("notes"), str(placed.details.get("notes") or ""), notes)
        fields = describe_project(sheet, self.calls.base_url)
        changed = self.calls.change_project(placed.external_id, {**fields, "notes": merged})
        contact = placed.contact_id or _read_contact(changed) or _read_contact(current)
        return replace(placed, contact_id=contact, details={**placed.details, "notes": notes})

    def update_contact(self, placed: Placed, sheet: ProjectSheet) -> Placed:
        contact = placed.contact_id or _read_contact(self.calls.fetch_project(placed.external_id))
        if not contact:
            raise NotFound("The project has no contact in OpenSolar; add one there.", "no_contact")
        self.calls.change_contact(contact, describe_contact(sheet))
        return replace(placed, contact_id=contact)

    def send_usage(self, placed: Placed, usage: Usage) -> bool:
        described = describe_usage(usage)
        if described is None:
            return False
        self.calls.change_project(placed.external_id, {"usage": described})
        return True

    def order_design(self, placed: Placed, order: DesignOrder) -> Placed:
        raise NotOffered("OpenSolar takes no orders for designs: staff design in its app.")

    def read_state(self, placed: Placed, objects: Mapping[str, tuple[str, ...]]) -> VendorState:
        project = self.calls.fetch_project(placed.external_id)
        systems = self.calls.list_systems(placed.external_id)
        happenings, kept = self._read_happenings(placed, project, objects.get("event", ()))
        stages = self._fetch_stages()[1]
        state = read_state(project, systems, happenings, stages, datetime.now(UTC), self._currency)
        return replace(state, details={**placed.details, "events": kept})

    def find_owner(self, objects: Mapping[str, str]) -> str:
        number = read_id(objects.get("event", ""))
        if not number:
            return ""
        row = self._open_event(number)
        return read_link(row.get("project"), "projects") if row else ""

    def note_decision(self, placed: Placed, note: str, accepted: bool) -> None:
        """`note` once in the notes. An accepted proposal goes on from presale to the stage where its price is locked,
        not to "sold": that is for a signature, and would be told to the homeowner as one."""
        project = self.calls.fetch_project(placed.external_id)
        current = str(project.get("notes") or "").replace("\r\n", "\n").strip()
        fields: dict[str, Any] = {} if note in current else {"notes": f"{current}\n\n{note}".strip()}
        if accepted:
            fields |= self._lock_price(project)
        if fields:
            self.calls.change_project(placed.external_id, fields)

    def send_document(self, placed: Placed, document: Document, *, bill: bool) -> None:
        papers.keep_document(self.calls, placed.external_id, document)

    def fetch_proposal(self, placed: Placed) -> Document:
        return papers.fetch_proposal(self.calls, self._gate, placed.external_id)

    def register_webhooks(self, public_url: str, secret: str) -> list[str]:
        return register_webhook(self.calls, public_url, secret)

    def find_contact_by_phone(self, phone: str, country: str = "") -> str:
        """The id of the contact with that E.164 number, "" for none; `country` reads numbers typed without a code."""
        found = search.find_contact(self.calls, phone, country)
        return read_id(found.get("id")) if found else ""

    def _read_happenings(
        self, placed: Placed, project: Mapping[str, Any], named: Iterable[str]
    ) -> tuple[list[Happening], dict[str, list[Any]]]:
        """(what happened, what of it to keep): the project's list, and what only webhooks named."""
        rows = list_objects(project.get("events_data"))
        listed = {one.external_id: one for one in map(read_happening, rows) if one}
        kept = {
            str(number): recall(str(number), row) for number, row in dict(placed.details.get("events") or {}).items()
        }
        short = [number for row in rows if (number := read_id(row.get("id"))) and number not in {*listed, *kept}]
        wanted = [number for number in (*filter(read_id, named), *short) if number not in listed]
        for number in list(dict.fromkeys(wanted))[-MAX_EVENTS:]:
            found = self._fetch_happening(number, placed.external_id)
            kept.pop(number, None)
            if found:
                kept[number] = found
        others = {number: one for number, one in kept.items() if number not in listed}
        useful = {number: one.keep() for number, one in others.items() if one.type_id in USEFUL}
        return [*listed.values(), *others.values()], useful

    def _fetch_happening(self, number: str, project_id: str) -> Happening | None:
        """None for an event that is gone, or of another project."""
        row = self._open_event(number)
        if row is None or read_link(row.get("project"), "projects") not in ("", project_id):
            return None
        return read_happening({"start": None, **row})

    def _open_event(self, number: str) -> dict[str, Any] | None:
        """None where it is gone, or not ours: OpenSolar says 403 then, as it may say 404."""
        try:
            return self.calls.fetch_event(number)
        except NotFound:
            return None
        except Unauthorised as error:
            if error.code == "403":
                return None
            raise

    def _fetch_stages(self) -> tuple[str, Stages]:
        """(the default workflow's id, its stages by id), asked for every ten minutes."""
        with self._lock:
            if self._stages and self._stages[0] > time.monotonic():
                return self._stages[1:]
        workflow = self._fetch_workflow()
        stages = {read_id(row.get("id")): row for row in list_objects(workflow.get("workflow_stages"))}
        found = (read_id(workflow.get("id")), stages)
        with self._lock:
            self._stages = (time.monotonic() + STAGES_LIVE, *found)
        return found

    def _fetch_workflow(self) -> dict[str, Any]:
        """Empty where the organisation shows none: dates and events tell what a project went through as well."""
        try:
            return self.calls.fetch_workflow()
        except NotFound:
            return {}

    def _lock_price(self, project: Mapping[str, Any]) -> dict[str, Any]:
        """The fields that move a project out of presale; empty where it is further, or the workflow has no such
        stage."""
        workflow, stages = self._fetch_stages()
        if find_stage(project, stages).get("milestone") != MILESTONE_PRESALE:
            return {}
        ready = [row for row in stages.values() if row.get("milestone") == MILESTONE_PRICE_LOCKED]
        if not ready:
            return {}
        stage = min(ready, key=lambda row: (row.get("order") or 0, row["id"]))["id"]
        return {"workflow": {"active_stage_id": stage, "workflow_id": int(workflow)}, "active_stage_id": stage}


def _place(project: Mapping[str, Any], details: dict[str, Any]) -> Placed:
    return Placed(read_id(project.get("id")), _read_contact(project), details)


def _read_contact(project: Mapping[str, Any]) -> str:
    """The id of the first contact, from its data or its URL."""
    for name in ("contacts_data", "contacts"):
        rows = project.get(name)
        for row in rows if isinstance(rows, list) else ():
            if number := read_link(row, "contacts"):
                return number
    return ""
