"""The simulated organisation's memory: projects, contacts, events, systems, files, webhooks and their logs."""

from __future__ import annotations

from tools.sandbox.tables import Row, Tables

FIRST_IDS = {
    "projects": 6624,
    "contacts": 60,
    "events": 501,
    "systems": 900,
    "files": 300,
    "webhooks": 1,
    "logs": 1,
    "queue": 1,
    "tokens": 1,
    "event_id": 991,
}
WORKFLOW_ID = 84
# (id, title, milestone): 0 Presale, 1 Lock pricing, 2 Sold, 3 Installed, 4 Other
STAGES = (
    (431, "New lead", 0),
    (432, "Design", 0),
    (433, "Proposal", 1),
    (434, "Sold", 2),
    (435, "Installed", 3),
    (436, "Lost", 4),
)
STAGE_BY_MILESTONE = {"presale": 431, "design": 432, "lock_pricing": 433, "sold": 434, "installed": 435, "other": 436}
ROOF_TYPES = {
    6: "Composition / Asphalt Shingle",
    7: "Flat Concrete",
    14: "Metal Standing Seam",
    16: "Metal Tin",
    19: "Tile Clay",
    20: "Tile Concrete",
    21: "Tile Slate",
    23: "Other",
    24: "Kliplock",
}


class Organisation(Tables):
    """One organisation; rows hold ids where the API shows URLs."""

    passing = ("queue",)

    def __init__(self) -> None:
        super().__init__(FIRST_IDS)

    def belongs_elsewhere(self, table: str, number: int) -> bool:
        """Whether somebody else owns that id: the numbers below our first ones."""
        return 0 < number < FIRST_IDS[table]

    def find_by_name(self, name: str) -> Row | None:
        """A project by its id or by its `identifier`, the newest first."""
        if name.isdigit() and (row := self.find("projects", int(name))):
            return row
        return next((row for row in self.newest_first("projects") if row["identifier"] == name), None)


def describe_stages() -> list[Row]:
    return [
        {"id": number, "title": title, "milestone": milestone, "order": order}
        for order, (number, title, milestone) in enumerate(STAGES)
    ]
