"""Fresh practice cases, written by people who had not seen the rules: their score does not fall."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

from tools.read import read_line

CASES = Path(__file__).parent / "fresh.jsonl"
SCORER = Path(__file__).parent / "score_reading.py"
WHOLE, INTENT, OUT_OF_NOTHING = 0.988, 0.998, 0.002
"""What was measured when the rules were last mended, see docs/reading.md."""
URGENT = ("opt_out", "handoff", "injection")


def _load_scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_reading", SCORER)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _answer(case: dict[str, Any]) -> dict[str, Any]:
    return read_line(json.dumps({"asked": None, **case}))


def test_fresh_cases_are_read_as_well_as_they_were() -> None:
    scoring = _load_scorer()
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    answers = [_answer(case) for case in cases]
    faults = {case["id"]: scoring.faults(case, answer) for case, answer in zip(cases, answers, strict=True)}
    wrong = {name: found for name, found in faults.items() if found}
    intents = sum(answer["intent"] == case["expects"]["intent"] for case, answer in zip(cases, answers, strict=True))
    stray = sum(any("out of nothing" in fault for fault in found) for found in wrong.values())
    assert len(cases) - len(wrong) >= WHOLE * len(cases), wrong
    assert intents >= INTENT * len(cases), wrong
    assert stray <= OUT_OF_NOTHING * len(cases), wrong


def test_nothing_urgent_is_missed() -> None:
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    urgent = [case for case in cases if case["expects"]["intent"] in URGENT]
    assert urgent
    assert not {case["id"] for case in urgent if _answer(case)["intent"] != case["expects"]["intent"]}


def test_every_case_has_its_fold_and_all_folds_are_used() -> None:
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    assert {case["fold"] for case in cases} == {0, 1, 2, 3, 4}
