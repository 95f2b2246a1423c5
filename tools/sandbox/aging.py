"""The product's side of the sandbox: its database is aged and its confirmed projects are shown."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sqlalchemy.exc import SQLAlchemyError


class DatabaseUnreadable(RuntimeError):
    """The product's database cannot be read or aged; the text says why."""


def age_database(database_url: str, seconds: float) -> str:
    """Make everything in the product's database older; says `aged`, or why not.

    Raises DatabaseUnreadable.
    """
    if not database_url:
        return "no database given"
    try:
        import_module("tools.age").shift(database_url, seconds)
    except (ImportError, SQLAlchemyError) as error:
        raise DatabaseUnreadable(f"{type(error).__name__}: {error}") from error
    return "aged"


def list_projects(database_url: str) -> list[dict[str, Any]]:
    """Confirmed projects as the product stores them. Raises DatabaseUnreadable."""
    try:
        found = import_module("tools.projects").list_projects(database_url)
    except (ImportError, SQLAlchemyError) as error:
        raise DatabaseUnreadable(f"{type(error).__name__}: {error}") from error
    return [dict(project) for project in found]
