"""Each entry answers the ways in which people ask for it, and nothing answers the rest."""

import statistics
import sys
import time
from collections import Counter
from datetime import date

import pytest

from bot.knowledge import find_answer, find_remark_answer
from bot.knowledge.answers import find_entry
from bot.knowledge.load import load_knowledge
from tests.knowledge.cases import CASES, TODAY, count, judge

SPLITS = ("tune", "held")
LEAST_RIGHT = {"tune": 0.93, "held": 0.84}
MOST_WRONG = {"tune": 0.03, "held": 0.045}
"""A little below what was measured; the aim for both is 0.9 right and 0.03 wrong."""


def report(name: str, found: Counter[str]) -> None:
    total = found.total()
    shares = ", ".join(f"{key} {found[key]}/{total} ({found[key] / total:.3f})" for key in ("right", "wrong", "none"))
    sys.stdout.write(f"\n{name}: {shares}\n")


def test_every_entry_has_its_questions() -> None:
    topics = {entry.topic for entry in load_knowledge().entries}
    asked = Counter(case.topics[0] for case in CASES if case.kind == "question")
    assert set(asked) | {"off_topic"} == topics
    assert min(asked.values()) >= 4
    assert all(set(case.topics) <= topics for case in CASES)


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_questions_find_their_entry(split: str, language: str) -> None:
    found = count(c for c in CASES if (c.split, c.kind, c.language) == (split, "question", language))
    report(f"questions, {split}, {language}", found)
    assert found["right"] / found.total() >= LEAST_RIGHT[split]
    assert found["wrong"] / found.total() <= MOST_WRONG[split]


@pytest.mark.parametrize("split", SPLITS)
def test_answers_to_the_bot_are_no_questions(split: str) -> None:
    assert [
        case.question for case in CASES if (case.split, case.kind) == (split, "answer") and judge(case) != "none"
    ] == []


@pytest.mark.parametrize("kind", ["unanswered", "offtopic"])
def test_what_no_entry_answers_gets_none(kind: str) -> None:
    found = {split: count(case for case in CASES if (case.split, case.kind) == (split, kind)) for split in SPLITS}
    for split, counts in found.items():
        report(f"{kind}, {split}", counts)
    total = found["tune"] + found["held"]
    assert total["wrong"] / total.total() <= 0.08


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("i need to ask my wife", "think_over"),
        ("thats too expensive for us", "too_expensive"),
        ("my neighbor regrets going solar", "bad_stories"),
        ("solar doesn't work here", "climate"),
        ("tell me a joke", "off_topic"),
        ("quien saca los permisos", "permits"),
        ("here it is", None),
        ("my electric bill", None),
        ("the green one", None),
        ("we have a geyser", None),
    ],
)
def test_words_that_no_rule_explains_may_be_a_remark(words: str, topic: str | None) -> None:
    found = find_remark_answer(words, "en", "US", TODAY)
    assert (found.topic if found else None) == topic


def test_median_question_takes_two_milliseconds() -> None:
    knowledge = load_knowledge()
    times = []
    for case in CASES[::4]:
        start = time.perf_counter()
        find_entry(knowledge, case.question)
        times.append(time.perf_counter() - start)
    assert statistics.median(times) <= 0.002 * 3, "three times the target: other work may run beside the tests"


@pytest.mark.parametrize(
    ("question", "language", "market", "topic", "words"),
    [
        ("are you a real person?", "en", "US", "bot", "not a person"),
        ("stop asking about my roof and just tell me the price", "en", "US", "cost", "EnergySage"),
        ("will you sell my number to other companies", "en", "US", "privacy", "unless you say yes"),
        ("can i pay with ecocash or in instalments", "en", "ZW", "financing", "EcoCash"),
        ("¿y si vendo la casa?", "es", "ES", "moving", "comprador"),
        ("my bill is $240, does that qualify for the tax credit?", "en", "US", "incentives", "no federal tax credit"),
        ("do i have to register with eskom", "en", "ZA", "registration", "SSEG"),
        ("do you take prepaid", "en", "ZW", "prepaid", "prepaid meter"),
        ("¿hay descuento en el IBI?", "es", "ES", "property_tax", "ayuntamiento"),
        ("it's too expensive", "en", "US", "too_expensive", "real concern"),
        ("i need to ask my wife", "en", "US", "think_over", "take your time"),
        ("can you do my homework", "en", "US", "off_topic", "outside what I do"),
        ("cuéntame un chiste", "es", "US", "off_topic", "fuera de lo que hago"),
    ],
)
def test_question_is_answered(question: str, language: str, market: str, topic: str, words: str) -> None:
    answer = find_answer(question, language, market, TODAY)
    assert answer is not None
    assert answer.topic == topic
    assert words in answer.text


@pytest.mark.parametrize("words", ["", "   ", "240", "ok", "yes", "no", "sí", "help me no", "thanks", "????", "lol"])
def test_next_to_nothing_finds_no_fact(words: str) -> None:
    entry = find_entry(load_knowledge(), words)
    assert entry is None or entry.topic == "help"


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


def test_two_readings_agree() -> None:
    found = [find_entry(load_knowledge(), case.question) for case in CASES[::6] for _ in range(2)]
    assert found[::2] == found[1::2]
