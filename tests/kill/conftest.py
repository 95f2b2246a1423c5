"""The stacks of crash tests: everything runs, nothing is armed and no fault is switched on."""

from collections.abc import Iterator

import pytest

from tests.databases import Postgres
from tests.kill.rack import Kind, Rack
from tests.kill.stack import PROCESSES, Stack

VENDORS_ON = (("VENDOR_POLL_SECONDS", "900"),)  # a lost webhook stays lost


def lend(rack: Rack, kind: Kind) -> Iterator[Stack]:
    """The stack with all processes in their plain mode; mended afterwards."""
    made = rack.open(kind)
    for name in PROCESSES:
        made.run_as(name)
    made.forget_pace()
    yield made
    made.reset()


@pytest.fixture
def stack(rack: Rack) -> Iterator[Stack]:
    """The product on PostgreSQL without vendors of projects."""
    yield from lend(rack, Kind("postgresql"))


@pytest.fixture
def sqlite_stack(rack: Rack) -> Iterator[Stack]:
    yield from lend(rack, Kind("sqlite"))


@pytest.fixture
def vendor_stack(rack: Rack) -> Iterator[Stack]:
    """The product on PostgreSQL with OpenSolar and Aurora."""
    yield from lend(rack, Kind("postgresql", VENDORS_ON))


@pytest.fixture
def sqlite_vendor_stack(rack: Rack) -> Iterator[Stack]:
    yield from lend(rack, Kind("sqlite", VENDORS_ON))


@pytest.fixture
def fresh_database(postgres: Postgres) -> Iterator[str]:
    """A PostgreSQL database of the test's own."""
    with postgres.fresh_copy() as url:
        yield url
