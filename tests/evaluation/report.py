"""Writes the figures of an evaluation into docs/eval.md, between its two marks."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.evaluation.lines import Line
from tests.evaluation.table import format_table

REPORT = Path(__file__).resolve().parent.parent.parent / "docs" / "eval.md"
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->"


def write_report(measured: dict[str, Sequence[Line]], quick: bool, path: Path = REPORT) -> None:
    """ValueError where the page has lost its marks."""
    text = path.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text.partition(BEGIN)[2]:
        raise ValueError(f"{path} needs the two marks that the figures stand between")
    head, _, rest = text.partition(BEGIN)
    tail = rest.partition(END)[2]
    scope = "a quick look, not figures to quote" if quick else "all slices in full"
    if set(measured) - {""} and not quick:
        scope = f"in full: {', '.join(measured)}"
    day = datetime.now(UTC).date().isoformat()
    path.write_text(f"{head}{BEGIN}\n{day}, {scope}.\n\n{format_table(measured)}\n\n{END}{tail}", encoding="utf-8")
