"""The questions and the entries that the tests of the knowledge share."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.knowledge.answers import find_entry
from bot.knowledge.load import load_knowledge

HERE = Path(__file__).parent
TODAY = date(2026, 11, 21)


@dataclass(frozen=True)
class Case:
    """Words as people write them.

    `kind`: "question", "unanswered" (about solar, but no entry's), "offtopic", or "answer" (to what the bot asked).
    `topics` are the entries that answer them, the first the best; an empty list: none may.
    `split`: "tune" may be looked at when entries and words are changed, "held" only measures.
    """

    split: str
    kind: str
    language: str
    market: str
    topics: list[str]
    question: str


CASES = [Case(**json.loads(line)) for line in (HERE / "questions.jsonl").read_text("utf-8").splitlines()]


def judge(case: Case) -> str:
    """ "right", "wrong" or "none": what was found for it."""
    entry = find_entry(load_knowledge(), case.question)
    return "none" if entry is None else "right" if entry.topic in case.topics else "wrong"


def count(cases: Iterable[Case]) -> Counter[str]:
    """How many cases were judged right, wrong and none."""
    return Counter(map(judge, cases))


def entry_text(**changes: str) -> str:
    """A sound entry as TOML; `changes` replace its parts: head, questions, ask, answers."""
    english = "[questions]\nen = ['what colour are they', 'which colour', 'a', 'b', 'c']\n"
    parts = {
        "head": 'topic = "colour"\nas_of = 2026-11-01\nreview_by = 2027-03-01\nsources = [{ name = "A paint maker" }]',
        "questions": english + "es = ['de qué color son', 'qué color', 'a', 'b', 'c']",
        "ask": "[ask]\nen = ['colour panel*', '=colour', 'paint']\nes = ['color placa*', '=color', 'pintura']",
        "answers": '[[answer]]\nmarkets = ["US"]\nen = "Mostly black."\nes = "Sobre todo negro."',
    }
    return "\n\n".join({**parts, **changes}.values())
