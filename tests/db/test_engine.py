"""An engine survives a server that restarted while its connections lay idle, and does not ask before each use."""

from typing import Any

import pytest
from sqlalchemy import Engine, event, text

import db.engine
from db.engine import make_engine

END_OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"


@pytest.fixture
def pinged(postgres_url: str) -> Any:
    """An engine on PostgreSQL with one connection in its pool, and the times it asked whether that is alive."""
    made = make_engine(postgres_url)
    asked: list[Any] = []
    ask = made.dialect.do_ping
    made.dialect.do_ping = lambda connection: asked.append(connection) or ask(connection)
    read_one(made)
    yield made, asked
    made.dispose()


def read_one(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(text("SELECT pg_backend_pid()")) or 0


def let_lie(engine: Engine, seconds: float) -> None:
    """The pooled connection was last used so many seconds ago."""

    def age(_: Any, record: Any, __: Any) -> None:
        record.info["used_at"] -= seconds

    event.listen(engine, "checkout", age, insert=True, once=True)


def test_a_connection_in_use_is_not_tried_out(pinged: Any) -> None:
    engine, asked = pinged
    for _ in range(5):
        read_one(engine)
    assert not asked


def test_an_idle_connection_is_tried_out_and_kept(pinged: Any) -> None:
    engine, asked = pinged
    before = read_one(engine)
    let_lie(engine, db.engine.TRUSTED_SECONDS + 1)
    assert read_one(engine) == before
    assert len(asked) == 1


def test_a_connection_that_ended_while_idle_is_replaced(pinged: Any, postgres_url: str) -> None:
    engine, _ = pinged
    before = read_one(engine)
    end_connections(postgres_url)
    let_lie(engine, db.engine.TRUSTED_SECONDS + 1)
    assert read_one(engine) != before


def end_connections(url: str) -> None:
    ending = make_engine(url)
    with ending.connect() as connection:
        mine = connection.scalar(text("SELECT pg_backend_pid()"))
        connection.exec_driver_sql(END_OTHERS, (mine,))
    ending.dispose()
