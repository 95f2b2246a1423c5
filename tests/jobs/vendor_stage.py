"""A stage with vendors of projects: a real OpenSolar and Aurora, confirmed projects, and what the vendors then hold."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from db.conversations import Conversation
from db.inbox import InboxRow
from db.outbox import OutboxRow
from db.projects import Project
from db.vendor_calls import VendorCall
from db.vendor_projects import VendorProject
from tests.jobs.stage import ALICE, Stage
from tools.sandbox.options import (
    AURORA_KEY,
    AURORA_TENANT,
    OPENSOLAR_ORG,
    OPENSOLAR_TOKEN,
)
from tools.sandbox.runner import Sandbox

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HOME = {
    "name": "Alice Moreno",
    "email": "alice@mail.example",
    "street": "12 Sample Road",
    "city": "San Jose",
    "state": "CA",
    "postal_code": "95112",
    "country": "US",
    "owner": True,
    "utility": "PG&E",
    "monthly_bill_cents": 24050,
    "currency": "USD",
    "roof_type": "clay_tile",
    "alternate_name": "Bruno Moreno",
    "alternate_phone": "+14155550150",
    "bill_document": "promised",
    "devices": [
        {"type": "refrigerator", "quantity": 2},
        {"type": "light", "quantity": None},
        {"type": "generator", "quantity": 0},
    ],
}


def hold_slot(value: Any) -> dict[str, Any]:
    """A slot as a project keeps it."""
    return {"is": "SlotValue", "value": value, "raw": "", "source": "user", "confidence": 1.0, "confirmed": True}


def name_vendors(sandbox_url: str, **changes: Any) -> dict[str, Any]:
    """Settings with which every vendor of projects is the sandbox's."""
    return {
        "opensolar_api_base_url": f"{sandbox_url}/opensolar",
        "opensolar_org_id": OPENSOLAR_ORG,
        "opensolar_api_key": OPENSOLAR_TOKEN,
        "opensolar_timeout": 2.0,
        "opensolar_retry_count": 1,
        "aurora_api_url": f"{sandbox_url}/aurora",
        "aurora_tenant_id": AURORA_TENANT,
        **changes,
    }


class VendorStage(Stage):
    """Only OpenSolar is on, unless `aurora_api_key` says otherwise (`AURORA`)."""

    def __init__(self, database_url: str, redis_url: str, sandbox: Sandbox, **changes: Any) -> None:
        given = {"reconcile_after_seconds": 0.05, **name_vendors(sandbox.base_url, **changes)}
        super().__init__(database_url, redis_url, sandbox, **given)

    def add_project(self, phone: str = ALICE, conversation: int | None = None, **columns: Any) -> Any:
        """A confirmed project, of a new contact unless a conversation is named."""
        conversation = conversation or self.add_conversation(phone)
        with self.engine.begin() as connection:
            owner = select(Conversation.contact_id).where(Conversation.id == conversation)
            contact = connection.execute(owner).scalar_one()
            values = {"number": 1, "phone": phone, "confirmed_at": AT, **HOME, **columns}
            values |= {"conversation_id": conversation, "contact_id": contact}
            made = connection.execute(insert(Project).values(**values).returning(Project.__table__))
            return made.one()

    def add_sync(self, project: Any, **payload: Any) -> int:
        effect = {"is": "SyncProject", "project": project.number, "force": False, **payload}
        return self.add_effect(project.conversation_id, "sync_project", effect)

    def change_project(self, project: Any, **columns: Any) -> None:
        self.change(Project, project.id, **columns)

    def sync(self, project: Any, seconds: float = 15.0, **payload: Any) -> Any:
        """Asks for a sync and drains until it has ended; its row."""
        row_id = self.add_sync(project, **payload)
        return self.drain_until_ended(row_id, seconds)

    def drain_until_ended(self, row_id: int, seconds: float = 15.0) -> Any:
        self.drain_until(lambda: self.row(row_id).status not in ("ready", "unknown"), seconds)
        return self.row(row_id)

    def drain_until(self, condition: Callable[[], bool], seconds: float = 15.0) -> None:
        """Drains as the sweeper would have it drained, until `condition` holds."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, [tuple(row) for row in self.rows("sync_project")]
            if not self.run_effects("vendors"):
                time.sleep(0.02)

    def hurry(self) -> None:
        """Whatever waits for a later try is due now."""
        past = datetime.now(UTC) - timedelta(seconds=1)
        with self.engine.begin() as connection:
            connection.execute(update(VendorProject).values(next_try_at=None))
            connection.execute(update(OutboxRow).where(OutboxRow.status == "ready").values(due_at=past))

    def link(self, project: Any, vendor: str = "opensolar") -> Any:
        statement = select(VendorProject.__table__).filter_by(project_id=project.id, vendor=vendor)
        with self.engine.connect() as connection:
            return connection.execute(statement).one()

    def calls(self, vendor: str = "opensolar") -> list[Any]:
        statement = select(VendorCall.__table__).filter_by(vendor=vendor).order_by(VendorCall.id)
        with self.engine.connect() as connection:
            return list(connection.execute(statement).all())

    def news(self) -> list[Any]:
        statement = select(InboxRow.payload).filter_by(kind="vendor").order_by(InboxRow.id)
        with self.engine.connect() as connection:
            return list(connection.execute(statement).scalars())

    def alerts(self) -> list[str]:
        """What staff were told of."""
        return [row.payload["summary"] for row in self.rows("alert_staff")]

    def at_opensolar(self, kind: str = "projects") -> list[dict[str, Any]]:
        return list(self.sandbox.world.opensolar.select(kind))


AURORA = {"aurora_api_key": AURORA_KEY}
