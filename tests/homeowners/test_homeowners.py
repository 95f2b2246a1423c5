"""A few scripted homeowners in every test run; `make eval` has five hundred."""

import random
from functools import cache

import pytest

from tests.homeowners.goals import draw_goal
from tests.homeowners.habits import draw_habits
from tests.homeowners.hearing import listen
from tests.homeowners.judging import list_faults, list_wrong_commits
from tests.homeowners.run import Run, run_homeowner
from tests.homeowners.typos import mistype
from tools.talk import Talk

SEEDS = range(1, 61)
RIGHT = 0.88
WRONG = 0.07


@cache
def run_all() -> tuple[Run, ...]:
    return tuple(run_homeowner(seed) for seed in SEEDS)


def test_projects_come_out_as_meant() -> None:
    wrong = {run.seed: list_faults(run) for run in run_all() if list_faults(run)}
    assert len(wrong) <= (1 - RIGHT) * len(SEEDS), wrong


def test_hardly_anything_is_shown_that_nobody_meant() -> None:
    wrong = {run.seed: list_wrong_commits(run) for run in run_all() if list_wrong_commits(run)}
    assert len(wrong) <= WRONG * len(SEEDS), wrong


def test_nobody_is_stuck() -> None:
    assert [run.seed for run in run_all() if run.is_stuck] == []


@pytest.mark.parametrize("seed", [3, 14])
def test_a_seed_is_one_conversation(seed: int) -> None:
    assert run_homeowner(seed).lines == run_homeowner(seed).lines


def test_homeowners_differ() -> None:
    drawn = [draw_goal(random.Random(seed)) for seed in range(200)]
    assert {goal.market for goal in drawn} == {"US", "ZW", "ZA", "ES"}
    assert {goal.language for goal in drawn} == {"en", "es"}
    styles = {draw_habits(random.Random(seed), goal).style for seed, goal in enumerate(drawn)}
    assert styles == {"plain", "terse", "dumper"}


def test_a_slip_leaves_placeholders_alone() -> None:
    rng = random.Random(5)
    slips = {mistype("the house is at {street}", rng) for _ in range(50)}
    assert all("{street}" in slip for slip in slips) and len(slips) > 5


def test_a_homeowner_knows_what_is_asked_from_what_is_said() -> None:
    talk = Talk()
    first = listen([effect for effect in talk.hear("hi") if hasattr(effect, "keys")])
    assert (first.sort, first.slot, first.form) == ("ask", "name", "ask")
    talk.hear("Maria Lopez")
    asked = listen([effect for effect in talk.hear("Quanto farm block nine") if hasattr(effect, "keys")])
    assert asked.sort in ("ask", "confirm")
