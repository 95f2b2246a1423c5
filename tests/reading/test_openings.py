"""What everybody begins with: a wish for solar is a greeting, not a riddle."""

import pytest

from flows.commands import Start
from flows.reading.read import read
from flows.reading.types import ReadContext

WISHES = [
    "hi, I'd like solar for my place",
    "hi I want solar",
    "Hola, quiero paneles solares para mi casa",
    "interested in going solar",
    "saw your ad, thinking about solar panels",
    "need a solar quote pls",
]
OTHERS = ["can i get solar if i rent?", "i dont want solar anymore", "do i need solar batteries?"]


@pytest.mark.parametrize("words", WISHES)
def test_a_wish_for_solar_begins_the_conversation(words: str) -> None:
    reading = read(words, ReadContext())
    assert (reading.intent, reading.commands) == ("greeting", (Start(),))


@pytest.mark.parametrize("words", OTHERS)
def test_a_question_or_a_refusal_is_no_wish(words: str) -> None:
    assert read(words, ReadContext()).intent != "greeting"
