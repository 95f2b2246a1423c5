"""A submitted state as the columns of a project and of the consent it rests on."""

from datetime import datetime
from typing import Any

from flows.codec import dump
from flows.projects import project_of
from flows.state import State

SAME_NAMES = (
    "name", "email", "street", "city", "state", "postal_code", "country", "utility", "currency", "roof_type",
    "alternate_name", "alternate_phone",
)  # fmt: skip


def describe_project(state: State, conversation_id: int, now: datetime) -> dict[str, Any]:
    """Columns of the state's present project; money in cents."""
    facts = project_of(state)
    place = facts.location or {}
    texts = {name: getattr(facts, name) or "" for name in SAME_NAMES}
    return {
        **texts,
        "conversation_id": conversation_id,
        "number": state.project,
        "latitude": place.get("latitude"),
        "longitude": place.get("longitude"),
        "owner": facts.owner,
        "monthly_bill_cents": None if facts.monthly_bill is None else round(facts.monthly_bill * 100),
        "monthly_kwh": facts.monthly_kwh,
        "annual_kwh": facts.annual_kwh,
        "devices": list(facts.devices),
        "bill_document": facts.bill_document,
        "slots": dump(state.slots),
        "confirmed_at": read_time(facts.consent, now),
    }


def describe_consent(state: State, before: State) -> dict[str, Any] | None:
    """Columns of a consent that this turn gave; None if it gave none."""
    held = state.slots.get("consent")
    if held is None or not isinstance(held.value, dict) or before.slots.get("consent") == held:
        return None
    words = ("wording", "version", "language", "channel", "message_id")
    return {"kind": "project", **{name: held.value[name] for name in words}, "at": read_time(held.value, held.at)}


def read_time(consent: dict[str, str] | None, otherwise: datetime) -> datetime:
    return datetime.fromisoformat(consent["at"]) if consent else otherwise
