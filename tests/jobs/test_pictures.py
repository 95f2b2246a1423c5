"""Usage against production: which figures are drawn."""

from typing import Any

import pytest

from integrations.vendor import Design, Usage
from jobs.pictures import list_pairs
from jobs.sync_sheet import build_usage

MONTHS = tuple(float(number) for number in range(100, 112))
HOME: dict[str, Any] = {"monthly_kwh": None, "monthly_bill_cents": None, "annual_kwh": 9_000.0, "currency": "USD"}


@pytest.mark.parametrize(
    ("usage", "design", "pairs"),
    [
        (Usage(annual_kwh=9_000), Design("1", yearly_kwh=8_000), [(9_000, 8_000)]),
        (Usage(monthly_kwh=MONTHS), Design("1", monthly_kwh=MONTHS), list(zip(MONTHS, MONTHS, strict=True))),
        (Usage(average_kwh=50), Design("1", monthly_kwh=MONTHS), [(50, made) for made in MONTHS]),
        (Usage(monthly_kwh=(*MONTHS[:11], None)), Design("1", yearly_kwh=8_000), []),
        (Usage(monthly_bill=200), Design("1", yearly_kwh=8_000, offset=80), [(10_000, 8_000)]),
        (Usage(annual_kwh=9_000), Design("1"), []),
    ],
)
def test_what_is_drawn(usage: Usage, design: Design, pairs: list[tuple[float, float]]) -> None:
    assert list_pairs(usage, design) == pairs


def test_what_staff_know_better_is_drawn() -> None:
    better = {"monthly_kwh": None, "annual_kwh": 12_000.0}
    assert list_pairs(build_usage(HOME, better), Design("1", yearly_kwh=8_000)) == [(12_000, 8_000)]
    assert list_pairs(build_usage(HOME, None), Design("1", yearly_kwh=8_000)) == [(9_000, 8_000)]
