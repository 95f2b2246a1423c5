"""Whoever inserts a row that may be there already hears whether it was."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, func, select

from db.engine import make_engine
from db.once import insert_once
from db.outbox import OutboxRow, insert_effect
from db.schedule import ScheduledWork
from db.types import now


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = make_engine(database_url)
    yield made
    made.dispose()


def test_the_first_of_two_effects_with_one_key_is_inserted(engine: Engine) -> None:
    with engine.begin() as connection:
        heard = [insert_effect(connection, key=key, kind="remind", payload={}) for key in ("a", "a", "b")]
        assert heard == [True, False, True]
        assert connection.execute(select(func.count()).select_from(OutboxRow)).scalar_one() == 2


def test_a_row_whose_key_is_no_number_is_inserted_once(engine: Engine) -> None:
    with engine.begin() as connection:
        work = {"name": "stretch", "due_at": now()}
        assert [insert_once(connection, ScheduledWork, work, "name") for _ in range(2)] == [True, False]
