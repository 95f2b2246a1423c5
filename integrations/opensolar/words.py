"""OpenSolar's own numbers and what they mean; every one from OpenSolar docs."""

from typing import Final

from integrations.vendor import ProjectStatus

# What a homeowner or staff hear of; other event types are OpenSolar's own business.
INVITED, INVITATION_READ, VIEWED, ACCEPTED = 0, 1, 2, 3
APPOINTMENT, INSTALLATION, SALES_VISIT = 28, 40, 42
CONTRACT_COMPLETED, CONTRACT_SIGNED, ENVELOPE_COMPLETE = 52, 63, 68
SOLD, INSTALLED, EXPIRED_VIEWED = 103, 104, 105
OVERDUE, PAID, PAYMENT_FAILED = 113, 114, 115

SHOWS_PROPOSAL: Final = frozenset({INVITED, INVITATION_READ, VIEWED, ACCEPTED})
SEALS: Final = frozenset({ACCEPTED, CONTRACT_COMPLETED, CONTRACT_SIGNED, ENVELOPE_COMPLETE, SOLD})
REMARKS: Final = {
    APPOINTMENT: "An appointment is in OpenSolar's calendar",
    SALES_VISIT: "A sales visit is in OpenSolar's calendar",
    EXPIRED_VIEWED: "The homeowner opened a proposal that has expired",
    OVERDUE: "A payment is overdue",
}
USEFUL: Final = SHOWS_PROPOSAL | SEALS | frozenset(REMARKS) | frozenset({INSTALLATION, INSTALLED, PAID, PAYMENT_FAILED})

MILESTONE_PRESALE, MILESTONE_PRICE_LOCKED, MILESTONE_SOLD, MILESTONE_INSTALLED = 0, 1, 2, 3
MILESTONE_STATUS: Final[dict[int, ProjectStatus]] = {MILESTONE_SOLD: "scheduled", MILESTONE_INSTALLED: "completed"}
"""Presale, Lock pricing and Other say nothing yet: pending."""

OTHER_ROOF = 23
ROOF_IDS: Final = {
    "asphalt_shingle": 6,
    "flat_concrete": 7,
    "metal": 16,
    "metal_tile": 16,
    "clay_tile": 19,
    "concrete_tile": 20,
    "slate": 21,
    "asbestos_cement": OTHER_ROOF,
    "flat_membrane": OTHER_ROOF,
    "thatch": OTHER_ROOF,
    "tile": OTHER_ROOF,
}

DOCUMENT_STATUS: Final[dict[str, ProjectStatus]] = {
    "lead": "pending",
    "design": "pending",
    "proposal": "pending",
    "contract": "scheduled",
    "installation": "in_progress",
    "complete": "completed",
}
"""Project status in the documents' own event shape, see docs/opensolar.md."""
