"""Confirmed projects, one JSON line each: `python -m tools.projects`."""

import json
from datetime import UTC
from typing import Any

from sqlalchemy import select

from bot.settings import load_or_exit
from db.engine import dispose_after
from db.projects import Project


def list_projects(database_url: str) -> list[dict[str, Any]]:
    """Every confirmed project, the oldest first; unknown texts are null, `monthly_bill` is in units of money."""
    with dispose_after(database_url) as engine, engine.connect() as connection:
        return [
            describe_row(row._mapping) for row in connection.execute(select(Project.__table__).order_by(Project.id))
        ]


def describe_row(row: Any) -> dict[str, Any]:
    cents = row["monthly_bill_cents"]
    bill = None if cents is None else cents // 100 if cents % 100 == 0 else cents / 100
    return {
        "id": row["id"],
        **{name: row[name] or None for name in ("phone", "name", "street", "city", "state", "postal_code", "country")},
        "monthly_bill": bill,
        "monthly_kwh": row["monthly_kwh"],
        "utility": row["utility"] or None,
        "devices": row["devices"],
        "status": row["status"],
        "confirmed_at": row["confirmed_at"].astimezone(UTC).isoformat(),
    }


def main() -> None:
    for project in list_projects(load_or_exit().database_url):
        print(json.dumps(project, ensure_ascii=False))


if __name__ == "__main__":
    main()
