"""Work that waits for staff: seen with its reason, tried again or dropped."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, select, text, update

from db.conversations import Conversation
from db.inbox import InboxRow
from db.media import MediaFile
from db.outbox import UNCERTAIN, OutboxRow, insert_effect
from db.types import now
from db.vendor_sync import forget_attempts, forget_orders, try_now

WAITING = ("parked", "held", "unknown")
_MAY_HAVE_HAPPENED = {
    "send_message": "It may have reached the contact already; look at the chat, then repeat with --yes.",
    "sync_project": "The project may be at the vendor already, and another one costs money; look there, then repeat "
    "with --yes.",
    "order_design": "The design may have been ordered already; look at the vendor, then repeat with --yes.",
}


class NotWaiting(LookupError):
    """There is no such row, or it does not wait for staff."""


class Overtaken(ValueError):
    """The bot would not say it any more, since somebody else has owned the replies meanwhile."""


class NeedsYes(ValueError):
    """It may have happened already: only an explicit yes repeats it."""


def list_effects(connection: Connection) -> Sequence[Row[Any]]:
    """Effects that are parked, held or unknown, oldest first."""
    waiting = _with_contact(OutboxRow).where(
        text("outbox.status NOT IN ('done', 'cancelled')"), OutboxRow.status.in_(WAITING)
    )
    return connection.execute(waiting.order_by(OutboxRow.id)).all()


def list_events(connection: Connection) -> Sequence[Row[Any]]:
    """Events that no turn could handle, oldest first."""
    parked = _with_contact(InboxRow).where(text("inbox.status = 'parked'"))
    return connection.execute(parked.order_by(InboxRow.id)).all()


def _with_contact(table: Any) -> Select[Any]:
    columns = (table.__table__, Conversation.reply_to, now().label("db_now"))
    return select(*columns).outerjoin(Conversation, Conversation.id == table.conversation_id)


def retry_effect(connection: Connection, row_id: int, *, sure: bool) -> str:
    """Makes an effect due now; its kind. A message that the channel once accepted becomes a new row: one row is one
    message for ever. A project that may have been made at a vendor is made on staff's word. Raises NotWaiting;
    Overtaken where it would only be cancelled; NeedsYes where it may have happened and `sure` is not said."""
    row = _lock_effect(connection, row_id)
    _refuse_overtaken(connection, row)
    if (row.status == "unknown" or row.error_code == UNCERTAIN) and not sure:
        raise NeedsYes(_MAY_HAVE_HAPPENED.get(row.kind, "It may have happened already; look, then repeat with --yes."))
    payload = {name: value for name, value in row.payload.items() if name != "tried"}
    if row.kind == "fetch_media":
        refused = update(MediaFile).where(MediaFile.id == payload.get("media_id"), MediaFile.status == "refused")
        connection.execute(refused.values(status="pending", error=""))
    if row.kind == "sync_project":
        if row.error_code == UNCERTAIN:
            forget_attempts(connection, row.conversation_id, payload["project"])
        try_now(connection, row.conversation_id, payload["project"])
    if row.error_code == "auto_sync_off":
        payload["force"] = True  # it waited for staff's word, and this is it
    if row.kind == "order_design" and row.error_code == UNCERTAIN:
        forget_orders(connection, row.conversation_id, payload["project"])
    if row.external_id:
        _repeat_message(connection, row)
        return str(row.kind)
    fresh = {"status": "ready", "due_at": now(), "attempts": 0, "lookups": 0, "error": "", "error_code": ""}
    connection.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row_id)
        .values(payload=payload, lease_token=OutboxRow.lease_token + 1, lease_until=None, **fresh)
    )
    return str(row.kind)


def _refuse_overtaken(connection: Connection, row: Row[Any]) -> None:
    if row.epoch is None or row.payload.get("always"):
        return
    epoch = connection.execute(select(Conversation.epoch).where(Conversation.id == row.conversation_id)).scalar_one()
    if epoch != row.epoch:
        raise Overtaken(
            f"e{row.id} was the bot's to say before the conversation changed hands: it would be cancelled. "
            "Say it yourself (tools.handoff reply) or drop it."
        )


def drop_effect(connection: Connection, row_id: int) -> None:
    """It will not happen. Raises NotWaiting."""
    _lock_effect(connection, row_id)
    values = {"status": "cancelled", "done_at": now(), "error": "dropped by staff"}
    connection.execute(update(OutboxRow).where(OutboxRow.id == row_id).values(**values))


def retry_event(connection: Connection, row_id: int) -> None:
    """The event is handled by a turn after all. Raises NotWaiting."""
    _change_event(connection, row_id, status="ready", attempts=0, error="")


def drop_event(connection: Connection, row_id: int) -> None:
    """No turn will handle the event. Raises NotWaiting."""
    _change_event(connection, row_id, status="done", done_at=now(), error="dropped by staff")


def _lock_effect(connection: Connection, row_id: int) -> Row[Any]:
    statement = select(OutboxRow.__table__).where(OutboxRow.id == row_id, OutboxRow.status.in_(WAITING))
    row = connection.execute(statement.with_for_update()).first()
    if row is None:
        raise NotWaiting(f"no effect {row_id} waits for staff")
    return row


def _repeat_message(connection: Connection, row: Row[Any]) -> None:
    insert_effect(
        connection,
        key=f"{row.key}+staff",
        conversation_id=row.conversation_id,
        kind=row.kind,
        payload=row.payload,
        epoch=row.epoch,
    )
    values = {"status": "done", "error": "sent again by staff"}
    connection.execute(update(OutboxRow).where(OutboxRow.id == row.id).values(**values))


def _change_event(connection: Connection, row_id: int, **values: Any) -> None:
    statement = update(InboxRow).where(InboxRow.id == row_id, InboxRow.status == "parked")
    if connection.execute(statement.values(**values)).rowcount != 1:
        raise NotWaiting(f"no event {row_id} waits for staff")
