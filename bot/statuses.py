"""Records how far our messages have come."""

from sqlalchemy import Engine

from bot.failpoints import reach
from db.status_arrivals import StatusArrival, insert_status
from integrations.channel import StatusUpdate

LONGEST_ID = 18  # digits that surely fit the column


def record_status(engine: Engine, update: StatusUpdate, rank: int, failed: bool) -> None:
    """Keeps a status callback and applies it, committed. `rank` and `failed` are what the channel makes of it."""
    ours = update.message_id
    arrival = StatusArrival(
        external_id=update.external_id,
        outbox_id=int(ours) if ours.isascii() and ours.isdigit() and len(ours) <= LONGEST_ID else None,
        status=update.status,
        rank=rank,
        failed=failed,
        code=update.code,
        detail=update.detail,
        raw=dict(update.raw),
    )
    with engine.begin() as connection:
        insert_status(connection, arrival)
        reach("status.before_commit")
    reach("status.after_commit")
