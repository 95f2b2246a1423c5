"""Webhooks as middleware posts them that was built to the documents this project grew from; see docs/opensolar.md."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from integrations.opensolar.links import is_plain, is_web_address, read_id
from integrations.opensolar.state import read_day, read_number
from integrations.opensolar.words import DOCUMENT_STATUS
from integrations.vendor import Hint

Facts = dict[str, Any]
Read = Callable[[Mapping[str, Any], Mapping[str, Any], bytes], Facts]
"""(project, whole body, raw body) -> parts of a VendorState."""


def parse_document(content: Mapping[str, Any], body: bytes, *, signed: bool) -> Hint:
    """`{"event_type"?, "project": {"id", "status", "proposal_url", "installation_date"}}`. ValueError: malformed, or a
    date or link that is none. Its `key` is set only where the sender gives the event an id."""
    project = content.get("project")
    if not isinstance(project, Mapping):
        raise ValueError("there is no project in it")
    number = read_id(project.get("id"))
    if not number:
        raise ValueError("project.id is no id")
    event = read_event(content)
    read = READERS.get(event)
    facts = {**state_project(project), **read(project, content, body)} if read else None
    digest = hashlib.sha256(body).hexdigest()
    return Hint(
        event=event or "project",
        key=f"sig:{digest}" if read_event_id(content) else "",
        project_id=number,
        reference=str(project["identifier"]) if is_plain(project.get("identifier"), 256) else "",
        ignored="" if read else "No event that is known.",
        facts=facts if signed else None,
    )


def read_event(content: Mapping[str, Any]) -> str:
    """The event's name; "" where it is left out."""
    found = next((content[name] for name in ("event_type", "event", "type") if content.get(name)), "")
    if not is_plain(found, 100):
        raise ValueError("event_type is no name")
    return found


def read_event_id(content: Mapping[str, Any]) -> str:
    for name in ("event_id", "id"):
        value = content.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value and is_plain(value, 200):
            return str(value)
    return ""


def state_project(project: Mapping[str, Any]) -> Facts:
    """What the project itself states, whatever happened: its installation day and its status."""
    facts: Facts = {}
    if given := project.get("installation_date"):
        facts["installation_date"] = read_day(given)
        if not facts["installation_date"]:
            raise ValueError("installation_date is no date")
    if status := DOCUMENT_STATUS.get(str(project.get("status") or "").lower()):
        facts["status"] = status
    return facts


def state_proposal(project: Mapping[str, Any], *_: object) -> Facts:
    link = project.get("proposal_url")
    if not link:
        return {}
    if not is_web_address(link):
        raise ValueError("proposal_url is no web address")
    return {"proposal": link}


def state_nothing(*_: object) -> Facts:
    return {}


def state_design(project: Mapping[str, Any], *_: object) -> Facts:
    kw = read_number(project.get("system_size_kw"))
    return {"design": {"kw": kw} if kw else {}}


def state_viewed(project: Mapping[str, Any], *_: object) -> Facts:
    return {**state_proposal(project), "viewed": True}


def state_contract(project: Mapping[str, Any], *_: object) -> Facts:
    return {"status": "scheduled", **state_proposal(project), "sealed": True}


def state_installed(*_: object) -> Facts:
    return {"installed": True, "status": "completed"}


def state_payment(project: Mapping[str, Any], content: Mapping[str, Any], body: bytes) -> Facts:
    """A payment without any id is told apart by its whole body."""
    payment = content.get("payment")
    named = read_event_id(payment) if isinstance(payment, Mapping) else ""
    return {"payments": [named or read_event_id(content) or hashlib.sha256(body).hexdigest()[:16]]}


READERS: dict[str, Read] = {
    "": state_proposal,
    "project.status_changed": state_nothing,
    "project.design_complete": state_design,
    "project.proposal_sent": state_proposal,
    "project.proposal_viewed": state_viewed,
    "project.contract_signed": state_contract,
    "project.installation_scheduled": state_nothing,
    "project.installation_complete": state_installed,
    "project.payment_received": state_payment,
}
