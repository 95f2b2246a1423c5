"""The frame of the evaluation: what counts as met, what is found, and what is written down."""

from pathlib import Path

import pytest

from tests.evaluation.__main__ import find_slices
from tests.evaluation.cases import measure
from tests.evaluation.lines import Line
from tests.evaluation.report import BEGIN, END, write_report
from tests.evaluation.table import format_table


@pytest.mark.parametrize(
    ("line", "is_met"),
    [
        (Line("at least", 9, 10, 0.9), True),
        (Line("too few", 8, 10, 0.9), False),
        (Line("few enough", 2, 100, 0.02, at_most=True), True),
        (Line("too many", 3, 100, 0.02, at_most=True), False),
        (Line("nothing measured", 0, 0, 0.9), False),
        (Line("nothing measured of what is to be rare", 0, 0, 0.02, at_most=True), False),
        (Line("a figure to know", 0, 10), True),
    ],
    ids=lambda value: value.what if isinstance(value, Line) else "",
)
def test_target(line: Line, is_met: bool) -> None:
    assert line.is_met is is_met
    assert ("| NO" in format_table({"slice": [line]}).replace("  ", " ")) is not is_met


def test_slices_are_found_by_being_there() -> None:
    slices = find_slices()
    assert {"cases", "homeowners"} <= set(slices) and not [name for name in slices if name.startswith("test_")]


def test_shared_cases_meet_their_targets() -> None:
    assert [line.what for line in measure(quick=True) if line.what.startswith("shared") and not line.is_met] == []


def test_figures_stand_between_their_marks(tmp_path: Path) -> None:
    page = tmp_path / "eval.md"
    page.write_text(f"# Page\n\n{BEGIN}old\n{END}\n\nthe rest\n", encoding="utf-8")
    for _ in range(2):
        write_report({"slice": [Line("one thing", 1, 2)]}, quick=False, path=page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# Page\n\n{BEGIN}") and text.endswith(f"{END}\n\nthe rest\n")
    assert text.count("one thing") == 1 and "old" not in text
