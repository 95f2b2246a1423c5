"""Migrated, empty databases for tests: PostgreSQL copied from one template, SQLite copied from one file."""

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from tools.servers import PostgresServer, copy_database, drop_database, start_postgres

KEPT_TABLES = ("alembic_version",)
FIND_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL(%s)"
END_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@dataclass
class Postgres:
    """One worker's databases on one server; names carry `label`, so that runs may share a server."""

    server: PostgresServer
    label: str
    _made: list[str] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def clean_database(self) -> str:
        """URL of this worker's migrated database, emptied of what the last test left, its connections included."""
        name = f"{self.label}_worker"
        if name not in self._made:
            copy_database(self.server, name, self._template())
            self._made.append(name)
        url = self.server.database_url(name)
        _empty_tables(url)
        return url

    @contextmanager
    def empty_database(self) -> Iterator[str]:
        """URL of a new database without tables, dropped afterwards."""
        name = f"{self.label}_empty_{next(self._numbers)}"
        yield copy_database(self.server, name)
        drop_database(self.server, name)

    @contextmanager
    def fresh_copy(self) -> Iterator[str]:
        """URL of a further migrated, empty database, dropped afterwards."""
        name = f"{self.label}_copy_{next(self._numbers)}"
        yield copy_database(self.server, name, self._template())
        drop_database(self.server, name)

    def drop_all(self) -> None:
        for name in self._made:
            drop_database(self.server, name)

    def _template(self) -> str:
        name = f"{self.label}_template"
        if name not in self._made:
            migrate(copy_database(self.server, name))
            self._made.append(name)
        return name


@contextmanager
def open_postgres(worker: str) -> Iterator[Postgres]:
    """The PostgreSQL of `DATABASE_URL` or a private one, with databases named after this process and `worker`."""
    with start_postgres() as server:
        opened = Postgres(server, f"heliograph_test_{os.getpid()}_{worker}")
        try:
            yield opened
        finally:
            if server.process is None:
                opened.drop_all()


def migrate_sqlite_file(path: Path) -> Path:
    """Creates the SQLite file `path` with every table; afterwards it is one file without a write-ahead log."""
    import sqlite3

    migrate(f"sqlite:///{path}")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


def migrate(url: str) -> None:
    from db.migrate import upgrade

    upgrade(url)


def _empty_tables(url: str) -> None:
    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://", 1), autocommit=True) as connection:
        connection.execute(END_OTHERS)
        tables = [row[0] for row in connection.execute(FIND_TABLES, [list(KEPT_TABLES)])]
        if used := [name for name in tables if _has_rows(connection, name)]:
            names = sql.SQL(", ").join(sql.Identifier(name) for name in used)
            connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(names))


def _has_rows(connection: "psycopg.Connection[tuple[object, ...]]", table: str) -> bool:
    row = connection.execute(sql.SQL("SELECT EXISTS (SELECT 1 FROM {})").format(sql.Identifier(table))).fetchone()
    return bool(row and row[0])
