"""Bills of many kinds, as text and as a tilted photo."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from flows.reading.bills.read import read_bill
from flows.reading.bills.types import Bill
from tests.reading.bills.grid import draw_pages

PAGES = Path(__file__).with_name("pages")
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((PAGES / "expected.toml").read_text(encoding="utf-8"))
FORMS = ((0.0, "text"), (0.03, "ocr"), (-0.03, "ocr"))


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize(("tilt", "origin"), FORMS)
def test_bill_is_read(name: str, tilt: float, origin: str) -> None:
    bill = read_bill(draw_pages(load(name), tilt, origin))
    assert {field: listed(bill, field) for field in EXPECTED[name]} == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_order_of_pages_and_their_repetition_do_not_matter(name: str) -> None:
    pages = draw_pages(load(name), origin="ocr")
    assert read_bill([*reversed(pages), *pages]) == read_bill(pages)


def test_every_page_has_its_bill() -> None:
    assert {path.stem for path in PAGES.glob("*.txt")} == EXPECTED.keys()


def load(name: str) -> str:
    return (PAGES / f"{name}.txt").read_text(encoding="utf-8")


def listed(bill: Bill, field: str) -> object:
    value = getattr(bill, field)
    return sorted(value) if isinstance(value, frozenset) else list(value) if isinstance(value, tuple) else value
