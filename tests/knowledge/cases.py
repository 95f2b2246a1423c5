"""The questions and the entries that the tests of the knowledge share."""

import tomllib
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
TODAY = date(2026, 11, 21)
ENTRIES = Path(__file__).parents[2] / "bot" / "knowledge" / "entries"

QUESTIONS: dict[str, dict[str, list[str]]] = tomllib.loads((HERE / "questions.toml").read_text("utf-8"))
ASKED = [
    (topic, language, question)
    for topic, by_language in QUESTIONS.items()
    for language, questions in by_language.items()
    for question in questions
]
UNRELATED = (HERE / "unrelated.txt").read_text("utf-8").splitlines()
HOME_MARKET = {"en": "US", "es": "ES"}


def entry_text(**changes: str) -> str:
    """A sound entry as TOML; `changes` replace its parts: head, ask, answers."""
    parts = {
        "head": 'topic = "colour"\nas_of = 2026-11-01\nreview_by = 2027-03-01\nsources = [{ name = "A paint maker" }]',
        "ask": "[ask]\nen = ['colour panel*', '=colour', 'paint']\nes = ['color placa*', '=color', 'pintura']",
        "answers": '[[answer]]\nmarkets = ["US"]\nen = "Mostly black."\nes = "Sobre todo negro."',
    }
    return "\n\n".join({**parts, **changes}.values())
