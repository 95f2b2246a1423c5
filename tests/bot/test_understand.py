"""What a kept message is handed to the engine as."""

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from bot.inbox import describe_arrival
from bot.understand import Understood, understand
from flows.commands import Ask, Choose, Set
from flows.events import MessageReceived
from flows.state import State
from integrations.channel import Pin, Tap
from tests.bot.desk import inbound


def read(text: str = "", **more: Any) -> tuple[MessageReceived, Understood]:
    payload = describe_arrival(inbound("SM1", text, **more), "whatsapp").payload
    understood = understand("message", "SM1", payload, State(), False, date(2026, 11, 21))
    assert isinstance(understood.event, MessageReceived)
    return understood.event, understood


def test_words_are_read_and_the_reading_is_kept() -> None:
    event, understood = read("my name is Maria Lopez")
    [command] = event.commands
    assert isinstance(command, Set)
    assert (command.slot, command.value) == ("name", "Maria Lopez")
    assert understood.reading is not None
    assert understood.reading["commands"] == [{"is": "Set", **asdict(command)}]


def test_a_tap_is_its_payload_whatever_its_title_says() -> None:
    event, _ = read("Yes", kind="interactive", tap=Tap("owner=true", "Yes"))
    assert event.commands == (Choose("owner=true"),)


def test_a_pin_is_a_place() -> None:
    event, _ = read(kind="location", pin=Pin(33.45, -112.07))
    assert next(command.slot for command in event.commands if isinstance(command, Set)) == "location"


@pytest.mark.parametrize("text", ["👍", "", "2217 N 48th St"])
def test_a_reaction_answers_nothing(text: str) -> None:
    event, _ = read(text, kind="reaction")
    assert event.commands == ()


def test_a_question_gets_the_answer_that_is_on_file() -> None:
    event, _ = read("how much does it cost?")
    [command] = event.commands
    assert isinstance(command, Ask)
    assert command.topic == "cost"
    assert "2026" in (command.answer or "")
