"""Kills around the vendors: one project at each, whatever dies, and everything that happens there is told once."""

import pytest

from tests.kill.stack import Stack
from tests.kill.vendor_stories import GROUPS, Group
from tests.kill.watching import SOLAR_VENDORS, Watch, watch


@pytest.mark.parametrize("group", GROUPS, ids=str)
def test_kills_on_postgresql(vendor_stack: Stack, group: Group) -> None:
    survive(watch(vendor_stack), group)


@pytest.mark.parametrize("group", GROUPS[:2], ids=str)
def test_kills_on_sqlite(sqlite_vendor_stack: Stack, group: Group) -> None:
    survive(watch(sqlite_vendor_stack), group)


def survive(view: Watch, group: Group) -> None:
    """A process dies at each of the group's points; in the end nothing shows of it."""
    group.story(view, lambda: [view.stack.arm(name) for name in group.points])
    for name in group.points:
        marker = view.stack.points / name
        view.stack.await_true(lambda path=marker: path.exists() and path.read_text(), f"a process dies at {name}")
    view.await_news()
    view.retry_projects()
    view.await_news()
    verdict = view.judge(projects=view.list_projects(), vendors=SOLAR_VENDORS)
    assert not verdict.violations and not verdict.ambiguous, "\n".join(map(str, verdict.violations))
