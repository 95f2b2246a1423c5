"""The table of an evaluation: of each line what was counted, its share, what was wanted, and whether that was met."""

from collections.abc import Sequence

from tests.evaluation.lines import Line

HEAD = ("what", "right", "of", "share", "target", "met")
LEFT = 1
"""How many of the columns are words, set to the left."""


def format_table(slices: dict[str, Sequence[Line]]) -> str:
    """A Markdown table, readable as it stands, and below it the notes of the lines that have one."""
    rows = [_list_cells(name, line) for name, lines in slices.items() for line in lines]
    widths = [max(len(row[column]) for row in (HEAD, *rows)) for column in range(len(HEAD))]
    rule = "|".join(["", *(f" {'-' * width} " for width in widths), ""])
    notes = [f"- {name}, {line.what}: {line.note}" for name, lines in slices.items() for line in lines if line.note]
    return "\n".join([_write_row(HEAD, widths), rule, *(_write_row(row, widths) for row in rows), "", *notes])


def _list_cells(name: str, line: Line) -> tuple[str, ...]:
    share = f"{line.share:.3f}" if line.of else "–"
    sign = "≤" if line.at_most else "≥"
    target = f"{sign} {line.target:g}" if line.target is not None else ""
    met = "" if line.target is None else ("yes" if line.is_met else "NO")
    return (f"{name}: {line.what}", f"{line.right:,}", f"{line.of:,}", share, target, met)


def _write_row(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        cell.ljust(width) if column < LEFT else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return f"| {' | '.join(cells)} |"
