"""What a solar vendor remembers: tables of plain rows, numbered, safe between threads, and made older on request."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

Row = dict[str, Any]
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
DAY_SECONDS = 86400
TIMELESS = ("date_of_birth",)


def write_now() -> str:
    return write_moment(datetime.now(UTC))


def write_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_moment(text: str) -> datetime:
    """Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def shift_back(value: Any, seconds: float) -> Any:
    """`value` with every time in it moved into the past, and every day by as many whole days."""
    if isinstance(value, dict):
        return {key: item if key in TIMELESS else shift_back(item, seconds) for key, item in value.items()}
    if isinstance(value, list):
        return [shift_back(item, seconds) for item in value]
    if not isinstance(value, str):
        return value
    if MOMENT.fullmatch(value):
        return write_moment(read_moment(value) - timedelta(seconds=seconds))
    if DAY.fullmatch(value):
        return (date.fromisoformat(value) - timedelta(days=seconds // DAY_SECONDS)).isoformat()
    return value


class Tables:
    """Rows are JSON-native, so that they can be kept, and dated in real time: advancing the clock makes them older.

    `version` grows with each change, so that a page can ask whether anything is new. Tables named in `passing` are
    about work under way, which a restart ends.
    """

    passing: tuple[str, ...] = ()

    def __init__(self, first_ids: dict[str, int]) -> None:
        self.lock = threading.RLock()
        self.version = 1
        self._next = dict(first_ids)
        self._rows: dict[str, dict[Any, Row]] = {name: {} for name in first_ids}
        self._of_project: dict[tuple[str, Any], dict[Any, Row]] = {}

    def add(self, table: str, make: Callable[[int], Row]) -> Row:
        """Keep the row that `make` gives for the next number; its `id` is its key."""
        with self.lock:
            number = self._next[table]
            self._next[table] = number + 1
            row = make(number)
            self._keep(table, row)
            self.version += 1
            return row

    def change(self, row: Row, values: Row) -> frozenset[str]:
        """Set `values`; the names of those that were different."""
        with self.lock:
            changed = frozenset(name for name, value in values.items() if row.get(name) != value)
            row.update(values)
            self.version += bool(changed)
            return changed

    def find(self, table: str, key: Any) -> Row | None:
        return self._rows[table].get(key)

    def remove(self, table: str, key: Any) -> None:
        with self.lock:
            row = self._rows[table].pop(key, None)
            if row is not None and "project_id" in row:
                self._of_project[table, row["project_id"]].pop(key, None)
            self.version += 1

    def newest_first(self, table: str) -> list[Row]:
        with self.lock:
            return list(self._rows[table].values())[::-1]

    def select(self, table: str, **wanted: Any) -> Iterator[Row]:
        """Rows in the order in which they were added, with these values; those of one project are found at once."""
        with self.lock:
            of_project = "project_id" in wanted
            found = self._of_project.get((table, wanted["project_id"]), {}) if of_project else self._rows[table]
            rows = list(found.values())
        return (row for row in rows if all(row.get(name) == value for name, value in wanted.items()))

    def issue(self, counter: str) -> int:
        """The next number of a counter that has no rows."""
        with self.lock:
            number = self._next[counter]
            self._next[counter] = number + 1
            return number

    def make_older(self, seconds: float) -> None:
        with self.lock:
            for rows in self._rows.values():
                for row in rows.values():
                    row.update(shift_back(row, seconds))
            self.version += 1

    def pack(self) -> Row:
        """All of it as JSON-native data, for `unpack`."""
        with self.lock:
            kept_rows = {name: rows for name, rows in self._rows.items() if name not in self.passing}
            rows = {name: [dict(row) for row in rows.values()] for name, rows in kept_rows.items()}
            return {"next": dict(self._next), "rows": rows}

    def unpack(self, kept: Row) -> None:
        with self.lock:
            self._next.update(kept["next"])
            for table, rows in kept["rows"].items():
                for row in rows:
                    self._keep(table, row)
            self.version += 1

    def _keep(self, table: str, row: Row) -> None:
        self._rows[table][row["id"]] = row
        if "project_id" in row:
            self._of_project.setdefault((table, row["project_id"]), {})[row["id"]] = row


def save_tables(vendors: dict[str, Tables], path: Path) -> None:
    """Beside the account's file `path`, replaced in one step."""
    fresh = path.with_name(path.name + ".vendors.new")
    fresh.write_text(json.dumps({name: tables.pack() for name, tables in vendors.items()}), encoding="utf-8")
    fresh.replace(path.with_name(path.name + ".vendors"))


def load_tables(vendors: dict[str, Tables], path: Path) -> None:
    """Fill empty tables from beside `path`; without such a file there is nothing to remember."""
    kept_at = path.with_name(path.name + ".vendors")
    if not kept_at.exists():
        return
    for name, kept in json.loads(kept_at.read_text(encoding="utf-8")).items():
        vendors[name].unpack(kept)
