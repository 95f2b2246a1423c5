"""Insert a row that may be there already, the same on PostgreSQL and SQLite."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from db.types import Table


def insert_once(connection: Connection, table: type[Table], values: Mapping[str, Any], *unique: str) -> bool:
    """False, and nothing written, if a row with the same `unique` columns exists."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement: Any = insert(table).values(**values).on_conflict_do_nothing(index_elements=unique)
    written = statement.returning(*(table.__table__.c[name] for name in unique))  # PostgreSQL counts no rows of these
    return connection.execute(written).first() is not None
