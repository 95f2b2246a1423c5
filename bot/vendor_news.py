"""What a vendor has new to say becomes an event of the project's conversation."""

from collections.abc import Sequence

from sqlalchemy import Connection

from db.inbox import InboxRow
from db.once import insert_once
from flows.codec import dump
from flows.events import News, VendorEvent
from flows.news import WHATS

__all__ = ["WHATS", "News", "record_news"]


def record_news(
    connection: Connection, key: str, conversation_id: int, vendor: str, project: int, news: Sequence[News]
) -> bool:
    """Keeps one event with all of `news`, in the order in which they happen in a project's life; False if `key`, unique
    among all events, was kept before. `project` is the conversation's number of it. Ring `turns` after the commit.
    """
    ordered = sorted(news, key=lambda each: WHATS.index(each.what))
    payload = dump(VendorEvent(vendor, project, tuple(ordered)))
    row = {"conversation_id": conversation_id, "kind": "vendor", "external_id": f"vendor:{key}", "payload": payload}
    return insert_once(connection, InboxRow, row, "external_id")
