"""Messages as people write them, one table per slot or kind; the scorer's comparison decides."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from flows.reading.read import read
from flows.reading.types import ReadContext
from tools.read import report

TABLES = sorted(Path(__file__).parent.glob("*.jsonl"))
SCORER = Path(__file__).parents[1] / "cases" / "score_reading.py"


def _load_scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_reading", SCORER)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCORING = _load_scorer()


def _list_cases() -> list[dict[str, Any]]:
    return [json.loads(line) for table in TABLES for line in table.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", _list_cases(), ids=lambda case: case["id"])
def test_reads_as_a_careful_person_would(case: dict[str, Any]) -> None:
    answer = report(read(case["utterance"], ReadContext(locale=case["locale"], asked=case["asked"])))
    assert not SCORING.faults(case, answer), case["utterance"]
