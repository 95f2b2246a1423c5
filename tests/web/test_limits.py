"""A source has a bucket of its own, filled as time goes by."""

from bot.web import limits
from bot.web.limits import RateLimit


def test_a_bucket_empties_and_fills() -> None:
    at = [0.0]
    limit = RateLimit(per_second=2, burst=3, clock=lambda: at[0])
    assert [limit.allows("a") for _ in range(4)] == [True, True, True, False]
    assert limit.allows("b")
    at[0] = 1.0
    assert [limit.allows("a") for _ in range(3)] == [True, True, False]


def test_sources_are_forgotten_in_the_end() -> None:
    limit = RateLimit(per_second=1, burst=1)
    for number in range(limits.SOURCES + 5):
        limit.allows(str(number))
    assert len(limit._buckets) == limits.SOURCES
