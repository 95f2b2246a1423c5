"""A stage with a project and a simulated Leap, for tests of incentives."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from sqlalchemy import insert, select, update

from db.conversations import Conversation
from db.inbox import InboxRow
from db.incentives import IncentiveApplication, IncentiveCase, IncentiveResult
from db.outbox import OutboxRow
from db.projects import Project
from db.vendor_calls import VendorCall
from jobs.context import open_context
from tests.jobs.stage import Stage
from tools.sandbox.options import LEAP_KEY
from tools.sandbox.runner import Sandbox

PATHS = {"current": "/leap", "legacy": "/leap/alpha"}
BROOKLYN = {"street": "1 Example St", "city": "Brooklyn", "state": "NY", "postal_code": "11201", "country": "US"}
ANCHORAGE = {"street": "1 Example St", "city": "Anchorage", "state": "AK", "postal_code": "99501", "country": "US"}


class Home:
    """A conversation with one confirmed project in Brooklyn that has panels and a battery to come."""

    def __init__(
        self, database_url: str, redis_url: str, sandbox: Sandbox, contract: str = "current", **more: Any
    ) -> None:
        leap = {
            "leap_api_url": sandbox.base_url + PATHS[contract],
            "leap_api_key": LEAP_KEY,
            "leap_api_contract": contract,
        }
        self.stage = Stage(database_url, redis_url, sandbox, **{**leap, **more})
        self.sandbox = sandbox
        self.conversation = self.stage.add_conversation()
        self.project_id = self.add_project(1)

    def add_project(self, number: int, **columns: Any) -> int:
        with self.stage.engine.begin() as connection:
            contact = connection.execute(
                select(Conversation.contact_id).where(Conversation.id == self.conversation)
            ).scalar_one()
            values = {
                "conversation_id": self.conversation,
                "contact_id": contact,
                "number": number,
                "confirmed_at": datetime.now(UTC),
                "devices": [{"type": "battery", "quantity": 1}],
                **BROOKLYN,
                **columns,
            }
            return int(connection.execute(insert(Project).values(**values)).inserted_primary_key[0])

    def change(self, **columns: Any) -> None:
        self.stage.change(Project, self.project_id, **columns)

    def look_up(self, project: int = 1) -> Any:
        """The effect runs, with whatever steps it takes; its row afterwards."""
        payload = {"is": "LookUpIncentives", "project": project}
        return self.run("look_up_incentives", payload)

    def apply(self, project: int = 1) -> Any:
        return self.run("apply_for_incentives", {"is": "ApplyForIncentives", "project": project})

    def run(self, kind: str, payload: dict[str, Any], **columns: Any) -> Any:
        row_id = self.stage.add_effect(columns.pop("conversation", self.conversation), kind, payload, **columns)
        return self.again(row_id)

    def again(self, row_id: int) -> Any:
        """The row is due now, whatever it waits for, and runs."""
        now = datetime.now(UTC)
        row = self.stage.row(row_id)
        if row.status == "ready":
            self.stage.change(OutboxRow, row_id, due_at=now - timedelta(seconds=1))
        self.stage.run_effects("vendors")
        return self.stage.row(row_id)

    def case(self, project: int | None = None) -> Any:
        with self.stage.engine.connect() as connection:
            wanted = IncentiveCase.project_id == (project or self.project_id)
            return connection.execute(select(IncentiveCase.__table__).where(wanted)).one()

    def change_case(self, **columns: Any) -> None:
        with self.stage.engine.begin() as connection:
            connection.execute(update(IncentiveCase).values(**columns))

    def news(self, what: str = "incentives") -> list[dict[str, Any]]:
        """The facts of every such news, oldest first."""
        with self.stage.engine.connect() as connection:
            rows = connection.execute(select(InboxRow.payload).where(InboxRow.kind == "vendor").order_by(InboxRow.id))
            events = [row.payload for row in rows]
        assert all(event["is"] == "VendorEvent" and event["vendor"] == "leap" for event in events)
        return [news["facts"] for event in events for news in event["news"] if news["what"] == what]

    def results(self) -> list[Any]:
        with self.stage.engine.connect() as connection:
            return list(connection.execute(select(IncentiveResult.__table__).order_by(IncentiveResult.id)))

    def applications(self) -> list[Any]:
        with self.stage.engine.connect() as connection:
            return list(connection.execute(select(IncentiveApplication.__table__).order_by(IncentiveApplication.id)))

    def calls(self) -> list[Any]:
        with self.stage.engine.connect() as connection:
            return list(connection.execute(select(VendorCall.__table__).order_by(VendorCall.id)))

    def operations(self) -> list[str]:
        """What the simulated Leap worked out, oldest first."""
        return [entry["operation"] for entry in self.sandbox.world.ledger.entries("leap_incentives_computed")]

    def break_leap(self, endpoint: str, kind: str, **more: Any) -> None:
        self.sandbox.world.faults.add({"endpoint": endpoint, "kind": kind, **more})

    def pull(self, lever: str, **wish: Any) -> None:
        answer = httpx.post(f"{self.sandbox.base_url}/sandbox/leap/{lever}", json=wish, trust_env=False)
        assert answer.status_code == 200, answer.text

    def restart(self) -> None:
        """Another process goes on, later: it knows of no breaker and no catalogue, and every wait is over."""
        settings = self.stage.context.settings
        waits = list(self.stage.context.bell.redis.scan_iter("pace:*:until"))
        if waits:
            self.stage.context.bell.redis.delete(*waits)
        self.stage.context.close()
        self.stage.context = open_context(settings)
        self.stage.engine = self.stage.context.engine

    def close(self) -> None:
        self.stage.close()
