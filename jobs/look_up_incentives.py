"""Look up incentives for a project; kept until there is a vendor to ask."""

from typing import Any

from bot.vendor_states import explain_vendor_off
from jobs.context import Context
from jobs.outcomes import Outcome, hold


def run(context: Context, row: Any) -> Outcome:
    """Held with the reason; nothing is lost until the vendor answers."""
    reason = explain_vendor_off(context.settings, "Leap") or "Leap is not built in yet"
    return hold(f"{reason}.", "vendor_off")
