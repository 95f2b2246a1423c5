"""Twelve months of use, oldest first, tied to the month of the bill."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flows.reading.bills.charts import Bar, Series, find_series
from flows.reading.bills.marks import count_steps
from flows.reading.bills.sheet import Sheet

_MOST = 60_000
_SHARP = 0.9


@dataclass(frozen=True, slots=True)
class History:
    """`months` has twelve values; `own` is the bill's own month as the history has it, `agreed` that it fits;
    `anchored` that it ends near the bill; `sharp` that every month was read with confidence."""

    months: tuple[float | None, ...]
    own: float | None
    agreed: bool
    anchored: bool
    sharp: bool = True


def find_history(sheet: Sheet, end: date | None, used: Sequence[float]) -> History | None:
    """The history that looks most like this bill's kWh; `used` are readings of the period's kWh, best first."""
    best: tuple[float, History] | None = None
    for series in find_series(sheet)[:12]:
        history = _build(series, end, used)
        if history is None:
            continue
        score = series.worth + (2.0 if history.agreed else 0.0) + (0.3 if history.anchored else 0.0)
        score -= 0.5 if end and not history.anchored else 0.0
        if best is None or score > best[0] + 1e-9:
            best = (score, history)
    return best[1] if best and best[0] >= 1.2 else None


def _build(series: Series, end: date | None, used: Sequence[float]) -> History | None:
    placed = _place_years(series.bars) or _place_by_end(series.bars, end)
    values = {index: bar.value for index, bar in placed if bar.value is not None and abs(bar.value) <= _MOST}
    if not values:
        return None
    newest = max(index for index, _ in placed)
    months = tuple(values.get(index) for index in range(newest - 11, newest + 1))
    if sum(value is not None for value in months) < 4:
        return None
    own = values.get(newest)
    sharp = None not in months and all(bar.confidence >= _SHARP for bar in series.bars)
    anchored = end is not None and 0 <= end.year * 12 + end.month - 1 - newest <= 2
    agreed = own is not None and any(abs(own - value) <= max(0.6, 0.001 * abs(value)) for value in used[:4])
    return History(months, own if agreed or _is_own(newest, end) else None, agreed, anchored, sharp)


def _is_own(newest: int, end: date | None) -> bool:
    return end is not None and end.year * 12 + end.month - 1 == newest


def _place_years(bars: Sequence[Bar]) -> list[tuple[int, Bar]]:
    """Months by their printed years; nothing where those do not follow each other."""
    if sum(bar.year is not None for bar in bars) < 0.8 * len(bars):
        return []
    placed = [(bar.year * 12 + bar.month - 1, bar) for bar in bars if bar.year is not None]
    indexes = sorted(index for index, _ in placed)
    spread = indexes[-1] - indexes[0]
    return placed if len(set(indexes)) == len(indexes) and spread <= 2.2 * len(indexes) + 1 else []


def _place_by_end(bars: Sequence[Bar], end: date | None) -> list[tuple[int, Bar]]:
    """Months counted back from the newest, which is the bill's or the one before."""
    forwards, backwards = count_steps([bar.month for bar in bars])
    ordered = list(bars) if forwards >= backwards else list(reversed(bars))
    last = ordered[-1]
    index = last.month - 1 + 2400 * 12
    if end is not None:
        own = end.year * 12 + end.month - 1
        index = own - (own - (last.month - 1)) % 12
    placed = [(index, last)]
    for after, bar in zip(reversed(ordered), list(reversed(ordered))[1:], strict=False):
        index -= (after.month - bar.month) % 12 or 12
        placed.append((index, bar))
    return placed
