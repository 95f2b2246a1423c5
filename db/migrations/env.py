"""Alembic's entry: one transaction, under a lock so that two releases cannot run it at once."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON, Connection, text

from db.tables import metadata
from db.types import UtcTime

RELEASE_LOCK = 7_431_905_221


def render_type(kind: str, value: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Migrations name SQLAlchemy's own types, so that a change of ours cannot change the past."""
    if kind == "type" and isinstance(value, UtcTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(value, JSON):
        autogen.imports.add("from sqlalchemy.dialects.postgresql import JSONB")
        return 'sa.JSON().with_variant(JSONB(), "postgresql")'
    return False


def run_migrations(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        render_item=render_type,
        compare_type=True,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": RELEASE_LOCK})
        context.run_migrations()


def suspend_references(connection: Connection) -> None:
    """SQLite changes a table by making it anew, which rows that refer to it would forbid: they are checked after."""
    connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")  # ignored once a transaction has begun


def check_references(connection: Connection) -> None:
    if lost := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise RuntimeError(f"the migration leaves rows that refer to nothing: {lost[:5]}")


with context.config.attributes["engine"].connect() as connection:
    if connection.dialect.name == "sqlite":
        suspend_references(connection)
        run_migrations(connection)
        check_references(connection)
        connection.invalidate()
    else:
        run_migrations(connection)
