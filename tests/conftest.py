"""What every test may ask for: a real Redis, a real PostgreSQL, SQLite, and no way out to the internet.

`database_url` and `engine` run the test once on SQLite and once on PostgreSQL; `sqlite_url` and `postgres_url`
are one of the two alone. Each is migrated and empty. `redis_url` is an empty Redis. `empty_database` is a fresh
database without tables, also once for each kind.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
import redis
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine

from tests.databases import Postgres, migrate_sqlite_file, open_postgres
from tests.network import refuse_strangers
from tools.chromium import find_chromium
from tools.servers import RedisServer, start_redis

if TYPE_CHECKING:
    from tests.kill.rack import Rack

sys.addaudithook(refuse_strangers)
hypothesis.settings.register_profile("house", deadline=None, derandomize=True, database=None, print_blob=True)
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session")
def redis_server(worker_id: str) -> Iterator[str]:
    """URL of this worker's own numbered database on a real Redis."""
    with start_redis() as server:
        number = int(worker_id.removeprefix("gw")) + 1 if worker_id.startswith("gw") else 0
        url = server.database_url(number)
        _require_emptiness(server, url)
        yield url


def _require_emptiness(server: RedisServer, url: str) -> None:
    with redis.Redis.from_url(url) as client:
        if server.process is None and client.dbsize():
            pytest.exit(
                "REDIS_URL holds keys in a database that the tests would empty: give them a Redis of their own."
            )


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """URL of an empty real Redis."""
    with redis.Redis.from_url(redis_server) as client:
        client.flushdb()
    return redis_server


@pytest.fixture(scope="session")
def postgres(worker_id: str) -> Iterator[Postgres]:
    """A real PostgreSQL with a migrated template, for fixtures; tests ask for `postgres_url`."""
    with open_postgres(worker_id) as opened:
        yield opened


@pytest.fixture
def postgres_url(postgres: Postgres) -> str:
    """URL of a migrated, empty PostgreSQL database."""
    return postgres.clean_database()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    return migrate_sqlite_file(tmp_path_factory.mktemp("sqlite") / "template.db")


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """URL of a migrated, empty SQLite file."""
    copy = tmp_path / "heliograph.db"
    copy.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{copy}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """URL of a migrated, empty database: the test runs on SQLite and on PostgreSQL."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a database without any table: the test runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with request.getfixturevalue("postgres").empty_database() as url:
        yield url


@pytest.fixture(scope="session")
def rack(postgres: Postgres, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Rack]":
    """Running stacks of the whole product, one at a time."""
    from tests.kill.rack import Rack

    opened = Rack(postgres, sqlite_template, tmp_path_factory.mktemp)
    yield opened
    opened.close()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on `database_url`, as the application makes it."""
    from db.engine import make_engine

    made = make_engine(database_url)
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; fails with a clear sentence where there is none."""
    sandboxed = os.geteuid() != 0  # Chromium's own sandbox refuses root
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=find_chromium(), chromium_sandbox=sandboxed)
        yield opened
        opened.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """No test is skipped or expected to fail: it is mended or removed."""
    unwanted = [item.nodeid for item in items for mark in ("skip", "skipif", "xfail") if item.get_closest_marker(mark)]
    if unwanted:
        raise pytest.UsageError(f"skipped or xfailed tests: {', '.join(unwanted)}")
