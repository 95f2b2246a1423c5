"""A third language is a folder of wording: an invented one is added to a copy of the flows, and spoken."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.source import ROOT

CODE = "zz"
FIRST_WORDS = "zor blim quax, narp zolar"
EAR = """
[ear]
wish = ["in zorblish"]
only = ["zorblish"]
signs = "ʘ"
words = "zor blim quax narp ek zo"
sure = "zor blim quax"
"""
SCRIPT = """
import json, sys
from flows.checks import check_flow
from flows.effects import SendMessage
from flows.events import News
from flows.registry import flow_named
from tools.talk import Talk

check_flow(flow_named("intake"))
planned = (News("scheduled", {"date": "2026-12-01"}),)
for lines in json.loads(sys.argv[1]):
    talk, turns = Talk(), []
    for line in lines:
        effects = talk.tell("opensolar", planned) if line == "@" else talk.hear(line)
        said = " / ".join(effect.text for effect in effects if isinstance(effect, SendMessage))
        turns.append([talk.state.language, said])
    print(json.dumps(turns))
"""
HOME = "12 Oak St Springfield NY 10001, con edison, $240, 2 air conditioners, metal roof, maria@example.com"
TALKS = (
    (FIRST_WORDS, "Maria Lopez", HOME, "yes", "skip", "yes", "@"),
    ("hi", "in zorblish please", "in english please", "hail?"),
    (FIRST_WORDS, "hail?"),
)
"""What is written in each conversation; "@" is an installation that is planned."""

Turns = list[Sequence[str]]


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> list[Turns]:
    """(language, what was said) of each turn, by flows with a folder more: English in another look, with an ear of its
    own."""
    root = tmp_path_factory.mktemp("third")
    shutil.copytree(ROOT / "flows", root / "flows", ignore=shutil.ignore_patterns("__pycache__"))
    _add_language(root / "flows/wording")
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(TALKS)],
        cwd=root, env={**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{ROOT}"},
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    return [json.loads(line) for line in run.stdout.splitlines()]


def _add_language(wording: Path) -> None:
    folder = Path(shutil.copytree(wording / "en", wording / CODE))
    _replace(folder / "questions.toml", "What's your name?", "Zo nam?")
    _replace(folder / "questions.toml", "Do you own the home?", "Zo dom ek?")
    _replace(folder / "consent.toml", "By confirming, I agree", "Ek zor, blim")
    _replace(folder / "language.toml", '"December"', '"Zember"')
    spoken = (folder / "language.toml").read_text(encoding="utf-8").partition("[ear]")[0]
    (folder / "language.toml").write_text(spoken + EAR, encoding="utf-8")


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} does not say {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_whole_conversation_is_held_in_it(talks: list[Turns]) -> None:
    said = [text for _, text in talks[0]]
    assert {language for language, _ in talks[0]} == {CODE}
    assert "Zo nam?" in said[0] and "Zo dom ek?" in said[2] and "Ek zor, blim" in said[4] and "Zember" in said[6], said


def test_it_can_be_asked_for_and_left(talks: list[Turns]) -> None:
    assert [language for language, _ in talks[1]] == ["en", CODE, "en", "en"]
    assert "Zo nam?" in talks[1][1][1] and "What's your name?" in talks[1][2][1]


def test_what_has_no_text_in_it_is_answered_in_english(talks: list[Turns]) -> None:
    (_, in_english), (language, answer) = talks[1][3], talks[2][1]
    assert language == CODE and len(answer) > 100
    assert answer.partition("\n\n")[0] == in_english.partition("\n\n")[0]
