"""What a vendor's objects say, as JSON and back."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from bot.vendor_inbox import clean
from integrations.vendor import Design, VendorState, Visit

TUPLES = ("payments", "failed_payments")


def dump_state(state: VendorState) -> dict[str, Any]:
    """JSON-native, without the details: those have a column of their own."""
    found = asdict(state)
    del found["details"]
    found["visits"] = [{**each, "start": _show_time(each["start"])} for each in found["visits"]]
    return {name: _list(value) for name, value in found.items()}


def tidy_state(state: VendorState) -> VendorState:
    """The same in text that every database keeps."""
    return replace(load_state(clean(dump_state(state))), details=clean(state.details))


def load_state(kept: Mapping[str, Any] | None) -> VendorState:
    """What `dump_state` wrote; of nothing, a project of which nothing is known."""
    known = {name: value for name, value in (kept or {}).items() if name in VendorState.__dataclass_fields__}
    for name in TUPLES:
        known[name] = tuple(known.get(name) or ())
    known["design"] = load_design(known.get("design"))
    known["visits"] = tuple(
        Visit(each["external_id"], _read_time(each.get("start")), bool(each.get("complete")))
        for each in known.get("visits") or ()
    )
    return VendorState(**known)


def load_design(kept: Mapping[str, Any] | None) -> Design | None:
    """A design of what is known of it."""
    if kept is None:
        return None
    known = {name: value for name, value in kept.items() if name in Design.__dataclass_fields__}
    monthly = known.get("monthly_kwh")
    return Design(**{"external_id": "", **known, "monthly_kwh": tuple(monthly) if monthly else None})


def _list(value: Any) -> Any:
    """Lists for tuples, so that what was kept equals what is read."""
    if isinstance(value, Mapping):
        return {name: _list(item) for name, item in value.items()}
    return [_list(item) for item in value] if isinstance(value, (tuple, list)) else value


def _show_time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _read_time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
