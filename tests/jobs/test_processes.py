"""How many processes the worker runs for each queue."""

import pytest

from bot.wake import QUEUES
from jobs.worker import plan_processes
from tests.jobs.stage import make_settings


@pytest.mark.parametrize(
    ("settings", "turns"),
    [({}, 1), ({"openai_api_key": "key"}, 4), ({"anthropic_api_key": "key"}, 4),
     ({"openai_api_key": "key", "turn_workers": 2}, 2), ({"turn_workers": 3}, 3)],
)  # fmt: skip
def test_turns_have_more_processes_where_they_wait_for_a_model(settings: dict[str, object], turns: int) -> None:
    plan = plan_processes(make_settings("sqlite://", "redis://127.0.0.1", "http://127.0.0.1:9", **settings))
    assert plan.count("turns") == turns
    assert set(plan) == set(QUEUES)
