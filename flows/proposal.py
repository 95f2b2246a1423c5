"""Proposal: from the project at the vendor to a sealed agreement, with the contact's decision in between."""

from flows.conditions import AllOf, AnyOf, Has, Is, Not
from flows.definition import Slot

UNSEALED = Not(AnyOf((Has("sealed"), Has("installed"))))
BY_DAY = ("installation_day",)
"""Once there is a day for the installation nobody is asked about the proposal any more; who says it is still heard."""

PROPOSAL = (
    Slot("at_vendor", "told", told=True),
    Slot("design", "told", told=True),
    Slot("proposal", "told", told=True),
    Slot(
        "decision", "decision", when=AllOf((Has("proposal"), UNSEALED)), depends_on=("proposal",),
        options=("decision=accept", "decision=change", "decision=later"), yes=("accept",), satisfied_by=BY_DAY,
    ),
    Slot(
        "change_wish", "note", when=AllOf((Is("decision", "change"), UNSEALED)), depends_on=("decision",),
        satisfied_by=BY_DAY,
    ),
    Slot("sealed", "told", told=True),
    Slot("paid", "told", told=True),
)  # fmt: skip
