"""Feedback: how the installation went, from 1 to 5 and in words."""

from flows.conditions import Has
from flows.definition import Slot

FEEDBACK = (
    Slot(
        "rating", "rating", when=Has("installed"), depends_on=("installed",),
        options=tuple(f"rating={stars}" for stars in range(1, 6)),
    ),
    Slot("feedback", "note", optional=True, when=Has("installed"), depends_on=("installed",), options=("skip",)),
)  # fmt: skip
