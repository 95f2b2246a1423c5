"""The product's side of the sandbox: its database is aged and its confirmed projects are shown."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def age_database(database_url: str, seconds: float) -> str:
    """Make everything in the product's database older; says `aged`, or why not. Errors of the database pass."""
    if not database_url:
        return "no database given"
    import_module("tools.age").shift(database_url, seconds)
    return "aged"


def list_projects(database_url: str) -> list[dict[str, Any]]:
    """Confirmed projects as the product stores them."""
    found = import_module("tools.projects").list_projects(database_url)
    return [dict(project) for project in found]
