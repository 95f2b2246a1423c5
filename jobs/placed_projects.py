"""Projects as effects find them at their vendors, or why an effect has to wait for that."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from bot.vendor_states import TITLES
from db.vendor_sync import find_link, find_project, lease_link, write_step
from integrations.vendor import Placed, ProjectVendor
from jobs.context import Context
from jobs.outcomes import Outcome, defer, hold, park
from jobs.sync_project import VENDOR_OFF
from jobs.sync_step import BUSY_SECONDS
from jobs.vendor_log import about

NOT_THERE = "not_there"
MOST_CALLS = 4  # in a row for one file or note, each no longer than LEASE_SECONDS


@dataclass(frozen=True, slots=True)
class Found:
    """An effect's project at a vendor: `row` is the effect, `project` and `link` are its rows here."""

    vendor: ProjectVendor
    row: Any
    project: Any
    link: Any

    @property
    def placed(self) -> Placed:
        return Placed(self.link.external_id, self.link.contact_id, self.link.details)

    @contextmanager
    def about(self) -> Iterator[None]:
        """Calls made inside are written down with the project, the conversation and the effect."""
        with about(project_id=self.project.id, conversation_id=self.row.conversation_id, outbox_id=self.row.id):
            yield


def find_speaking(context: Context, row: Any) -> Found | Outcome:
    """The effect's project at the vendor that speaks to the homeowner."""
    return find_placed(context, row, context.settings.proposal_vendor)


def find_placed(context: Context, row: Any, name: str) -> Found | Outcome:
    """The effect's project at a vendor; held while that is off or the project is not there yet."""
    vendor = context.vendors.find(name)
    if vendor is None:
        return hold(f"{context.vendors.explain(name)}.", VENDOR_OFF)
    with context.engine.connect() as connection:
        project = find_project(connection, row.conversation_id, row.payload["project"])
        link = None if project is None else find_link(connection, project.id, name)
    if project is None:
        return park(f"There is no project {row.payload['project']} in this conversation.", "no_project")
    if link is None or not link.external_id:
        return hold(f"The project is not at {TITLES[name]} yet.", NOT_THERE)
    return Found(vendor, row, project, link)


@contextmanager
def hold_project(context: Context, found: Found) -> Iterator[Found | None]:
    """The project for this effect alone, as no sync or other file changes it meanwhile; None while somebody else has
    it. What is read, changed and written in several calls would lose what came in between."""
    with context.engine.begin() as connection:
        link = lease_link(connection, found.link.id, MOST_CALLS * context.settings.lease_seconds)
    if link is None:
        yield None
        return
    try:
        yield replace(found, link=link)
    finally:
        with context.engine.begin() as connection:
            write_step(connection, link)


def wait_for_turn() -> Outcome:
    """Somebody else has the project."""
    return defer("Something else is being written to the project.", BUSY_SECONDS)
