"""Regular work is done when due, once however many clocks there are."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.settings import Settings
from db.schedule import ScheduledWork
from db.types import now
from jobs.clock import plan_schedule, tick
from jobs.context import Context, open_context
from jobs.schedule import SCHEDULE, Work


@pytest.fixture
def context(database_url: str, redis_url: str) -> Iterator[Context]:
    made = open_context(Settings(database_url=database_url, redis_url=redis_url))
    yield made
    made.close()


def plan(context: Context, run: Any, seconds: float = 60.0) -> list[Work]:
    schedule = [Work("stretch", lambda _: seconds, run)]
    plan_schedule(context, schedule)
    return schedule


def read_row(context: Context) -> Any:
    with context.engine.connect() as connection:
        return connection.execute(select(ScheduledWork.__table__)).one()


def test_two_clocks_do_the_work_once(context: Context) -> None:
    runs: list[Context] = []
    schedule = plan(context, runs.append)
    assert [tick(context, schedule), tick(context, schedule)] == [["stretch"], []]
    assert runs == [context]


def test_the_work_comes_round_again(context: Context) -> None:
    runs: list[Context] = []
    schedule = plan(context, runs.append)
    tick(context, schedule)
    with context.engine.begin() as connection:
        connection.execute(update(ScheduledWork).values(due_at=now(-1)))
    tick(context, schedule)
    assert len(runs) == 2


def test_a_shorter_pause_holds_at_once(context: Context) -> None:
    runs: list[Context] = []
    tick(context, plan(context, runs.append, 3600))
    tick(context, plan(context, runs.append, 60))
    assert len(runs) == 2


def test_a_failure_is_kept_until_the_next_success(context: Context) -> None:
    def fail(_: Context) -> None:
        raise ZeroDivisionError("no such number")

    tick(context, plan(context, fail))
    assert "no such number" in read_row(context).last_error
    with context.engine.begin() as connection:
        connection.execute(update(ScheduledWork).values(due_at=now(-1)))
    tick(context, plan(context, lambda _: None))
    assert read_row(context).last_error == ""


def test_the_real_schedule_runs(context: Context) -> None:
    plan_schedule(context)
    assert tick(context) == [work.name for work in SCHEDULE]
