"""A setting that nothing reads is a promise that nobody keeps."""

import ast
from dataclasses import fields

from bot.settings import Settings
from tests.source import ROOT, list_files, parse_file
from tools.settings_table import list_pages


def test_every_setting_is_read() -> None:
    files = list_files("wsgi", "bot", "jobs", "console", "api")
    read = {node.attr for path in files for node in ast.walk(parse_file(path)) if isinstance(node, ast.Attribute)}
    procfile = (ROOT / "Procfile").read_text()
    assert not [f.name for f in fields(Settings) if f.name not in read and f"${{{f.name.upper()}" not in procfile]


def test_generated_pages_are_fresh() -> None:
    for path, text in list_pages().items():
        assert path.read_text() == text, f"run `python -m tools.settings_table` for {path.name}"
