"""Has projects read again that no webhook told about, and takes away shared files whose time is over."""

from datetime import UTC, datetime, timedelta

from db.shared_file_rows import drop_expired_files
from db.vendor_reads import FINISHED_DAYS, want_polls
from jobs.context import Context

MOST_SECONDS = 60.0


def pause_seconds(poll_seconds: float) -> float:
    """Between two looks: often enough that a project is read soon after its time."""
    return min(poll_seconds, MOST_SECONDS)


def run(context: Context) -> int:
    """How many projects are due to be read."""
    finished_before = (datetime.now(UTC) - timedelta(days=FINISHED_DAYS)).isoformat()
    vendors = context.vendors.list_on()
    with context.engine.begin() as connection:
        drop_expired_files(connection)
        count = want_polls(connection, vendors, context.settings.vendor_poll_seconds, finished_before) if vendors else 0
    if count:
        context.bell.ring("vendors")
    return count
