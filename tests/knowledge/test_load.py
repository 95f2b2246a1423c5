"""Entries that staff got wrong are refused with every fault named."""

import logging
from datetime import date

import pytest

from bot.knowledge.answers import answer_from
from bot.knowledge.load import KnowledgeError, read_entries
from tests.knowledge.cases import entry_text

HEAD = 'topic = "colour"\nas_of = 2026-11-01\nreview_by = 2027-03-01\nsources = []'
ANSWER = '[[answer]]\nmarkets = ["US"]\nen = "{en}"\nes = "Sobre todo negro."'


def faults_of(text: str, topic: str = "colour") -> list[str]:
    with pytest.raises(KnowledgeError) as caught:
        read_entries([(topic, text)])
    return str(caught.value).splitlines()


def test_sound_entry_is_answered() -> None:
    knowledge = read_entries([("colour", entry_text())])
    answer = answer_from(knowledge, "what colour are the panels", "en", "US", date(2026, 11, 21))
    assert answer is not None
    assert answer.text == "Mostly black."


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"head": HEAD.replace('"colour"', '"color"')}, "topic is 'color'"),
        ({"head": HEAD.replace("2027-03-01", '"soon"')}, "review_by is not a date"),
        ({"head": HEAD.replace("2027-03-01", "2026-10-01")}, "review_by is before as_of"),
        ({"head": HEAD.replace("sources = []", 'sources = [{ url = "https://example.com" }]')}, "source has no name"),
        ({"head": HEAD.replace("sources = []", 'sources = [{ name = "x", url = "ftp://x" }]')}, "https://"),
        ({"head": HEAD + "\nnotes = 1"}, "'notes' is not a known key"),
        ({"questions": ""}, "has no [questions]"),
        ({"questions": "[questions]\nen = ['a', 'b', 'c', 'd', 'e']"}, "questions.es has fewer than 5"),
        ({"questions": "[questions]\nen = ['a', 'b', 'c', 'd', '?']\nes = []"}, "something without words"),
        ({"questions": "[questions]\nfr = ['a']"}, "questions.fr is not a known language"),
        ({"ask": "[ask]\nen = 'colour'"}, "ask.en is not a list"),
        ({"head": HEAD + "\nonly_asked = 1"}, "neither true nor false"),
        ({"ask": "[ask]\nen = ['Colour', 'b', 'c']\nes = ['a', 'b', 'c']"}, "'Colour' is not a plain"),
        ({"ask": "[ask]\nen = ['-colour', 'b', 'c']\nes = ['a', 'b', 'c']"}, "asks for no word"),
        ({"answers": ""}, "has no [[answer]]"),
        ({"answers": ANSWER.format(en="Black.").replace('["US"]', '["FR"]')}, "market 'FR' is not known"),
        ({"answers": ANSWER.format(en="Black.").replace('es = "Sobre todo negro."', "")}, "has no text in 'es'"),
        ({"answers": ANSWER.format(en="x" * 601)}, "601 characters, at most 600"),
        ({"answers": ANSWER.format(en="You will save.")}, "promises something"),
        ({"answers": ANSWER.format(en="We guarantee it.")}, "promises something"),
        ({"answers": ANSWER.format(en="It was $5 in 2025."), "head": HEAD}, "needs a source"),
        ({"answers": ANSWER.format(en="It is 20% now.")}, "needs the year"),
        ({"answers": ANSWER.format(en="One.") + "\n" + ANSWER.format(en="Two.")}, "two answers for the same days"),
    ],
)
def test_fault_is_named(changes: dict[str, str], fault: str) -> None:
    assert any(fault in line for line in faults_of(entry_text(**changes)))


def test_all_faults_are_listed_at_once() -> None:
    broken = entry_text(head=HEAD.replace("2027-03-01", '"soon"'), answers=ANSWER.format(en="x" * 700))
    with pytest.raises(KnowledgeError) as caught:
        read_entries([("colour", broken), ("other", "= nonsense")])
    message = str(caught.value)
    assert all(words in message for words in ("colour: review_by", "700 characters", "other: is not readable TOML"))


def test_stale_entry_loads_with_a_warning_and_is_not_said(caplog: pytest.LogCaptureFixture) -> None:
    knowledge = read_entries([("colour", entry_text())])
    with caplog.at_level(logging.WARNING):
        assert answer_from(knowledge, "what colour", "en", "US", date(2027, 3, 2)) is None
    assert "colour was to be reviewed by 2027-03-01" in caplog.text
