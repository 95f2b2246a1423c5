"""The stacks of journeys: the product beside simulated vendors, with approved templates."""

from collections.abc import Callable

import pytest

from tests.kill.rack import Kind, Rack
from tests.kill.stack import PROCESSES, Stack
from tests.kill.watching import Watch

OpenJourney = Callable[..., Stack]


@pytest.fixture
def open_journey(rack: Rack) -> OpenJourney:
    """A stack on a database, with settings of vendors on top of the sandbox's."""

    def open_it(database: str, **settings: str) -> Stack:
        made = rack.open(Kind(database, tuple(sorted(settings.items())), clocked=True))
        for name in PROCESSES:
            made.run_as(name)
        made.reset()
        made.forget_pace()
        Watch(made).run_tool("tools.templates", "push")
        return made

    return open_it
