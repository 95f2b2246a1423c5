"""The web application on a real database and a real Redis."""

from collections.abc import Iterator

import pytest

from tests.web.caller import Caller, make_settings


@pytest.fixture
def caller(database_url: str, redis_url: str) -> Iterator[Caller]:
    made = Caller(make_settings(database_url, redis_url))
    yield made
    made.close()
