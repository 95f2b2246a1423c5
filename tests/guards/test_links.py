"""Every relative link in the documentation leads to a file."""

import re
from pathlib import Path

import pytest

from tests.source import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?![a-z]+:|#)([^)\s#]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_shows_a_picture() -> None:
    assert "docs/chat.png" in LINK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
