"""What a sender signed, laid over what is known of a project: for a vendor that cannot be asked."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from integrations.vendor import ProjectStatus, VendorState
from jobs.state_json import load_design

LISTS = ("payments", "failed_payments")
FLAGS = ("viewed", "sealed", "installed")
TEXTS = ("proposal", "installation_date", "rejected", "stage")
STATUSES: tuple[ProjectStatus, ...] = ("pending", "scheduled", "in_progress", "completed")


def lay_over(state: VendorState, stated: Iterable[Mapping[str, Any]]) -> VendorState:
    """`state` after each of `stated` in turn: lists grow, what was sealed or installed stays so, the status goes on and
    never back, since what is stated may come late."""
    for facts in stated:
        state = _lay_one(state, facts)
    return state


def _lay_one(state: VendorState, facts: Mapping[str, Any]) -> VendorState:
    changes: dict[str, Any] = {name: facts[name] for name in TEXTS if facts.get(name)}
    changes |= {name: True for name in FLAGS if facts.get(name)}
    for name in LISTS:
        known = getattr(state, name)
        changes[name] = (*known, *(each for each in facts.get(name) or () if each not in known))
    if "design" in facts:
        known_design = asdict(state.design) if state.design else {}
        changes["design"] = load_design({**known_design, **facts["design"]})
    changes["status"] = max(state.status, facts.get("status", "pending"), key=STATUSES.index)
    return replace(state, **changes)
