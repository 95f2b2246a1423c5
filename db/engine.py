"""The engine for a database URL, with the settings that keep a committed turn committed."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_MILLISECONDS = 5000  # below the 15 s after which Twilio gives a webhook up
ADVICE = "Set DATABASE_URL to the one that is meant, or make it with `python -m bot.release`."
TRUSTED_SECONDS = 1.0  # a connection that was in use so recently is still there
# A process that stands still in a transaction must not hold its locks against all others.
POSTGRES_OPTIONS = "-c idle_in_transaction_session_timeout=30s"


def make_engine(url: str, pool_size: int = 5, lock_seconds: float = 0) -> Engine:
    """An engine for PostgreSQL (`postgres://` and `postgresql://` mean psycopg) or SQLite (makes its folder).

    A statement that waits for a row longer than `lock_seconds` raises OperationalError; 0: it waits on. SQLite has one
    lock and waits BUSY_MILLISECONDS for it, whatever is asked here.
    """
    parsed = make_url(url)
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite":
        return _make_sqlite_engine(parsed.render_as_string(hide_password=False), parsed.database)
    seconds = BUSY_MILLISECONDS // 1000
    limits = f"{POSTGRES_OPTIONS} -c lock_timeout={round(lock_seconds * 1000)}ms"
    options = {"options": limits, "connect_timeout": seconds}
    engine = create_engine(
        parsed,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=seconds,
        connect_args=options,
        hide_parameters=True,  # what people wrote is in no error, and so in no log
    )
    _try_idle_connections(engine)
    return engine


def _try_idle_connections(engine: Engine) -> None:
    """Asks the server before a connection that lay idle is used, and replaces all of them when it is gone.

    Asking before every transaction, as `pool_pre_ping` does, costs a busy process more than some of its statements.
    """

    def note_use(_: Any, record: ConnectionPoolEntry) -> None:
        record.info["used_at"] = monotonic()

    def try_out(connection: Any, record: ConnectionPoolEntry, _: Any) -> None:
        if monotonic() - record.info.get("used_at", monotonic()) < TRUSTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    event.listen(engine, "checkin", note_use)
    event.listen(engine, "checkout", try_out)


def _make_sqlite_engine(url: str, path: str | None) -> Engine:
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_MILLISECONDS / 1000}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_immediate, not by the driver
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MILLISECONDS}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def dispose_after(url: str) -> Iterator[Engine]:
    """An engine for a command-line tool, closed at the end; a database without our tables ends the tool with a
    sentence."""
    path = make_url(url).database or ""
    if make_url(url).get_backend_name() == "sqlite" and not Path(path).exists():
        raise SystemExit(f"There is no database {path}. {ADVICE}")
    engine = make_engine(url, pool_size=1)
    try:
        if not inspect(engine).has_table("conversations"):
            raise SystemExit(f"The database has no tables yet. {ADVICE}")
        yield engine
    finally:
        engine.dispose()
