"""Incentives: what was found, and whether applications shall be made."""

from flows.conditions import Has
from flows.definition import Slot

INCENTIVES = (
    Slot("incentives", "told", told=True),
    Slot("can_apply", "told", told=True),
    Slot(
        "apply", "yes_no", when=Has("can_apply"), depends_on=("can_apply",), options=("apply=true", "apply=false"),
        yes=(True,), no=(False,),
    ),
    Slot("application", "told", told=True),
)  # fmt: skip
