"""Every effect has a job of its name and a queue, and every dotted job name leads somewhere."""

import re
from importlib import import_module
from typing import get_args

import pytest

from bot.wake import EFFECT_QUEUES, QUEUES
from flows.effects import Effect
from jobs.runner import RUNS
from tests.source import PRODUCT_ROOMS, ROOT, list_files, list_strings, name_module

JOB_NAME = re.compile(r"jobs(\.[a-z_]+)+")
EFFECTS = [re.sub(r"(?<!^)(?=[A-Z])", "_", effect.__name__).lower() for effect in get_args(Effect)]


@pytest.mark.parametrize("effect", EFFECTS)
def test_every_effect_has_a_job_and_a_queue(effect: str) -> None:
    assert (ROOT / "jobs" / f"{effect}.py").exists()
    assert import_module(f"jobs.{effect}").__doc__
    assert EFFECT_QUEUES[effect] in QUEUES
    assert effect == "send_message" or effect in RUNS  # messages have a dispatcher of their own


def test_no_queue_waits_for_an_unknown_effect() -> None:
    assert set(EFFECT_QUEUES) == set(EFFECTS)
    assert set(EFFECT_QUEUES.values()) <= set(QUEUES)


def test_every_dotted_job_name_resolves() -> None:
    files = [path for path in list_files("wsgi", "tools", *PRODUCT_ROOMS) if "sandbox" not in path.parts]
    named = {(text, name_module(path)) for path in files for text in list_strings(path) if JOB_NAME.fullmatch(text)}
    assert {text for text, _ in named} >= set(QUEUES.values())
    assert not [(text, where) for text, where in sorted(named) if not resolves(text)]


def resolves(dotted: str) -> bool:
    """Whether the dotted name is a module, or something callable in one."""
    module, _, name = dotted.rpartition(".")
    if (ROOT / f"{dotted.replace('.', '/')}.py").exists():
        return True
    return (ROOT / f"{module.replace('.', '/')}.py").exists() and callable(getattr(import_module(module), name, None))
