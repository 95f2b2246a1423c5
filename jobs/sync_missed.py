"""Projects that were confirmed while one of their vendors was off come to it once it is on."""

from db.outbox import insert_effect
from db.vendor_sync import list_missed
from jobs.context import Context
from jobs.sync_project import choose_vendors

PAUSE_SECONDS = 60.0
MISSED_DAYS = 30  # what is older, or sold already, staff bring there if they want to: `tools.vendors resync`
MOST_AT_ONCE = 50


def run(context: Context) -> int:
    """Asks for a sync with each vendor that lacks a project; how many."""
    asked = sum(ask_for_missed(context, name) for name in choose_vendors(context, {}).wanted)
    if asked:
        context.bell.ring("vendors")
    return asked


def ask_for_missed(context: Context, vendor: str) -> int:
    """Asks for syncs with one vendor; how many."""
    with context.engine.begin() as connection:
        missed = list_missed(connection, vendor, MISSED_DAYS)[:MOST_AT_ONCE]
        return sum(
            insert_effect(
                connection,
                key=f"sync:missed:{project.id}:{vendor}",
                conversation_id=project.conversation_id,
                kind="sync_project",
                payload={"is": "SyncProject", "project": project.number, "force": False, "vendors": [vendor]},
            )
            for project in missed
        )
