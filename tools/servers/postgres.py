"""A real PostgreSQL on a unix socket in a private folder, for root and everybody else."""

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from tools.servers.account import Account, find_account
from tools.servers.lookup import find_postgres
from tools.servers.process import ServerFailed, ServerProcess, own_folder

OWNER = "heliograph"
SMALL = ("listen_addresses=", "max_connections=200", "shared_buffers=64MB", "log_min_messages=warning")
# What a power cut could lose does not matter to tests that kill no server.
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


@dataclass(frozen=True)
class PostgresServer:
    """`url` names the maintenance database; `process` is None for a server that somebody else runs."""

    url: str
    process: ServerProcess | None = None

    def database_url(self, name: str) -> str:
        """SQLAlchemy URL of database `name` on this server."""
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)


@contextmanager
def start_postgres(
    *, private: bool = False, durable: bool = False, folder: Path | None = None
) -> Iterator[PostgresServer]:
    """The PostgreSQL of `DATABASE_URL` unless `private`, else one of our own.

    `durable` keeps fsync on, for tests that kill processes. `folder` is removed at the end; by default a new one.
    """
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres") and not private:
        yield PostgresServer(_name_driver(given))
        return
    with ExitStack() as stack:
        folder = stack.enter_context(own_folder(folder))
        process = _prepare_process(folder, durable)
        stack.callback(process.close)
        process.start()
        yield PostgresServer(f"postgresql+psycopg://{OWNER}@/postgres?host={folder}", process)


def copy_database(server: PostgresServer, name: str, template: str | None = None) -> str:
    """Creates database `name`, empty or a copy of `template` (nobody may be connected to it); returns its URL."""
    source = sql.SQL("TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
    with psycopg.connect(_plain_url(server.url), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {} {}").format(sql.Identifier(name), source))
    return server.database_url(name)


def drop_database(server: PostgresServer, name: str) -> None:
    """Drops database `name` and whoever is connected to it."""
    with psycopg.connect(_plain_url(server.url), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _prepare_process(folder: Path, durable: bool) -> ServerProcess:
    programs = find_postgres()
    account = find_account(programs / "postgres", folder)
    data = folder / "data"
    _make_cluster(programs / "initdb", data, account)
    settings = [*SMALL, *(() if durable else FORGETFUL), f"unix_socket_directories={folder}"]
    command = [*account.prefix, str(programs / "postgres"), "-D", str(data)]
    for setting in settings:
        command += ["-c", setting]
    return ServerProcess(
        command,
        folder / "server.log",
        lambda: _answers(folder),
        folder,
        stop_signal=signal.SIGINT,
        uid=account.uid,
        gid=account.gid,
    )


def _make_cluster(initdb: Path, data: Path, account: Account) -> None:
    command = [*account.prefix, str(initdb), "-D", str(data), "-U", OWNER, "-A", "trust", "-E", "UTF8"]
    command += ["--locale=C", "--no-sync", "--no-instructions"]
    result = account.run(command)
    if result.returncode:
        raise ServerFailed(f"initdb failed:\n{result.stdout}{result.stderr}")


def _answers(folder: Path) -> bool:
    try:
        psycopg.connect(host=str(folder), user=OWNER, dbname="postgres", connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _name_driver(url: str) -> str:
    return "postgresql+psycopg://" + url.partition("://")[2]


def _plain_url(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)
