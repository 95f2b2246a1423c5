"""Every named kill point, killed while homeowners write: nothing is lost, said twice or out of order."""

import pytest

from bot.failpoints import NAMES
from tests.kill.stack import Stack
from tests.kill.stories import KILL_POINTS, ON_SQLITE, KillPoint, correct_bills
from tests.kill.vendor_stories import GROUPS
from tests.kill.watching import Watch, watch


def test_every_name_is_killed() -> None:
    grouped = [name for group in GROUPS for name in group.points]
    assert {*(point.name for point in KILL_POINTS), *grouped} == NAMES
    assert len(grouped) == len(set(grouped))
    assert set(ON_SQLITE) <= NAMES


@pytest.mark.parametrize("point", KILL_POINTS, ids=str)
def test_a_kill_on_postgresql(stack: Stack, point: KillPoint) -> None:
    survive(watch(stack), point)


@pytest.mark.parametrize("name", ON_SQLITE)
def test_a_kill_on_sqlite(sqlite_stack: Stack, name: str) -> None:
    survive(watch(sqlite_stack), KillPoint(name, correct_bills))


def survive(view: Watch, point: KillPoint) -> None:
    """The process dies at the point; everything is answered all the same, and the checker finds nothing."""
    marker = view.stack.points / point.name
    point.story(view, lambda: view.stack.arm(point.name))
    view.stack.await_true(marker.exists, f"a process reaches {point.name}")
    assert int(view.stack.await_true(marker.read_text, "the id of the process that died")) > 0
    view.await_answers()
    view.await_rest()
    verdict = view.judge(projects=view.list_projects() if "project" in point.story.__name__ else None)
    assert not verdict.violations and not verdict.ambiguous, "\n".join(map(str, verdict.violations))
