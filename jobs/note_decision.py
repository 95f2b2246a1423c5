"""Tell the proposal's vendor what the contact said about it; where it takes no notes, staff have heard it already."""

from typing import Any

from integrations.errors import VendorError
from integrations.vendor import NotOffered, Placed, ProjectVendor
from jobs.context import Context
from jobs.outcomes import Outcome, done
from jobs.placed_projects import find_speaking, hold_project, wait_for_turn
from jobs.vendor_failure import explain_failure

NOT_NOTED = "What the homeowner said of the proposal is not at the vendor."


def run(context: Context, row: Any) -> Outcome:
    """Done once the note is kept with the project there."""
    found = find_speaking(context, row)
    if isinstance(found, Outcome):
        return found
    with found.about(), hold_project(context, found) as held:
        return wait_for_turn() if held is None else note(held.vendor, held.placed, row)


def note(vendor: ProjectVendor, placed: Placed, row: Any) -> Outcome:
    try:
        vendor.note_decision(placed, row.payload["note"], bool(row.payload.get("accepted")))
    except NotOffered as reason:
        return done("", str(reason))
    except VendorError as error:
        return explain_failure(row, error, NOT_NOTED)
    return done()
