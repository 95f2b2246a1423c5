"""Pass a contact's file on to the project's vendors."""

from typing import Any

from jobs.context import Context
from jobs.outcomes import Outcome, hold


def run(context: Context, row: Any) -> Outcome:
    """Held until a release can do it."""
    return hold("Not built in yet.", "vendor_off")
