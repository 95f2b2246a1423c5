"""The private servers are real, survive a crash as asked, and end with their owner."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

from tests.databases import Postgres
from tools.servers import copy_database, start_postgres, start_redis
from tools.servers.lookup import find_postgres, find_redis

OWNER = """
import os, signal
from tools.servers import start_postgres, start_redis
with start_redis(private=True) as r, start_postgres(private=True) as p:
    print(r.process.pid, r.process.folder, p.process.pid, p.process.folder, flush=True)
    {end}
"""


def run_owner(end: str, **environ: str) -> tuple[list[int], list[Path]]:
    """Runs a process that owns both servers and ends by `end`; returns the servers' ids and folders."""
    answer = subprocess.run(
        [sys.executable, "-c", OWNER.format(end=end)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **environ},
        check=False,
    )
    words = answer.stdout.split()
    assert len(words) == 4, answer.stderr
    return [int(words[0]), int(words[2])], [Path(words[1]), Path(words[3])]


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def await_end(pids: list[int], folders: list[Path]) -> None:
    deadline = time.monotonic() + 15
    while any(map(is_running, pids)) or any(folder.exists() for folder in folders):
        assert time.monotonic() < deadline, f"still there: {pids} {folders}"
        time.sleep(0.02)


@pytest.mark.parametrize("end", ["pass", "os.kill(os.getpid(), signal.SIGKILL)", "raise SystemExit(3)"])
def test_servers_end_with_their_owner(end: str) -> None:
    await_end(*run_owner(end))


def test_binaries_of_the_wheels_do(monkeypatch: pytest.MonkeyPatch) -> None:
    await_end(*run_owner("pass", HELIOGRAPH_SERVERS="wheels"))
    monkeypatch.setenv("HELIOGRAPH_SERVERS", "wheels")
    assert "site-packages" in str(find_redis())
    assert "site-packages" in str(find_postgres())


def test_redis_with_append_only_survives_a_kill() -> None:
    with start_redis(private=True, append_only=True) as server:
        assert server.process is not None
        with redis.Redis.from_url(server.url) as client:
            client.set("door", "bell")
            server.process.kill()
            with pytest.raises(redis.ConnectionError):
                client.get("door")
            server.process.start()
            assert client.get("door") == b"bell"


def test_durable_postgres_survives_a_kill() -> None:
    with start_postgres(private=True, durable=True) as server:
        assert server.process is not None
        url = copy_database(server, "crash").replace("+psycopg", "")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (n int)")
            connection.execute("INSERT INTO kept VALUES (7)")
            assert connection.execute("SHOW fsync").fetchone() == ("on",)
            os.kill(server.process.pid, signal.SIGKILL)
        server.process.kill()
        server.process.start()
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT n FROM kept").fetchone() == (7,)


def test_numbered_databases_are_apart() -> None:
    with start_redis(private=True) as server:
        assert re.search(r"^unix:///.*\?db=3$", server.database_url(3))
        with redis.Redis.from_url(server.database_url(3)) as three, redis.Redis.from_url(server.url) as zero:
            three.set("a", 1)
            assert zero.dbsize() == 0


def test_each_empty_database_is_new(postgres: Postgres) -> None:
    with postgres.empty_database() as first, postgres.empty_database() as second:
        assert first != second
        with psycopg.connect(second.replace("+psycopg", "")) as connection:
            rows = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        assert rows == (0,)


def test_the_command_prints_addresses_that_answer() -> None:
    command = [sys.executable, "-m", "tools.servers"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        lines = [running.stdout.readline().strip() for _ in range(2)]
        settings = dict(line.split("=", 1) for line in lines)
        with redis.Redis.from_url(settings["REDIS_URL"]) as client:
            assert client.ping()
        psycopg.connect(settings["DATABASE_URL"].replace("+psycopg", "")).close()
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 0
