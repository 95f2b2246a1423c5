"""The table of results: what was measured, what was wanted, and whether it was met."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One row. `met` is None where nothing was asked for."""

    line: str
    measured: str
    target: str
    met: bool | None
    note: str = ""


def compare(line: str, value: float, least: float, unit: str, note: str = "") -> Result:
    """A row whose value should be `least` or more."""
    return Result(line, f"{value:,.0f} {unit}", f"≥ {least:,.0f} {unit}", value >= least, note)


def compare_ratio(line: str, ours: Sequence[float], bare: Sequence[float], least: float, unit: str) -> Result:
    """A row whose value is our median rate over the bare one's."""
    mine, theirs = take_median(ours), take_median(bare)
    ratio = mine / theirs
    note = f"{mine:,.0f} against {theirs:,.0f} {unit}; pair by pair {_list_ratios(ours, bare)}"
    return Result(line, f"{ratio:.2f} ×", f"≥ {least:.2f} ×", ratio >= least, note)


def take_median(values: Sequence[float]) -> float:
    return take_share(values, 0.5)


def take_share(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of all do not exceed; ValueError for none."""
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def format_table(results: Sequence[Result]) -> str:
    """A Markdown table, readable as it stands, and what there is to say of its rows."""
    head = ("what", "measured", "target", "result")
    rows = [(each.line, each.measured, each.target, _mark(each.met)) for each in results]
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [_write_row(head, widths), "|".join(["", *("-" * (width + 2) for width in widths), ""])]
    lines += [_write_row(row, widths) for row in rows]
    notes = dict.fromkeys(f"- {each.line.partition(', ')[0]}: {each.note}" for each in results if each.note)
    return "\n".join([*lines, "", *notes])


def _write_row(row: Sequence[str], widths: Sequence[int]) -> str:
    return f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"


def _mark(met: bool | None) -> str:
    return {True: "met", False: "missed", None: "–"}[met]


def _list_ratios(ours: Sequence[float], bare: Sequence[float]) -> str:
    return ", ".join(f"{mine / theirs:.2f}" for mine, theirs in zip(ours, bare, strict=True))
