"""Has projects read again that no webhook told about, and takes away shared files whose time is over."""

from bot.settings import Settings
from db.shared_file_rows import drop_expired_files
from db.vendor_reads import DAY, want_polls
from jobs.context import Context

MOST_SECONDS = 60.0
DEAF_SECONDS = 3600.0


def pause_seconds(poll_seconds: float) -> float:
    """Between two looks: often enough that a project is read soon after its time."""
    return min(poll_seconds, MOST_SECONDS)


def find_longest(settings: Settings, vendor: str) -> float:
    """Seconds between two polls of a project where nothing has been new for long: a day, and an hour at a vendor whose
    webhooks nobody takes."""
    listens = {
        "opensolar": settings.opensolar_webhook_enabled and bool(settings.opensolar_webhook_secret),
        "aurora": bool(settings.aurora_webhook_secret),
    }
    return DAY if listens[vendor] else DEAF_SECONDS


def run(context: Context) -> int:
    """How many projects are due to be read."""
    settings = context.settings
    with context.engine.begin() as connection:
        drop_expired_files(connection)
        count = sum(
            want_polls(connection, vendor, settings.vendor_poll_seconds, find_longest(settings, vendor))
            for vendor in context.vendors.list_on()
        )
    if count:
        context.bell.ring("vendors")
    return count
