"""Tell the proposal's vendor what the contact said about it."""

from typing import Any

from jobs.context import Context
from jobs.outcomes import Outcome, hold


def run(context: Context, row: Any) -> Outcome:
    """Held until a release can do it."""
    return hold("Not built in yet.", "vendor_off")
