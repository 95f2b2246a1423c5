"""A setting that nothing reads is a promise that nobody keeps."""

import ast
from dataclasses import fields

from bot.settings import Settings
from tests.source import ROOT, list_files, parse_file
from tools.settings_table import list_pages


def test_every_setting_is_read() -> None:
    files = [*list_files("wsgi", "bot", "jobs", "console", "api"), ROOT / "gunicorn.conf.py"]
    read = set().union(*(find_read(parse_file(path)) for path in files))
    procfile = (ROOT / "Procfile").read_text()
    assert not [f.name for f in fields(Settings) if f.name not in read and f"${{{f.name.upper()}" not in procfile]


def test_only_settings_are_looked_at() -> None:
    tree = ast.parse(
        "context.channel, settings.market, self.context.settings.log_level, load_or_exit().port, parts.port"
    )
    assert find_read(tree) == {"market", "log_level", "port"}
    assert find_read(ast.parse("row.language, parts.port, port")) == set()


def find_read(tree: ast.AST) -> set[str]:
    """The attributes that are read of something called `settings`: a column may well share a setting's name."""
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _is_settings(node.value)}


def _is_settings(node: ast.expr) -> bool:
    return ast.unparse(node).rpartition(".")[2] in ("settings", "load_or_exit()", "load_settings()")


def test_generated_pages_are_fresh() -> None:
    for path, text in list_pages().items():
        assert path.read_text() == text, f"run `python -m tools.settings_table` for {path.name}"
