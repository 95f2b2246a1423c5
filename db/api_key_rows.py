"""Queries of API keys and of what was asked with them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from db.api_keys import ApiCall, ApiKey
from db.types import now

USE_SECONDS = 60.0  # `last_used_at` is as old as this at most, so that a busy key does not write at every call


def add_key(connection: Connection, **values: Any) -> int:
    """A new key's id."""
    return connection.execute(insert(ApiKey).values(**values).returning(ApiKey.id)).scalar_one()


def find_key(connection: Connection, digest: str) -> Row[Any] | None:
    """The key with this digest, with the database's time as `db_now`."""
    columns: Any = (ApiKey.__table__, now().label("db_now"))
    return connection.execute(select(*columns).where(ApiKey.digest == digest)).one_or_none()


def note_use(connection: Connection, key_id: int) -> None:
    """The key was used just now."""
    stale = or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at < now(-USE_SECONDS))
    connection.execute(update(ApiKey).where(ApiKey.id == key_id, stale).values(last_used_at=now()))


def list_keys(connection: Connection) -> Sequence[Row[Any]]:
    """Every key, oldest first."""
    return connection.execute(select(ApiKey.__table__).order_by(ApiKey.id)).all()


def revoke_key(connection: Connection, key_id: int) -> bool:
    """The key is worth nothing from now on; False if there is no such key, or it was revoked before."""
    statement = update(ApiKey).where(ApiKey.id == key_id, ApiKey.revoked_at.is_(None)).values(revoked_at=now())
    return connection.execute(statement).rowcount == 1


def log_call(connection: Connection, key_id: int, route: str, status: int, answer: Any, **more: Any) -> None:
    """Keeps one call: `more` are further columns of it."""
    values = {"api_key_id": key_id, "route": route, "http_status": status, "answer": answer, **more}
    connection.execute(insert(ApiCall).values(**values))
