"""Makes everything that is stored look older: `python -m tools.age SECONDS`, for tests and for "five days later"."""

import argparse
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Column, Connection, Table, select, text, update
from sqlalchemy.exc import OperationalError

from bot.settings import load_or_exit
from db.engine import dispose_after
from db.tables import metadata
from db.types import UtcTime

ISO_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")

PATIENCE, MOST_ATTEMPTS = "400ms", 40  # shorter than PostgreSQL's search for a deadlock, which ends a transaction
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Under these names a day is one of a project's own life, such as its installation; other days, as those of a law or
# a bill, stay what they are.
OWN_DAYS = {"days", "on_the_way", "installation_date", "installation_day", "date", "about"}


def shift(database_url: str, seconds: float) -> int:
    """Moves every stored time `seconds` into the past, those inside JSON too, in one transaction; rows changed."""
    with dispose_after(database_url) as engine, engine.connect() as connection, connection.begin():
        if engine.dialect.name == "postgresql":  # nothing may change between our reading and our writing
            _lock_tables(connection)
        return sum(_shift_table(connection, table, seconds) for table in metadata.sorted_tables)


def _lock_tables(connection: Connection) -> None:
    """All tables; whoever holds one and wants another goes first, or each would wait for the other."""
    names = ", ".join(table.name for table in metadata.sorted_tables)
    connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
    for attempt in range(1, MOST_ATTEMPTS + 1):
        try:
            with connection.begin_nested():
                connection.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))
            return
        except OperationalError:
            if attempt == MOST_ATTEMPTS:
                raise


def shift_value(value: Any, by: timedelta, name: str = "") -> Any:
    """`value` with every ISO 8601 time in it moved back, and the days of OWN_DAYS by as many whole days.

    JSON-native in and out; `name` is what it stands under: for what is in a list or a slot, that of the list or slot.
    """
    if isinstance(value, str):
        return _shift_text(value, by, name)
    if isinstance(value, list):
        return [shift_value(item, by, name) for item in value]
    if isinstance(value, dict):
        return {inner: shift_value(item, by, name if inner == "value" else inner) for inner, item in value.items()}
    return value - by if isinstance(value, datetime) else value


def _shift_text(text: str, by: timedelta, name: str) -> str:
    if ISO_TIME.fullmatch(text):
        return (datetime.fromisoformat(text) - by).astimezone(UTC).isoformat()
    if name in OWN_DAYS and DAY.fullmatch(text):
        return (date.fromisoformat(text) - timedelta(days=by.days)).isoformat()
    return text


def _shift_table(connection: Connection, table: Table, seconds: float) -> int:
    dated = [column for column in table.columns if isinstance(column.type, UtcTime) or _is_json(column)]
    keys = list(table.primary_key.columns)
    changed = 0
    for row in connection.execute(select(*keys, *dated)).all():
        values = {column.name: shift_value(row._mapping[column], timedelta(seconds=seconds)) for column in dated}
        values = {name: value for name, value in values.items() if value != row._mapping[table.c[name]]}
        if values:
            named = [key == row._mapping[key] for key in keys]
            changed += connection.execute(update(table).where(*named).values(values)).rowcount
    return changed


def _is_json(column: Column[Any]) -> bool:
    return isinstance(column.type, JSON)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.age", description=__doc__)
    parser.add_argument("seconds", type=float)
    print(f"{shift(load_or_exit().database_url, parser.parse_args().seconds)} rows are older now.")


if __name__ == "__main__":
    main()
