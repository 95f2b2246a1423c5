"""The stage that tests of effects play on."""

from collections.abc import Iterator

import pytest

from tests.jobs.stage import Stage
from tools.sandbox.options import Options
from tools.sandbox.runner import run_sandbox


@pytest.fixture
def stage(database_url: str, redis_url: str) -> Iterator[Stage]:
    with run_sandbox(
        Options(app_url="http://127.0.0.1:9", status_delays=(0.01, 0.01), callbacks=(), seed=7)
    ) as sandbox:
        made = Stage(database_url, redis_url, sandbox)
        yield made
        made.close()
