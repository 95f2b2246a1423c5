"""The plain pages that a vendor's links open: a proposal, incentives."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from flask import Response

POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'"
HEAD = (
    '<!doctype html><html lang="en"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<link rel="stylesheet" href="/static/sheet.css">'
)


def answer_sheet(title: str, inner: str) -> Response:
    """`title` as text, `inner` as HTML."""
    head = f"{HEAD}<title>{escape(title)}</title><main><h1>{escape(title)}</h1>"
    note = '<p class="small">A simulated page: every name and number is invented.</p></main>'
    answer = Response(head + inner + note, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


def draw_facts(facts: Iterable[str]) -> str:
    """A list of `Name: value` as HTML."""
    rows = [fact.partition(": ") for fact in facts]
    return "<dl>" + "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, _, value in rows) + "</dl>"
