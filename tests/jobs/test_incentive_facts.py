"""What counts as something new to say about incentives."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from integrations.leap.values import DeviceResult, IncentiveAnswer, Requirement
from jobs.incentive_facts import UNNAMED, describe_answer, is_news
from tests.jobs.incentive_stage import Home
from tools.sandbox.options import Options
from tools.sandbox.runner import run_sandbox

TOLD: dict[str, Any] = {
    "source": "leap", "currency": "USD", "checked_on": "2026-11-21",
    "firm": [{"program": "Sunny Block Rebate", "amount_cents": 120_000, "yearly": False}],
    "possible": [], "ended": [], "notes": [], "connect_url": "https://connect.example.com/a/refId/hg-1",
}  # fmt: skip


@pytest.fixture
def home(database_url: str, redis_url: str) -> Iterator[Home]:
    with run_sandbox(Options(app_url="http://127.0.0.1:9", seed=7)) as sandbox:
        home = Home(database_url, redis_url, sandbox)
        yield home
        home.close()


def test_a_condition_without_words_is_a_condition() -> None:
    unnamed = Requirement("", "IGNORED")
    result = DeviceResult("1", "Rebate", "1", "Standard", 1, True, 5_000, 0, (unnamed, unnamed))
    named = replace(result, requirements=(unnamed, Requirement("It rains", "IGNORED")))
    facts = describe_answer(IncentiveAnswer("hg-1", None, (), (result, named), ("1",)), date(2026, 11, 21))
    assert [each["conditions"] for each in facts["possible"]] == [[UNNAMED], ["It rains", UNNAMED]]
    assert UNNAMED.keys() == {"en", "es"}


@pytest.mark.parametrize(
    ("change", "new"),
    [
        ({"checked_on": "2026-12-01"}, False),
        ({"connect_url": "https://connect.example.com/b/refId/hg-1"}, False),
        ({"connect_url": ""}, True),
        ({"firm": []}, True),
        ({"source": "table"}, True),
    ],
)
def test_amounts_are_news_and_another_link_is_none(change: dict[str, Any], new: bool) -> None:
    assert is_news({**TOLD, **change}, TOLD) is new
    assert is_news(TOLD, None)


def test_another_link_is_kept_and_not_told(home: Home) -> None:
    home.look_up()
    home.pull("account", company="another-company")
    assert home.look_up().status == "done"
    assert len(home.news()) == 1
    assert "another-company" in home.case().connect_url
    assert "another-company" in home.case().told["connect_url"]
