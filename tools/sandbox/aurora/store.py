"""The simulated tenant's memory: projects, design requests, designs, jobs, agreements and webhooks."""

from __future__ import annotations

import uuid

from tools.sandbox.tables import Row, Tables

TABLES = (
    *("projects", "design_requests", "designs", "jobs", "agreements", "site_surveys", "plan_sets", "milestones"),
    "webhooks",
)


class Tenant(Tables):
    """Every row has a UUID as its `id`."""

    def __init__(self) -> None:
        super().__init__(dict.fromkeys(TABLES, 1))

    def keep(self, table: str, values: Row) -> Row:
        return self.add(table, lambda _: {"id": str(uuid.uuid4()), **values})

    def find_by_name(self, name: str) -> Row | None:
        """A project by its id or by its `external_provider_id`, the newest first."""
        rows = self.newest_first("projects")
        return next((row for row in rows if name in (row["id"], row["external_provider_id"])), None)

    def latest(self, table: str, project_id: str) -> Row | None:
        return next((row for row in self.newest_first(table) if row["project_id"] == project_id), None)
