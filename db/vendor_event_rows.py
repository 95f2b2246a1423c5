"""Webhooks of vendors on their way from received to processed, many rows to a statement."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, literal_column, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from db.types import now
from db.vendor_events import VendorEventRow

BATCH = 500
_RECEIVED: Any = literal_column("'received'")  # not a parameter, so that the partial index serves
_PROCESSING: Any = literal_column("'processing'")


def insert_event(connection: Connection, **values: Any) -> bool:
    """One statement; False, and nothing written, if there is a row with the same `key` (None is never the same)."""
    return connection.execute(_insert(connection.dialect.name), values).first() is not None


@cache
def _insert(dialect: str) -> Any:
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return make(VendorEventRow).on_conflict_do_nothing(index_elements=["key"]).returning(VendorEventRow.id)
