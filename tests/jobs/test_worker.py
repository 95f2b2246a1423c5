"""The real worker, on a real Redis: a ring makes turns, and what a killed process held is taken up again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from rq import Worker
from sqlalchemy import Engine

from bot.wake import connect
from tests.bot.desk import Desk
from tests.source import ROOT

LEASE_SECONDS = 1.0


def start_process(
    module: str, database_url: str, redis_url: str, log: Path, **settings: str
) -> "subprocess.Popen[bytes]":
    environ = {**os.environ, "DATABASE_URL": database_url, "REDIS_URL": redis_url, "SECRET_KEY": "0123456789abcdef"}
    environ |= {"LEASE_SECONDS": str(LEASE_SECONDS), "SWEEP_SECONDS": "0.5", "PYTHONPATH": str(ROOT), **settings}
    with log.open("ab") as out:
        return subprocess.Popen([sys.executable, "-m", module], cwd=ROOT, env=environ, stdout=out, stderr=out)


@pytest.fixture
def start(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Callable[..., "subprocess.Popen[bytes]"]]:
    started: list[subprocess.Popen[bytes]] = []

    def start_one(module: str, **settings: str) -> "subprocess.Popen[bytes]":
        started.append(start_process(module, database_url, redis_url, tmp_path / "log", **settings))
        return started[-1]

    yield start_one
    for process in started:
        process.terminate()
    for process in started:
        process.wait(30)


def await_that(condition: Callable[[], bool], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_served(redis_url: str, queue: str) -> bool:
    """Whether a worker listens to the queue and heeds signals, which it does a moment after it is registered."""
    with redis.Redis.from_url(redis_url) as client:
        workers = [worker for worker in Worker.all(connection=client) if worker.queue_names() == [queue]]
        return any(worker.get_state() in ("idle", "busy") for worker in workers)


def test_a_ring_makes_a_turn(start: Callable[..., "subprocess.Popen[bytes]"], engine: Engine, redis_url: str) -> None:
    desk, bell = Desk(engine), connect(redis_url)
    start("jobs.worker")
    await_that(lambda: is_served(redis_url, "turns"))
    desk.hear("hi")
    bell.ring("turns")
    await_that(lambda: desk.inbox()[0].status == "done")
    bell.redis.close()


@pytest.mark.parametrize("point", ["turn.after_claim", "turn.before_commit", "turn.after_commit"])
def test_a_killed_turn_is_taken_once(
    start: Callable[..., "subprocess.Popen[bytes]"], engine: Engine, tmp_path: Path, point: str
) -> None:
    """The worker dies once; the lease ends, the sweeper rings, another process takes the turn."""
    desk, marker = Desk(engine), tmp_path / "marker"
    desk.hear("hi")
    start("jobs.worker", FAILPOINT=f"{point}@{marker}")
    start("jobs.clock")
    await_that(lambda: marker.exists() and desk.inbox()[0].status == "done")
    assert [row.key for row in desk.outbox()] == ["1:1:0"]
    assert desk.conversation(1).turn == 1


def test_the_worker_finishes_on_sigterm(start: Callable[..., "subprocess.Popen[bytes]"], redis_url: str) -> None:
    worker = start("jobs.worker")
    await_that(lambda: is_served(redis_url, "turns"))
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0
    assert not is_served(redis_url, "turns")


def test_the_worker_hides_its_environment() -> None:
    """From other processes of its user, before it does anything else."""
    asking = (
        "import ctypes; from jobs.worker import main\ntry: main()\nexcept SystemExit: print(ctypes.CDLL(None).prctl(3))"
    )
    environ = {**os.environ, "DATABASE_URL": "nonsense", "PYTHONPATH": str(ROOT)}
    told = subprocess.run([sys.executable, "-c", asking], env=environ, capture_output=True, text=True, check=True)
    assert told.stdout == "0\n"
