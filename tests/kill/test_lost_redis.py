"""Without Redis messages are taken in and work waits; when it comes back, even empty, nothing is lost."""

import shutil
import time

import httpx
import pytest

from tests.kill.grammar import correction, hello
from tests.kill.stack import Stack
from tests.kill.watching import Watch, new_phone, watch
from tools.servers.process import ServerProcess

AWAY_SECONDS = {"postgresql": 60.0, "sqlite": 8.0}  # either is longer than all that times out, waits or leases
PAUSE_SECONDS = 0.2  # between two looks at /readyz
PROMPT_SECONDS = 5.0  # a third of what Twilio waits


@pytest.mark.timeout(240)
@pytest.mark.parametrize("database", ["postgresql", "sqlite"])
def test_nothing_is_lost_while_redis_is_away(request: pytest.FixtureRequest, database: str) -> None:
    stack: Stack = request.getfixturevalue("stack" if database == "postgresql" else "sqlite_stack")
    view = watch(stack)
    server = view.stack.redis.process
    assert server is not None
    people = [new_phone() for _ in range(4)]
    for phone in people:
        view.write(phone, hello(300))
    view.await_answers()
    server.kill()
    try:
        write_while_away(view, people, AWAY_SECONDS[database])
    finally:
        empty(server)
        server.start()
    view.await_answers(60)
    view.await_rest(60)
    assert not view.judge().violations
    view.stack.await_true(lambda: read_readiness(view.stack) == (200, "ok"), "ready again")


def write_while_away(view: Watch, people: list[str], seconds: float) -> None:
    """Messages keep coming; each is acknowledged soon, and every look at /readyz says 200, degraded."""
    end = time.monotonic() + seconds
    number = 301
    while time.monotonic() < end:
        assert read_readiness(view.stack) == (200, "degraded")
        if number < 306:
            for phone in people:
                view.write(phone, correction(number), wait=True)
            number += 1
        time.sleep(PAUSE_SECONDS)  # the pause of a poll with a deadline
    attempts = [line for line in view.stack.read_ledger()[view.since :] if line["kind"] == "webhook_attempted"]
    assert len(attempts) == len(people) * 6
    assert all(line["http_status"] == 200 for line in attempts)
    assert max(line["seconds"] for line in attempts) < PROMPT_SECONDS


def empty(server: ServerProcess) -> None:
    """Removes what Redis had written down."""
    assert server.folder is not None
    written = list(server.folder.glob("appendonly*"))
    assert written, "there is nothing to lose"
    for path in written:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def read_readiness(stack: Stack) -> tuple[int, str]:
    answer = httpx.get(f"{stack.web_url}/readyz", trust_env=False, timeout=20)
    return answer.status_code, answer.json()["status"]
