"""Drawn bills: the same number draws the same file, and what is drawn is read."""

import json
from pathlib import Path

import pytest

from bot.documents import LIMITS
from bot.documents.reading import read_contents
from tests.bills.draw import LAYOUTS, draw, list_forms
from tests.documents.hostile import write_jpeg
from tests.evaluation.bills import CORE, is_same
from tools.read_bill import main

KEYS = [
    "file", "utility", "account", "period_start", "period_end", "kwh", "amount", "currency", "service_address",
    "monthly_kwh", "confidence", "problems",
]  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_files_with_text_are_read(layout: str) -> None:
    for form in set(list_forms(layout)) - {"photo"}:
        drawn = draw(4, layout, form)
        assert drawn == draw(4, layout, form)
        bill = read_contents([drawn.content], drawn.country, LIMITS, lambda: False)
        assert [name for name in CORE if not is_same(name, getattr(bill, name), drawn.truth[name])] == [], form


def test_pages_sent_as_files_of_their_own_are_one_bill() -> None:
    """Green Button gives the months, the bill the rest."""
    drawn, history = draw(5, "pseg", "pdf"), draw(5, "pseg", "green_button_csv")
    bill = read_contents([drawn.content, history.content], "US", LIMITS, lambda: False)
    assert bill.kwh == drawn.truth["kwh"]
    assert bill.monthly_kwh is not None


def test_what_comes_late_is_not_begun() -> None:
    bill = read_contents([write_jpeg()], "US", LIMITS, lambda: True)
    assert bill.problems == ("time_out",)


def test_the_tool_writes_a_line_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawn = draw(1, "con_edison", "pdf")
    for name, content in (("bill.pdf", drawn.content), ("other.txt", b"hello")):
        (tmp_path / name).write_bytes(content)
    code = main([str(tmp_path / "bill.pdf"), str(tmp_path / "other.txt"), str(tmp_path / "missing.pdf")])
    shown = capsys.readouterr()
    bill, other = map(json.loads, shown.out.splitlines())
    assert code == 1
    assert "missing.pdf" in shown.err
    assert list(bill) == list(other) == KEYS
    assert (bill["kwh"], bill["amount"]) == (drawn.truth["kwh"], drawn.truth["amount"])
    assert other["problems"] == ["wrong_type"]
