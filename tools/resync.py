"""Brings projects to their vendors again and shows how far it has come."""

import sys
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TextIO

from sqlalchemy import Engine, select

from db.outbox import OutboxRow, insert_effect
from db.projects import Project
from jobs.context import Context
from jobs.runner import LEASES, run_next

WIDTH = 30  # characters
POLL_SECONDS = 0.25
ENDED = ("done", "parked", "held", "cancelled")


@dataclass
class Bar:
    """A bar that is drawn over itself on a terminal; elsewhere a line for each tenth."""

    total: int
    out: TextIO = field(default_factory=lambda: sys.stderr)
    _shown: int = -1

    def show(self, done: int, note: str = "") -> None:
        if self.out.isatty():
            filled = WIDTH * done // max(self.total, 1)
            bar = "#" * filled + "-" * (WIDTH - filled)
            print(f"\r[{bar}] {done}/{self.total} {note[:60]:<60}", end="", file=self.out, flush=True)
        elif (tenth := 10 * done // max(self.total, 1)) != self._shown:
            self._shown = tenth
            print(f"{done}/{self.total} {note}".rstrip(), file=self.out, flush=True)

    def close(self) -> None:
        if self.out.isatty():
            print(file=self.out)


def find_projects(engine: Engine, ids: Sequence[int]) -> list[Any]:
    """id, conversation_id and number of the projects, all of them without ids, oldest first. LookupError for ids that
    are none."""
    statement = select(Project.id, Project.conversation_id, Project.number).order_by(Project.id)
    with engine.connect() as connection:
        rows = list(connection.execute(statement.where(Project.id.in_(ids)) if ids else statement).all())
    if missing := sorted(set(ids) - {row.id for row in rows}):
        raise LookupError(f"There is no project {', '.join(map(str, missing))}.")
    return rows


def ask_syncs(engine: Engine, projects: Sequence[Any], payload: dict[str, Any]) -> dict[int, int]:
    """One sync for each project, as if the conversation had asked for it; effect id to project id."""
    name = uuid.uuid4().hex
    asked = {}
    with engine.begin() as connection:
        for project in projects:
            key = f"resync:{name}:{project.id}"
            effect = {"is": "SyncProject", "project": project.number, **payload}
            insert_effect(
                connection, key=key, conversation_id=project.conversation_id, kind="sync_project", payload=effect
            )
            asked[connection.execute(select(OutboxRow.id).where(OutboxRow.key == key)).scalar_one()] = project.id
    return asked


def work_off(context: Context, asked: dict[int, int], bar: Bar) -> list[Any]:
    """Works beside the workers, if there are any, until every one of `asked` has ended; their rows. What a vendor's
    limits delay is waited for."""
    lease_seconds = context.settings.lease_seconds * LEASES["vendors"]
    while True:
        rows = read_rows(context.engine, list(asked))
        ended = [row for row in rows if row.status in ENDED]
        bar.show(len(ended), next((row.error for row in rows if row.status not in ENDED and row.error), ""))
        if len(ended) == len(rows):
            return rows
        if not run_next(context, ["sync_project"], lease_seconds):
            time.sleep(POLL_SECONDS)  # the pause of a poll that ends with the work, or with Ctrl-C


def read_rows(engine: Engine, ids: Sequence[int]) -> list[Any]:
    """id, status, error and result of effects."""
    columns = (OutboxRow.id, OutboxRow.status, OutboxRow.error, OutboxRow.result)
    with engine.connect() as connection:
        return list(connection.execute(select(*columns).where(OutboxRow.id.in_(ids)).order_by(OutboxRow.id)).all())
