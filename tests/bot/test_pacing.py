"""Nobody is flooded, and a sender keeps its rate with and without Redis."""

import time
from datetime import UTC, datetime, timedelta

import pytest
import redis

from bot.pacing import CATCH_UP, CONTACT_TOKENS, SenderPace, spend_token

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_a_full_bucket_gives_thirty_at_once_then_one_every_six_seconds() -> None:
    tokens, at = CONTACT_TOKENS, None
    for _ in range(30):
        tokens, wait = spend_token(tokens, at, NOON)
        at = NOON
        assert not wait
    tokens, wait = spend_token(tokens, at, NOON)
    assert wait == pytest.approx(6)
    _, wait = spend_token(tokens, at, NOON + timedelta(seconds=4))
    assert wait == pytest.approx(2)
    assert spend_token(tokens, at, NOON + timedelta(seconds=6)) == (pytest.approx(0), 0.0)


def test_a_bucket_never_holds_more_than_thirty() -> None:
    assert spend_token(30, NOON, NOON + timedelta(days=1)) == (29, 0.0)


def test_a_clock_that_went_back_gives_nothing() -> None:
    tokens, wait = spend_token(0.5, NOON, NOON - timedelta(hours=1))
    assert (tokens, wait) == (0.5, 3.0)


def take_all(pace: SenderPace, seconds: float) -> int:
    end, taken = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        wait = pace.take_place()
        taken += not wait
        time.sleep(min(wait, 0.002))
    return taken


def test_two_machines_share_the_rate(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as connection:
        one, other = (SenderPace(connection, "whatsapp:+14155550100", per_second=50) for _ in range(2))
        start = time.monotonic()
        taken = sum(take_all(pace, 0.25) for pace in (one, other))
        assert taken <= (time.monotonic() - start) * 50 + CATCH_UP + 1


def test_senders_do_not_share_a_rate(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as connection:
        assert not SenderPace(connection, "a", per_second=0.5).take_place()
        assert not SenderPace(connection, "b", per_second=0.5).take_place()


def test_without_redis_each_process_keeps_the_rate() -> None:
    with redis.Redis.from_url("redis://127.0.0.1:1/0") as connection:
        start = time.monotonic()
        taken = take_all(SenderPace(connection, "a", per_second=50), 0.3)
        assert 10 <= taken <= (time.monotonic() - start) * 50 + CATCH_UP + 1
