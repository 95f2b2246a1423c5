"""The worker of the Procfile serves every queue, and no process of it serves two."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import redis
from rq import Worker

from bot.settings import Settings
from bot.wake import QUEUES
from jobs.worker import plan_processes
from tests.source import ROOT
from tools.servers.process import ServerProcess


@pytest.fixture
def worker(sqlite_url: str, redis_url: str, tmp_path: Path) -> Iterator[ServerProcess]:
    line = next(line for line in (ROOT / "Procfile").read_text().splitlines() if line.startswith("worker:"))
    arguments = line.split()[2:]
    environ = {**os.environ, "SECRET_KEY": "0123456789abcdef", "DATABASE_URL": sqlite_url, "REDIS_URL": redis_url}
    process = ServerProcess(
        [sys.executable, *arguments],
        tmp_path / "worker.log",
        lambda: len(list_served(redis_url)) >= len(plan_processes(Settings())),
        environ={**environ, "PYTHONPATH": str(ROOT)},
    )
    yield process
    process.close()


def list_served(redis_url: str) -> list[tuple[str, ...]]:
    """The queues of each process that is at work."""
    with redis.Redis.from_url(redis_url) as client:
        return [tuple(worker.queue_names()) for worker in Worker.all(connection=client)]


def test_every_queue_has_a_process_of_its_own(worker: ServerProcess, redis_url: str) -> None:
    worker.start()
    assert set(list_served(redis_url)) == {(queue,) for queue in QUEUES}
    serving = psutil.Process(worker.pid).children(recursive=True)
    assert len(serving) == len(plan_processes(Settings()))
    worker.stop()
    assert psutil.wait_procs(serving, timeout=10)[1] == [], "a queue's process outlived its supervisor"
