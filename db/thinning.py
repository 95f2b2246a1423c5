"""Takes away what is kept for looking things up, once nobody looks at it any more."""

from typing import Any

from sqlalchemy import Engine, delete, select

from db.api_keys import ApiCall
from db.model_calls import ModelCall
from db.types import now
from db.vendor_calls import VendorCall
from db.vendor_event_rows import SETTLED
from db.vendor_events import VendorEventRow

DAY = 86_400.0
VENDOR_DAYS, API_DAYS = 90, 365  # calls of the language model go with those of vendors
PORTION = 1_000  # rows to a commit, so that nobody waits for it


def thin_out(engine: Engine, portion: int = PORTION) -> dict[str, int]:
    """Calls to vendors and models and settled webhooks after 90 days, calls of our API after a year: table → count."""
    old = {
        VendorCall: (VendorCall.started_at < now(-VENDOR_DAYS * DAY),),
        ModelCall: (ModelCall.started_at < now(-VENDOR_DAYS * DAY),),
        VendorEventRow: (
            VendorEventRow.received_at < now(-VENDOR_DAYS * DAY),
            VendorEventRow.status.in_(SETTLED),
        ),
        ApiCall: (ApiCall.created_at < now(-API_DAYS * DAY),),
    }
    return {table.__tablename__: _drop(engine, table, conditions, portion) for table, conditions in old.items()}


def _drop(engine: Engine, table: Any, conditions: tuple[Any, ...], portion: int) -> int:
    chosen = select(table.id).where(*conditions).order_by(table.id).limit(portion)
    total = 0
    while True:
        with engine.begin() as connection:
            count = connection.execute(delete(table).where(table.id.in_(chosen))).rowcount
        total += count
        if count < portion:
            return total
