"""Draws each flow as docs/graphs/<flow>.svg: its questions from top to bottom, and where each answer leads."""

import argparse
import sys
from collections import defaultdict
from dataclasses import dataclass
from html import escape
from pathlib import Path

from flows.conditions import describe_condition
from flows.definition import Flow, list_causes
from flows.explore import Edge, walk_flow
from flows.markets import MARKETS
from flows.registry import FLOWS

FOLDER = Path(__file__).parent.parent / "docs" / "graphs"
ROW, BOX_WIDTH, BOX_HEIGHT, LEFT, TOP = 78, 330, 46, 30, 60
LANE = 56
"""Pixels that an arc bulges out for each row it passes over."""

STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1d2a33 }
.small, .label { font-size: 11px; fill: #55656f }
.label { paint-order: stroke; stroke: #fff; stroke-width: 4px }
.title { font-size: 17px; font-weight: 600 }
.question { fill: #eef6ff; stroke: #3b78b5 }
.optional { fill: #f7f7f7; stroke: #8a97a0; stroke-dasharray: 5 3 }
.told { fill: #fff6e5; stroke: #b8862b }
.ending { fill: #e9f7ec; stroke: #3d8f57 }
path { fill: none; stroke: #6b7a85; stroke-width: 1.3 }
"""


@dataclass(frozen=True)
class Arrow:
    """From one row to a later one; `label` names the answers that lead there."""

    start: int
    end: int
    label: str


def draw_flow(flow: Flow) -> str:
    """The flow as SVG text; the same flow gives the same text."""
    names = list_rows(flow)
    arrows = list_arrows(flow, names)
    width = LEFT + BOX_WIDTH + 90 + LANE * 3 // 4 * max(arrow.end - arrow.start for arrow in arrows)
    height = TOP + ROW * len(names)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f"<style>{STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8z" style="fill:#6b7a85;stroke:none"/></marker></defs>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text class="title" x="{LEFT}" y="32">{escape(flow.name)}, version {flow.version}</text>',
        *(draw_path(arrow) for arrow in arrows),
        *(draw_label(arrow) for arrow in arrows),
        *(line for row, name in enumerate(names) for line in draw_box(flow, row, name)),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def list_rows(flow: Flow) -> list[str]:
    """Intake and its endings, then what follows: each fact that is told, with the questions that it raises."""
    own = [slot.name for slot in flow.questions if slot.name not in flow.follow_ups]
    later = [slot.name for slot in flow.slots if slot.name in flow.follow_ups and not slot.comes_with]
    return [*own, *(ending.name for ending in flow.endings), *later]


def is_shown(flow: Flow, edge: Edge) -> bool:
    """Of what follows submission only the ways within a script; each fact may be told at any time."""
    if edge.question not in flow.follow_ups:
        return True
    return bool(find_roots(flow, edge.question) & find_roots(flow, edge.leads_to))


def find_roots(flow: Flow, name: str) -> set[str]:
    """The facts that a question goes back to."""
    slot = flow.by_name.get(name)
    if slot is None or slot.told:
        return {name} if slot else set()
    return {root for cause in list_causes(slot) if cause in flow.follow_ups for root in find_roots(flow, cause)}


def list_arrows(flow: Flow, names: list[str]) -> list[Arrow]:
    """The ways through the flow, answers that lead to the same place on one arrow; markets named where they differ."""
    markets: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for code in MARKETS:
        for edge in filter(lambda each: is_shown(flow, each), walk_flow(flow, code).edges):
            markets[edge.question, edge.leads_to, edge.answer].add(code)
    answers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (question, leads_to, answer), codes in sorted(markets.items()):
        everywhere = len(codes) == len(MARKETS)
        answers[question, leads_to].append(answer if everywhere else f"{answer} ({', '.join(sorted(codes))})")
    arrows = [
        Arrow(names.index(question), names.index(leads_to), " or ".join(labels))
        for (question, leads_to), labels in answers.items()
    ]
    arrows = [
        arrow for arrow in arrows if arrow.start < arrow.end
    ]  # back to where nothing is asked goes without saying
    return sorted(arrows, key=lambda arrow: (arrow.start, arrow.end))


def draw_box(flow: Flow, row: int, name: str) -> list[str]:
    y = TOP + row * ROW
    slot = flow.by_name.get(name)
    if slot is None:
        kind, note = "ending", "ending"
    elif slot.told:
        kind, note = "told", "told by a vendor or staff, after submission"
    else:
        kind = "optional" if slot.optional else "question"
        gathered = [each.name for each in flow.slots if each.comes_with == name]
        note = f"asked when {describe_condition(slot.when)}" if slot.when else ""
        note = note or ("also takes " + ", ".join(gathered) if gathered else slot.kind)
    return [
        f'<rect class="{kind}" x="{LEFT}" y="{y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="8"/>',
        f'<text x="{LEFT + 12}" y="{y + 19}">{escape(name)}</text>',
        f'<text class="small" x="{LEFT + 12}" y="{y + 36}">{escape(shorten_note(note))}</text>',
    ]


def shorten_note(note: str) -> str:
    return note if len(note) <= 54 else f"{note[:53]}…"


def draw_path(arrow: Arrow) -> str:
    """Straight down to the next row, an arc on the right to one further down."""
    if arrow.end == arrow.start + 1:
        top = TOP + arrow.start * ROW + BOX_HEIGHT
        return f'<path d="M{LEFT + 40} {top} V{top + ROW - BOX_HEIGHT - 2}" marker-end="url(#tip)"/>'
    x, start, end = LEFT + BOX_WIDTH, middle_of(arrow.start) + 6, middle_of(arrow.end) - 6
    bulge = x + LANE * (arrow.end - arrow.start)
    return f'<path d="M{x} {start} C{bulge} {start} {bulge} {end} {x + 2} {end}" marker-end="url(#tip)"/>'


def draw_label(arrow: Arrow) -> str:
    """Beside a straight arrow, at the widest point of an arc."""
    if arrow.end == arrow.start + 1:
        x, y = LEFT + 48, TOP + arrow.start * ROW + BOX_HEIGHT + 20
    else:
        x = LEFT + BOX_WIDTH + LANE * 3 // 4 * (arrow.end - arrow.start) + 6
        y = (middle_of(arrow.start) + middle_of(arrow.end)) // 2 + 4
    return f'<text class="label" x="{x}" y="{y}">{escape(arrow.label)}</text>'


def middle_of(row: int) -> int:
    return TOP + row * ROW + BOX_HEIGHT // 2


def main() -> int:
    """0, or 1 when `--check` finds a picture that is not of today's flow."""
    parser = argparse.ArgumentParser(prog="python -m tools.graph", description=__doc__)
    parser.add_argument("--check", action="store_true", help="name stale pictures and change nothing")
    arguments = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    stale = []
    for flow in FLOWS.values():
        path, drawn = FOLDER / f"{flow.name}.svg", draw_flow(flow)
        if path.exists() and path.read_text(encoding="utf-8") == drawn:
            continue
        stale.append(path.name)
        if not arguments.check:
            path.write_text(drawn, encoding="utf-8")
    if stale:
        print(f"{'stale' if arguments.check else 'drawn'}: {', '.join(stale)}; run `make graph`" if arguments.check
              else f"drawn: {', '.join(stale)}")  # fmt: skip
    return int(arguments.check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
