"""The API on a real database and a real Redis, with keys and a project; no worker takes its effects."""

from collections.abc import Iterator

import pytest

from tests.api.holder import Holder
from tests.web.caller import make_settings


@pytest.fixture
def holder(database_url: str, redis_url: str) -> Iterator[Holder]:
    settings = make_settings(database_url, redis_url, aurora_api_key="sk_sand_test", aurora_tenant_id="t1")
    made = Holder(settings)
    yield made
    made.close()


@pytest.fixture
def slow_holder(database_url: str, redis_url: str) -> Iterator[Holder]:
    """Nobody may wait here: every answer is a 202."""
    made = Holder(make_settings(database_url, redis_url, api_waiting_places=0))
    yield made
    made.close()


@pytest.fixture
def off_holder(database_url: str, redis_url: str) -> Iterator[Holder]:
    """Every vendor is off."""
    made = Holder(make_settings(database_url, redis_url))
    yield made
    made.close()


@pytest.fixture
def nameless_holder(database_url: str, redis_url: str) -> Iterator[Holder]:
    """A key of somebody without a company."""
    made = Holder(make_settings(database_url, redis_url), company="")
    yield made
    made.close()
