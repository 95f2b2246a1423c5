"""Proposal: from the project at the vendor to a sealed agreement, with the contact's decision in between."""

from flows.conditions import AllOf, AnyOf, Has, Is, Not
from flows.definition import Slot

UNSEALED = Not(AnyOf((Has("sealed"), Has("installation_day"), Has("installed"))))
"""A day for the installation says as much as a seal."""

PROPOSAL = (
    Slot("at_vendor", "told", told=True),
    Slot("design", "told", told=True),
    Slot("proposal", "told", told=True),
    Slot(
        "decision", "decision", when=AllOf((Has("proposal"), UNSEALED)), depends_on=("proposal",),
        options=("decision=accept", "decision=change", "decision=later"), yes=("accept",),
    ),
    Slot("change_wish", "note", when=AllOf((Is("decision", "change"), UNSEALED)), depends_on=("decision",)),
    Slot("sealed", "told", told=True),
    Slot("paid", "told", told=True),
)  # fmt: skip
