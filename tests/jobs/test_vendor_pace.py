"""The vendors' limits are kept by all workers together, and by each alone while Redis is away."""

import threading
from collections.abc import Iterator

import pytest
import redis

from jobs.vendor_pace import LIMITS, SharedPace
from tests.jobs.vendor_stage import VendorStage
from tools.sandbox.options import Options
from tools.sandbox.runner import run_sandbox

FEW = {"opensolar": {"project_writes": ((3, 60.0), (5, 86_400.0)), "images": ((2, 0.2),)}, "aurora": {"": ((2, 60.0),)}}


@pytest.fixture
def connection(redis_url: str) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(redis_url) as opened:
        yield opened


def test_two_workers_share_a_limit(connection: redis.Redis) -> None:
    workers = [SharedPace(connection, 2, FEW), SharedPace(connection, 2, FEW)]
    waits = [workers[turn % 2].take("opensolar", "project_writes") for turn in range(6)]
    assert waits[:3] == [0.0, 0.0, 0.0]
    assert all(55 < wait <= 60.5 for wait in waits[3:])


def test_many_at_once_take_no_place_twice(connection: redis.Redis) -> None:
    pace = SharedPace(connection, 2, {"opensolar": {"files": ((20, 60.0),)}})
    got: list[float] = []
    threads = [threading.Thread(target=lambda: got.extend(take_all(pace))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got.count(0.0) == 20
    assert len(got) == 50


def take_all(pace: SharedPace) -> list[float]:
    return [pace.take("opensolar", "files") for _ in range(10)]


def test_a_place_is_free_again_after_its_time(connection: redis.Redis) -> None:
    pace = SharedPace(connection, 1, FEW)
    assert [pace.take("opensolar", "images") for _ in range(2)] == [0.0, 0.0]
    wait = pace.take("opensolar", "images")
    assert 0 < wait <= 0.7
    done = threading.Event()
    done.wait(wait)
    assert pace.take("opensolar", "images") == 0.0


def test_a_call_that_has_to_wait_takes_no_place_anywhere(connection: redis.Redis) -> None:
    """A day's limit must not be used up by waiting for the minute's."""
    pace = SharedPace(connection, 1, FEW)
    for _ in range(20):
        pace.take("opensolar", "project_writes")
    assert connection.zcard("pace:opensolar:project_writes:86400") == 3


def test_every_call_of_aurora_counts_against_one_limit(connection: redis.Redis) -> None:
    pace = SharedPace(connection, 1, FEW)
    assert [pace.take("aurora", "api"), pace.take("aurora", "")] == [0.0, 0.0]
    assert pace.take("aurora", "api") > 0
    assert pace.take("leap", "") == pace.take("opensolar", "contacts") == 0.0


def test_what_a_vendor_told_one_worker_all_heed(connection: redis.Redis) -> None:
    first, second = SharedPace(connection, 2, FEW), SharedPace(connection, 2, FEW)
    first.hold_back("opensolar", "images", 20.0)
    first.hold_back("leap", "", 30.0)
    first.hold_back("aurora", "api", 0.0)
    assert 19 < second.take("opensolar", "images") <= 20
    assert 29 < second.take("leap", "") <= 30
    assert second.take("opensolar", "project_writes") == second.take("aurora", "other") == 0.0
    assert connection.zcard("pace:opensolar:images:0.2") == 0, "who has to wait takes no place"


def test_without_redis_each_worker_takes_its_part() -> None:
    at = [100.0]
    pace = SharedPace(redis.Redis(port=9), 2, {"opensolar": {"project_writes": ((10, 60.0),)}}, lambda: at[0])
    waits = [pace.take("opensolar", "project_writes") for _ in range(7)]
    assert waits[:5] == [0.0] * 5
    assert waits[5:] == [60.5, 60.5]
    at[0] += 60.6
    assert pace.take("opensolar", "project_writes") == 0.0


def test_the_documented_limits() -> None:
    assert LIMITS["opensolar"]["project_writes"] == ((10, 60.0), (10_000, 86_400.0))
    assert LIMITS["aurora"][""] == ((90, 60.0),)


def test_a_burst_of_confirmations_stays_below_the_vendors_throttle(sqlite_url: str, redis_url: str) -> None:
    """Two workers, an OpenSolar that allows ten writes a minute: none is refused, the others wait for their place."""
    with run_sandbox(Options(app_url="http://127.0.0.1:9", callbacks=())) as sandbox:
        stages = [VendorStage(sqlite_url, redis_url, sandbox) for _ in range(2)]
        projects = [stages[0].add_project(phone=f"+1415555{number:04}") for number in range(200, 208)]
        rows = [stages[0].add_sync(project) for project in projects]
        workers = [threading.Thread(target=each.run_effects, args=("vendors",)) for each in stages]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(timeout=30)
        calls = stages[0].calls()
        assert [call.http_status for call in calls if call.method != "GET"].count(429) == 0
        assert len([call for call in calls if call.method in ("POST", "PATCH")]) == 10
        waiting = [stages[0].row(row) for row in rows if stages[0].row(row).status == "ready"]
        assert waiting
        assert {row.error_code for row in waiting} == {"throttled"}
        assert stages[0].alerts() == []
        for stage in stages:
            stage.close()
