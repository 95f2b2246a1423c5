"""Bring a project to the vendors; kept until there is one."""

from typing import Any

from bot.vendor_states import explain_vendor_off
from jobs.context import Context
from jobs.outcomes import Outcome, hold

VENDORS = ("OpenSolar", "Aurora")


def run(context: Context, row: Any) -> Outcome:
    """Held with the reason, vendor by vendor; nothing is lost until a vendor takes it."""
    reasons = [explain_vendor_off(context.settings, name) or f"{name} is not built in yet" for name in VENDORS]
    return hold(f"{'; '.join(reasons)}.", "vendor_off")
