"""Messages of contacts who were forgotten: their channel ids alone, so that its list does not bring them back."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, String, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from db.inbox import InboxRow
from db.types import Table, UtcTime, now

KEPT_SECONDS = 2 * 86_400.0  # far longer than the sweep over the channel's list looks back


class ForgottenMessage(Table):
    """`external_id` is the channel's id of a message; nothing else is kept of it, and that not for long."""

    __tablename__ = "forgotten_messages"

    external_id: Mapped[str] = mapped_column(String, primary_key=True)
    forgotten_at: Mapped[datetime] = mapped_column(UtcTime, default=now())


def remember_forgotten(connection: Connection, conversations: Any) -> None:
    """Notes the messages of `conversations`, a query of ids, before they are deleted; drops notes that have had their
    time."""
    connection.execute(delete(ForgottenMessage).where(ForgottenMessage.forgotten_at < now(-KEPT_SECONDS)))
    messages = select(InboxRow.external_id).where(
        InboxRow.conversation_id.in_(conversations), InboxRow.kind == "message", InboxRow.external_id.is_not(None)
    )
    connection.execute(insert(ForgottenMessage).from_select(["external_id"], messages))


def list_forgotten(connection: Connection, external_ids: Collection[str]) -> set[str]:
    """Which of these messages were forgotten."""
    found = select(ForgottenMessage.external_id).where(ForgottenMessage.external_id.in_(external_ids))
    return set(connection.execute(found).scalars())
