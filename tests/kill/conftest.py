"""One running stack at a time for each test process, kept from test to test while the same database is asked for."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.databases import Postgres
from tests.kill.stack import PROCESSES, Stack, run_stack

OpenStack = Callable[[str], Stack]


@pytest.fixture(scope="session")
def open_stack(
    postgres: Postgres, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenStack]:
    """Call it with "postgresql" or "sqlite"."""
    running: dict[str, Stack] = {}
    with ExitStack() as stacks:

        def open_it(database: str) -> Stack:
            if database not in running:
                stacks.close()
                running.clear()
                url = _make_database(stacks, database, postgres, sqlite_template, tmp_path_factory.mktemp("stack"))
                folder = tmp_path_factory.mktemp("run")
                running[database] = stacks.enter_context(run_stack(folder, url))
            return running[database]

        yield open_it


def _make_database(stacks: ExitStack, database: str, postgres: Postgres, template: Path, folder: Path) -> str:
    if database == "postgresql":
        return stacks.enter_context(postgres.fresh_copy())
    copy = folder / "heliograph.db"
    copy.write_bytes(template.read_bytes())
    return f"sqlite:///{copy}"


@pytest.fixture
def stack(open_stack: OpenStack) -> Iterator[Stack]:
    """The product on PostgreSQL, all of it running, nothing armed and no fault switched on."""
    made = open_stack("postgresql")
    for name in PROCESSES:
        made.run_as(name)
    yield made
    made.reset()


@pytest.fixture
def sqlite_stack(open_stack: OpenStack) -> Iterator[Stack]:
    made = open_stack("sqlite")
    yield made
    made.reset()


@pytest.fixture
def fresh_database(postgres: Postgres) -> Iterator[str]:
    """A PostgreSQL database of the test's own."""
    with postgres.fresh_copy() as url:
        yield url
