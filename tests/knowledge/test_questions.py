"""Each entry answers the ways in which people ask for it, and nothing answers the rest."""

from datetime import date

import pytest

from bot.knowledge import find_answer
from bot.knowledge.answers import find_entry
from bot.knowledge.load import load_knowledge
from tests.knowledge.cases import ASKED, ENTRIES, HOME_MARKET, QUESTIONS, TODAY, UNRELATED


def test_every_entry_has_its_questions() -> None:
    assert set(QUESTIONS) == {each.stem for each in ENTRIES.glob("*.toml")}
    assert all(len(each["en"]) >= 6 and len(each["es"]) >= 3 for each in QUESTIONS.values())


@pytest.mark.parametrize(("topic", "language", "question"), ASKED)
def test_question_finds_its_entry(topic: str, language: str, question: str) -> None:
    answer = find_answer(question, language, HOME_MARKET[language], TODAY)
    assert answer is not None
    assert answer.topic == topic


@pytest.mark.parametrize("words", UNRELATED)
@pytest.mark.parametrize("language", ["en", "es"])
def test_other_words_find_nothing(words: str, language: str) -> None:
    assert find_answer(words, language, "US", TODAY) is None


@pytest.mark.parametrize(
    ("question", "language", "market", "topic", "words"),
    [
        ("are you a real person?", "en", "US", "bot", "not a person"),
        ("stop asking about my roof and just tell me the price", "en", "US", "cost", "EnergySage"),
        ("will you sell my number to other companies", "en", "US", "privacy", "unless you say yes"),
        ("can i pay with ecocash or in instalments", "en", "ZW", "financing", "EcoCash"),
        ("¿y si vendo la casa?", "es", "ES", "moving", "comprador"),
        ("my bill is $240, does that qualify for the tax credit?", "en", "US", "incentives", "no federal tax credit"),
    ],
)
def test_question_in_the_middle(question: str, language: str, market: str, topic: str, words: str) -> None:
    answer = find_answer(question, language, market, TODAY)
    assert answer is not None
    assert answer.topic == topic
    assert words in answer.text


def test_answer_is_in_the_language_of_the_contact() -> None:
    answer = find_answer("how much does it cost", "es-MX", "US", TODAY)
    assert answer is not None
    assert answer.text.startswith("Depende")


def test_language_without_texts_gets_english() -> None:
    answer = find_answer("how much does it cost", "sn", "ZW", TODAY)
    assert answer is not None
    assert answer.text.startswith("It mostly depends")


@pytest.mark.parametrize("question", ["a" * 100_000, "cost " * 20_000, "\x00\u202e", "🌞", "''' _ * = -"])
def test_odd_input_is_taken(question: str) -> None:
    assert find_answer(question, "en", "US", date(2026, 11, 21)) is None or question.startswith("cost")


def test_two_readers_agree() -> None:
    found = [find_entry(load_knowledge(), question) for _, _, question in ASKED for _ in range(2)]
    assert found[::2] == found[1::2]
