"""What people write once a project was sent: about the proposal, the day, the visit, how it went, and what is new.

`expects` is the values that are set ("decision?" where it is asked back about), the kind of the one command ("Affirm",
"Ask", "" for none), "Ask <topic>", "!<word>" for what it must not be read as, or "day yes" and "day no".
"""

import json
from pathlib import Path
from typing import Any

import pytest

from flows.commands import Affirm, Ask, Command, Correct, Deny, Set
from flows.reading.read import read
from flows.reading.types import ReadContext
from flows.registry import FLOWS

TABLES = sorted((Path(__file__).parent / "follow_ups").glob("*.jsonl"))
CASES = [json.loads(line) for table in TABLES for line in table.read_text(encoding="utf-8").splitlines()]
SURE = 0.6


def list_commands(case: dict[str, Any]) -> tuple[Command, ...]:
    asked = case["asked"]
    slot = FLOWS["intake"].by_name[asked] if asked else None
    raised = {*slot.depends_on} if slot else set()
    known = frozenset({"consent", "name", *case["known"], *raised})
    return read(case["said"], ReadContext(case["locale"], asked, (), known, case["held"])).commands


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['asked']}-{case['said']}")
def test_reads_what_follows(case: dict[str, Any]) -> None:
    commands, expects = list_commands(case), case["expects"]
    values = {_name(each): each.value for each in commands if isinstance(each, Set | Correct)}
    kinds = [type(each).__name__ for each in commands]
    if isinstance(expects, dict):
        assert values == expects, commands
    elif expects.startswith("!"):
        assert expects[1:] not in (*values, *values.values(), *kinds), commands
        assert Affirm() not in commands
    elif expects == "day yes":
        assert commands == (Affirm(),) or values == {"day_ok": True}, commands
    elif expects == "day no":
        assert commands == (Deny(),) or values.get("day_ok") is False, commands
    elif expects.startswith("Ask "):
        assert [each.topic for each in commands if isinstance(each, Ask)] == [expects[4:]], commands
        assert len(commands) == 1
    else:
        assert kinds == ([expects] if expects else []), commands


def _name(command: Set | Correct) -> str:
    return command.slot if command.confidence >= SURE else f"{command.slot}?"


def test_nothing_of_it_is_read_before_a_project_is_sent() -> None:
    for case in CASES:
        context = ReadContext(case["locale"], None, (), frozenset({"name"}), {})
        named = {each.slot for each in read(case["said"], context).commands if isinstance(each, Set | Correct)}
        assert not named & FLOWS["intake"].follow_ups, case["said"]
