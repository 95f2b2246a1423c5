"""Messages that newcomers wrote and that were once misread."""

import pytest

from flows.commands import Correct, Set
from flows.reading.read import read
from flows.reading.types import ReadContext

SAID = [
    ("street", "I pay 200, live at 12 Elm St", {"monthly_bill": 200, "street": "12 Elm St"}),
    (None, "bill 200, 12 Elm St, Tulsa OK 74104", {"monthly_bill": 200, "street": "12 Elm St", "city": "Tulsa"}),
    (None, "98122, 1421 E Pike St seattle", {"postal_code": "98122", "street": "1421 E Pike St"}),
    ("name", "you can call me Sam", {"name": "Sam"}),
]
CALLS = ["are you a robot? can someone call me instead", "please call me tomorrow", "are you a bot? get me a human"]


@pytest.mark.parametrize(("asked", "words", "expected"), SAID)
def test_every_fact_is_taken(asked: str | None, words: str, expected: dict[str, object]) -> None:
    commands = read(words, ReadContext(asked=asked)).commands
    found = {command.slot: command.value for command in commands if isinstance(command, Set | Correct)}
    assert {slot: found.get(slot) for slot in expected} == expected


@pytest.mark.parametrize("words", CALLS)
def test_a_wish_for_a_call_is_no_name(words: str) -> None:
    reading = read(words, ReadContext(asked="consent", known=frozenset({"name"})))
    assert reading.intent == "handoff"
    assert not [command for command in reading.commands if isinstance(command, Set | Correct)]
