"""Which day it is where the panels go."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.local_time import find_offset

SUMMER, WINTER = datetime(2026, 7, 1, 12, tzinfo=UTC), datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("facts", "at", "hours"),
    [
        ({"country": "ES"}, SUMMER, 2),
        ({"country": "ES", "longitude": -3.7, "latitude": 40.4}, WINTER, 1),
        ({"country": "US", "state": "CA"}, SUMMER, -7),
        ({"country": "US", "state": "NY"}, WINTER, -5),
        ({"country": "US", "longitude": -97.0, "latitude": 31.0}, WINTER, -6),
        ({"country": "ZA"}, WINTER, 2),
        ({"country": "ZW", "longitude": 31.0, "latitude": -17.8}, SUMMER, 2),
        ({"country": ""}, WINTER, -5),
    ],
)
def test_the_clock_of_the_home(facts: dict[str, Any], at: datetime, hours: int) -> None:
    project = SimpleNamespace(**{"state": "", "latitude": None, "longitude": None, **facts})
    assert find_offset(project, at) == timedelta(hours=hours)
