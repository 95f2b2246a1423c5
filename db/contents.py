"""What the channel knows of our buttons, lists and templates, by the hash of its structure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, String, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, mapped_column

from db.once import insert_once
from db.types import Id, Table, UtcTime, now


class Content(Table):
    """`purpose` is session (buttons and lists inside the window) or template. `approval` is the channel's word for a
    template's state: "" (not asked), received, pending, approved, rejected, paused, disabled, or stopped (by us)."""

    __tablename__ = "contents"
    __table_args__ = (UniqueConstraint("account", "purpose", "structure_hash"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account: Mapped[str] = mapped_column(String)
    purpose: Mapped[str] = mapped_column(String)
    structure_hash: Mapped[str] = mapped_column(String)
    key: Mapped[str] = mapped_column(String, default="")
    language: Mapped[str] = mapped_column(String, default="")
    external_id: Mapped[str] = mapped_column(String)
    approval: Mapped[str] = mapped_column(String, default="")
    reason: Mapped[str] = mapped_column(String, default="")
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now())
    checked_at: Mapped[datetime | None] = mapped_column(UtcTime)


def find_session_content(connection: Connection, account: str, structure_hash: str) -> str | None:
    """The channel's id of the menu with this structure, if it was created before and is not stopped."""
    statement = select(Content.external_id).where(
        Content.account == account,
        Content.purpose == "session",
        Content.structure_hash == structure_hash,
        Content.approval != "stopped",
    )
    return connection.execute(statement).scalar()


def find_template(connection: Connection, account: str, key: str, language: str) -> str | None:
    """The channel's id of the newest approved template that says `key` in `language`."""
    statement = (
        select(Content.external_id)
        .where(
            Content.account == account,
            Content.purpose == "template",
            Content.key == key,
            Content.language == language,
            Content.approval == "approved",
        )
        .order_by(Content.id.desc())
        .limit(1)
    )
    return connection.execute(statement).scalar()


def keep_content(connection: Connection, **values: Any) -> bool:
    """Remembers a Content; False if one of the same account, purpose and structure is known already. A menu that was
    stopped makes room for the one that was made in its place."""
    unique = ("account", "purpose", "structure_hash")
    if insert_once(connection, Content, values, *unique):
        return True
    stopped = update(Content).filter_by(**{name: values[name] for name in unique})
    stopped = stopped.where(Content.approval == "stopped", Content.purpose == "session")
    return connection.execute(stopped.values(external_id=values["external_id"], approval="", reason="")).rowcount == 1


def stop_content(connection: Connection, external_id: str, reason: str) -> bool:
    """The Content is not sent again until `tools.templates` or the channel brings it back."""
    statement = (
        update(Content)
        .where(Content.external_id == external_id, Content.approval != "stopped")
        .values(approval="stopped", reason=reason)
    )
    return connection.execute(statement).rowcount > 0


def record_approval(connection: Connection, external_id: str, approval: str, reason: str) -> None:
    """The channel's present word on a template."""
    statement = update(Content).where(Content.external_id == external_id)
    connection.execute(statement.values(approval=approval, reason=reason, checked_at=now()))


def list_templates(connection: Connection, account: str) -> Sequence[Row[Any]]:
    statement = select(Content.__table__).where(Content.account == account, Content.purpose == "template")
    return connection.execute(statement.order_by(Content.key, Content.language, Content.id)).all()
