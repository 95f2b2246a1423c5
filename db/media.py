"""Files that contacts sent, encrypted at rest."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, ForeignKey, LargeBinary, Row, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from db.types import Table, UtcTime, now


class MediaFile(Table):
    """`id` is ours and random. `status` is pending, stored, refused (too big, wrong type) or gone. `sealed` is the
    file under the first SECRET_KEY; `size` is in bytes before encryption."""

    __tablename__ = "media"

    id: Mapped[str] = mapped_column(String, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    inbox_id: Mapped[int] = mapped_column(ForeignKey("inbox.id"), index=True)
    url: Mapped[str] = mapped_column(String)
    declared_type: Mapped[str] = mapped_column(String)
    content_type: Mapped[str] = mapped_column(String, default="")
    size: Mapped[int | None] = mapped_column()
    sha256: Mapped[str] = mapped_column(String, default="")
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    status: Mapped[str] = mapped_column(String, default="pending")
    error: Mapped[str] = mapped_column(String, default="")
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now())
    fetched_at: Mapped[datetime | None] = mapped_column(UtcTime)


def find_media(connection: Connection, media_id: str) -> Row[Any] | None:
    """Everything about the file but its bytes."""
    columns: Any = (
        MediaFile.id,
        MediaFile.url,
        MediaFile.declared_type,
        MediaFile.status,
        MediaFile.size,
        MediaFile.sha256,
    )
    return connection.execute(select(*columns).where(MediaFile.id == media_id)).first()


def update_media(connection: Connection, media_id: str, **values: Any) -> None:
    connection.execute(update(MediaFile).where(MediaFile.id == media_id).values(fetched_at=now(), **values))
