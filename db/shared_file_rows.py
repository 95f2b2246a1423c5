"""Files under links nobody can guess: added, found, taken away when their time is over."""

from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from db.shared_files import SharedFile
from db.types import now


def add_shared_file(
    connection: Connection,
    token: str,
    conversation_id: int,
    name: str,
    content_type: str,
    sealed: bytes,
    seconds: float,
) -> None:
    """Keeps `sealed`, the encrypted content, for so many seconds."""
    values = {"token": token, "conversation_id": conversation_id, "name": name, "content_type": content_type}
    connection.execute(insert(SharedFile).values(content=sealed, expires_at=now(seconds), **values))


def find_shared_file(connection: Connection, token: str, name: str) -> Row[Any] | None:
    """(content_type, sealed content), None where there is no such file or its time is over."""
    statement: Any = select(SharedFile.content_type, SharedFile.content)
    found = statement.where(SharedFile.token == token, SharedFile.name == name, SharedFile.expires_at > now())
    row: Row[Any] | None = connection.execute(found).one_or_none()
    return row


def drop_expired_files(connection: Connection) -> int:
    """How many there were."""
    return connection.execute(delete(SharedFile).where(SharedFile.expires_at <= now())).rowcount
