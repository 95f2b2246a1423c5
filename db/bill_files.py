"""The files of a bill as reading them needs it: what they hold, what became of fetching them, what came after them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from db.conversations import Conversation
from db.media import MediaFile
from db.outbox import OutboxRow
from db.types import now

_COLUMNS: Any = (
    MediaFile.id, MediaFile.conversation_id, MediaFile.inbox_id, MediaFile.status, MediaFile.declared_type,
    MediaFile.content_type, MediaFile.created_at,
)  # fmt: skip


def list_files(connection: Connection, media_ids: Sequence[str]) -> list[Row[Any]]:
    """The files in that order, without their bytes; one that is not there is left out."""
    found = {row.id: row for row in connection.execute(select(*_COLUMNS).where(MediaFile.id.in_(media_ids)))}
    return [found[media_id] for media_id in media_ids if media_id in found]


def load_sealed(connection: Connection, media_id: str) -> bytes:
    """The encrypted bytes of a stored file."""
    return connection.execute(select(MediaFile.sealed).where(MediaFile.id == media_id)).scalar_one() or b""


def find_refusal(connection: Connection, conversation_id: int, media_id: str) -> str:
    """The code with which fetching the file was given up, "" where it was not."""
    fetches = select(OutboxRow.payload, OutboxRow.error_code).where(
        OutboxRow.conversation_id == conversation_id, OutboxRow.kind == "fetch_media"
    )
    codes = {row.payload.get("media_id"): row.error_code for row in connection.execute(fetches)}
    return str(codes.get(media_id, ""))


def is_overtaken(connection: Connection, row: Any) -> bool:
    """Whether a later reading in the same conversation holds all of these files, and more."""
    later = select(OutboxRow.payload).where(
        OutboxRow.conversation_id == row.conversation_id, OutboxRow.kind == row.kind, OutboxRow.id > row.id
    )
    ours = set(row.payload["media_ids"])
    return any(ours < set(payload["media_ids"]) for (payload,) in connection.execute(later))


def count_readings(connection: Connection, row: Any, seconds: float) -> int:
    """How many bills the contact of `row` had read in the last seconds, in all their conversations; what was done
    without reading says why."""
    contact = select(Conversation.contact_id).where(Conversation.id == row.conversation_id).scalar_subquery()
    theirs = select(Conversation.id).where(Conversation.contact_id == contact)
    read = select(func.count()).where(
        OutboxRow.conversation_id.in_(theirs),
        OutboxRow.kind == row.kind,
        OutboxRow.status == "done",
        OutboxRow.error == "",
        OutboxRow.done_at > now(-seconds),
    )
    return connection.execute(read).scalar_one()


def seconds_to_work(connection: Connection, kinds: Sequence[str]) -> float | None:
    """Seconds until the next effect of these kinds that nobody is at is due, 0 or less when one is; None where none
    waits."""
    is_free = or_(OutboxRow.lease_until.is_(None), OutboxRow.lease_until < now())
    waiting = select(func.min(OutboxRow.due_at), now()).where(
        OutboxRow.kind.in_(kinds), OutboxRow.status == "ready", is_free
    )
    due, at = connection.execute(waiting).one()
    return None if due is None else (due - at).total_seconds()
