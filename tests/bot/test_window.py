"""The window closes a little before the channel closes it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.window import is_open

HEARD = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = 24 * 3600


@pytest.mark.parametrize(
    ("after", "open_"),
    [
        (timedelta(0), True),
        (timedelta(hours=23, minutes=57, seconds=59), True),
        (timedelta(hours=23, minutes=58), False),
        (timedelta(days=5), False),
    ],
)
def test_the_last_two_minutes_are_not_used(after: timedelta, open_: bool) -> None:
    assert is_open(HEARD, HEARD + after, DAY) is open_


def test_who_never_wrote_has_no_window() -> None:
    assert not is_open(None, HEARD, DAY)


def test_a_channel_without_a_window_is_always_open() -> None:
    assert is_open(None, HEARD, 0)
