"""Agreements of a project: each read by its id, its state never going back."""

from integrations.aurora.design_requests import Kept
from integrations.aurora.wire import Wire, read_id, unwrap
from integrations.aurora.words import AGREEMENT_REMARKS, further, sort_agreement

OVER = ("signed", "declined", "canceled")


def follow_agreements(
    wire: Wire, project_id: str, kept: Kept, named: tuple[str, ...], remarks: dict[str, str]
) -> dict[str, str]:
    """The state of each agreement by its id. What is over is read again only when a webhook names it."""
    known = kept.get("agreements")
    states: dict[str, str] = dict(known) if isinstance(known, dict) else {}
    for agreement_id in dict.fromkeys((*states, *named)):
        if states.get(agreement_id) in OVER and agreement_id not in named:
            continue
        agreement = unwrap(wire.look("agreements", agreement_id), "agreement")
        owner = read_id(agreement, "project_id")
        if not agreement or (owner and owner != project_id):
            continue
        states[agreement_id] = further(states.get(agreement_id, ""), sort_agreement(agreement.get("status")))
        kept["agreement_id"] = agreement_id
    for agreement_id, state in states.items():
        if remark := AGREEMENT_REMARKS.get(state):
            remarks[f"agreement:{agreement_id}"] = remark
    if states:
        kept["agreements"] = states
    return states
