"""A child that dies is started again; children end with their supervisor, however it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SUPERVISE = """
import os, signal, sys, time
from pathlib import Path
from jobs.supervisor import Supervisor

def run(name):
    folder = Path(sys.argv[1])
    (folder / f"{name}-{os.getpid()}").touch()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    while True:
        signal.pause()

supervisor = Supervisor(["one", "two"], run)
signal.signal(signal.SIGTERM, lambda *_: supervisor.stopping.set())
supervisor.supervise()
"""


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", SUPERVISE, str(tmp_path)], start_new_session=True)
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def await_that(condition: Callable[[], bool], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def list_children(folder: Path, name: str = "") -> list[int]:
    pids = [int(path.name.partition("-")[2]) for path in folder.glob(f"{name}*-*")]
    return [pid for pid in pids if is_alive(pid)]


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def test_a_dead_child_is_started_again(supervisor: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    await_that(lambda: len(list_children(tmp_path)) == 2)
    [first] = list_children(tmp_path, "one")
    os.kill(first, signal.SIGKILL)
    await_that(lambda: list_children(tmp_path, "one") not in ([], [first]))
    assert len(list_children(tmp_path, "two")) == 1


def test_children_end_with_sigterm(supervisor: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    await_that(lambda: len(list_children(tmp_path)) == 2)
    supervisor.terminate()
    assert supervisor.wait(15) == 0
    assert list_children(tmp_path) == []


def test_children_end_when_the_supervisor_is_killed(supervisor: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    await_that(lambda: len(list_children(tmp_path)) == 2)
    supervisor.kill()
    await_that(lambda: list_children(tmp_path) == [])
