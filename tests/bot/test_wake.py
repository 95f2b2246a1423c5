"""A burst of rings makes one job, and a Redis that fails costs a caller nothing."""

import time
from collections.abc import Iterator

import pytest
from rq import Queue

from bot.wake import EFFECT_QUEUES, QUEUES, Doorbell, connect


@pytest.fixture
def bell(redis_url: str) -> Iterator[Doorbell]:
    made = connect(redis_url)
    yield made
    made.redis.close()


def count_jobs(bell: Doorbell, queue: str) -> int:
    return Queue(queue, connection=bell.redis).count


def test_a_burst_makes_one_job(bell: Doorbell) -> None:
    assert all(bell.ring("turns") for _ in range(10))
    assert count_jobs(bell, "turns") == 1


def test_a_ring_after_the_drain_began_makes_another(bell: Doorbell) -> None:
    bell.ring("turns")
    bell.silence("turns")
    bell.ring("turns")
    assert count_jobs(bell, "turns") == 2


def test_queues_do_not_share_a_bell(bell: Doorbell) -> None:
    for queue in QUEUES:
        bell.ring(queue)
    assert [count_jobs(bell, queue) for queue in QUEUES] == [1] * len(QUEUES)


def test_a_lost_redis_is_asked_once_in_a_while() -> None:
    bell = connect("redis://127.0.0.1:1/0")
    started = time.monotonic()
    assert [bell.ring("turns") for _ in range(200)] == [False] * 200
    assert time.monotonic() - started < 2


def test_every_effect_has_a_queue() -> None:
    assert set(EFFECT_QUEUES.values()) <= set(QUEUES)
