"""The time after a contact's message in which the channel lets us write freely."""

from datetime import datetime, timedelta

MARGIN_SECONDS = 120  # a message that leaves now may reach the channel a little later


def is_open(heard_at: datetime | None, at: datetime, window_seconds: int) -> bool:
    """Whether free text may go out at `at`; always, on a channel without a window (0)."""
    if not window_seconds:
        return True
    return heard_at is not None and at < heard_at + timedelta(seconds=window_seconds - MARGIN_SECONDS)
