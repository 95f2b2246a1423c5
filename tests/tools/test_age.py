"""Everything that is stored looks older, inside JSON too."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import Engine, select, text

from db.engine import dispose_after
from db.outbox import OutboxRow
from db.tables import metadata
from db.types import UtcTime, now
from tests.bot.desk import Desk
from tools.age import shift, shift_value

FIVE_DAYS = timedelta(days=5)


def test_every_time_moves(engine: Engine, database_url: str) -> None:
    desk = Desk(engine)
    desk.confirm_project()
    before = read_times(engine)
    assert len(before) > 50
    assert shift(database_url, FIVE_DAYS.total_seconds()) > 0
    assert read_times(engine) == {key: at - FIVE_DAYS for key, at in before.items()}


def read_times(engine: Engine) -> dict[tuple[str, object, str], object]:
    with engine.connect() as connection:
        return {
            (table.name, row._mapping[next(iter(table.primary_key))], column.name): row._mapping[column]
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
            for column in table.columns
            if isinstance(column.type, UtcTime) and row._mapping[column] is not None
        }


def test_times_within_the_state_move(engine: Engine, database_url: str) -> None:
    desk = Desk(engine)
    desk.talk("hi")
    before = desk.conversation(1).state["heard_at"]
    shift(database_url, 3600)
    assert desk.conversation(1).state["heard_at"] == shift_value(before, timedelta(hours=1))


def test_five_days_later_the_bot_recalls(engine: Engine, database_url: str) -> None:
    desk = Desk(engine)
    desk.talk("hi", "My name is Alice Example", "123 Main Street, Austin TX 78701")
    shift(database_url, FIVE_DAYS.total_seconds())
    desk.talk("hello again")
    assert "resume" in desk.outbox()[-1].payload["keys"]
    with engine.connect() as connection:
        due = select(OutboxRow.id).where(OutboxRow.kind == "remind", OutboxRow.due_at < now())
        assert connection.execute(due).first()


def test_a_transaction_in_between_goes_first(postgres_url: str) -> None:
    """One that holds the last table and then wants the first is not made to wait for us, who wait for it."""
    names = [table.name for table in metadata.sorted_tables]
    with dispose_after(postgres_url) as engine, ThreadPoolExecutor(1) as pool:
        with engine.begin() as connection:
            connection.execute(text(f"LOCK TABLE {names[-1]} IN ROW EXCLUSIVE MODE"))
            aging = pool.submit(shift, postgres_url, 3600)
            await_lock_wait(engine)
            connection.execute(text(f"LOCK TABLE {names[0]} IN ROW EXCLUSIVE MODE"))
        assert aging.result(timeout=30) >= 0


def await_lock_wait(engine: Engine) -> None:
    waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    end = time.monotonic() + 10
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.execute(waits).scalar_one():
            assert time.monotonic() < end, "nobody waits for a lock"


def test_only_whole_times_move() -> None:
    hour = timedelta(hours=1)
    assert shift_value({"at": "2026-11-21T10:00:00+00:00"}, hour) == {"at": "2026-11-21T09:00:00+00:00"}
    assert shift_value(["2026-11-21T10:00:00Z"], hour) == ["2026-11-21T09:00:00+00:00"]
    for other in ("2026-11-21", "at 2026-11-21T10:00:00+00:00", 7, None, True):
        assert shift_value(other, hour) == other


def test_days_of_a_projects_own_life_move() -> None:
    told = {"days": ["2026-12-01", "2026-12-08"], "date": "2026-12-08", "ended_on": "2025-12-31", "date_told": "x"}
    moved = shift_value(told, timedelta(days=5, hours=3))
    assert moved == {**told, "days": ["2026-11-26", "2026-12-03"], "date": "2026-12-03"}
    slot = {"installation_day": {"value": "2026-12-08", "raw": "2026-12-08"}}
    assert shift_value(slot, timedelta(days=5))["installation_day"]["value"] == "2026-12-03"
    assert shift_value({"date": "not 2026-12-08"}, timedelta(days=1)) == {"date": "not 2026-12-08"}
