"""What a file turned out to say becomes an event of its conversation."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import Connection

from bot.failpoints import reach
from bot.vendor_inbox import clean
from db.inbox import InboxRow
from db.once import insert_once
from flows.codec import dump
from flows.events import DocumentRead
from flows.markets import market_of
from flows.reading.bills.types import Bill, Problem

__all__ = ["Bill", "Problem", "country_of", "record_reading"]

FIELDS = ("utility", "period_start", "period_end", "kwh", "amount", "currency", "service_address", "monthly_kwh")
"""What a conversation needs to know; the account number, even masked, is none of it."""
LONGEST = 200  # characters of a text: whatever else a page holds does not get on


def record_reading(connection: Connection, conversation_id: int, media_ids: Sequence[str], bill: Bill) -> bool:
    """Keeps one event for these files; False if there is one already. Ring `turns` after the commit."""
    said = {name: _cut(getattr(bill, name)) for name in FIELDS}
    event = DocumentRead(tuple(media_ids), clean(said), tuple(sorted(bill.sure & set(FIELDS))), tuple(bill.problems))
    digest = hashlib.sha256("\n".join(media_ids).encode()).hexdigest()[:32]
    values = {
        "conversation_id": conversation_id,
        "kind": "document",
        "external_id": f"document:{conversation_id}:{digest}",
        "payload": dump(event),
    }
    kept = insert_once(connection, InboxRow, values, "external_id")
    reach("document.before_commit")
    return kept


def _cut(value: object) -> object:
    return value[:LONGEST] if isinstance(value, str) else value


def country_of(market: str) -> str:
    """ISO 3166 code of the country whose bills come first there."""
    return market_of(market).country
