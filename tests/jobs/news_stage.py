"""A stage on which vendors call our webhooks: the sandbox's OpenSolar and Aurora, our web process, and the drain."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from sqlalchemy import func, insert, select, update

from bot.app import create_app
from bot.settings import Settings
from db.projects import Project
from db.vendor_events import VendorEventRow
from db.vendor_projects import VendorProject
from jobs.vendors import drain_vendors
from tests.jobs.stage import ALICE, Stage
from tests.jobs.vendor_stage import VendorStage
from tools.sandbox.options import AURORA_KEY, AURORA_SECRET, OPENSOLAR_ORG, OPENSOLAR_SECRET, OPENSOLAR_TOKEN, Options
from tools.sandbox.runner import Sandbox, run_sandbox
from tools.sandbox.server import LeanServer

SECRETS = {"opensolar_webhook_secret": (OPENSOLAR_SECRET,), "aurora_webhook_secret": (AURORA_SECRET,)}
BOTH = {"aurora_api_key": AURORA_KEY, "aurora_design": "design_team"}


@contextmanager
def serve_web(database_url: str, redis_url: str) -> Iterator[tuple[str, Any]]:
    """Our web process in a thread: its address, and a client of its application."""
    secret = ("a secret for tests alone",)
    app = create_app(Settings(database_url=database_url, redis_url=redis_url, secret_key=secret, **SECRETS))
    server = LeanServer(("127.0.0.1", 0), app)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}", app.test_client()
    finally:
        server.close_all()
        thread.join(timeout=5)


@contextmanager
def open_stage(database_url: str, redis_url: str, **changes: Any) -> Iterator["NewsStage"]:
    with serve_web(database_url, redis_url) as (web_url, web):
        options = Options(app_url=web_url, callbacks=(), seed=7, opensolar_minute=0)
        options.aurora_minute = 0
        with run_sandbox(options) as sandbox:
            stage = NewsStage(database_url, redis_url, sandbox, public_url=web_url, **changes)
            stage.web = web
            yield stage
            stage.close()


class NewsStage(VendorStage):
    """`web` is a client of our web application."""

    web: Any

    def __init__(self, database_url: str, redis_url: str, sandbox: Sandbox, **changes: Any) -> None:
        super().__init__(database_url, redis_url, sandbox, **changes)
        self.http = httpx.Client(base_url=sandbox.base_url, trust_env=False, timeout=20)

    def close(self) -> None:
        self.http.close()
        Stage.close(self)

    def place(self, phone: str = ALICE, **columns: Any) -> Any:
        """A project that its vendors have, and whose first read is done; from now on they call us."""
        project = self.add_project(phone, **columns)
        self.add_sync(project)
        self.work()
        for vendor in ("opensolar", "aurora"):
            assert self.http.post(f"/sandbox/{vendor}/register").status_code == 200
        return project

    def adopt(self, phone: str) -> Any:
        """A project that is at OpenSolar, without a sync: our own limit lets few be created a minute."""
        project = self.add_project(phone)
        reference = f"hg-{project.id}-adopted"
        fields = {"identifier": reference, "is_residential": "1", "address": project.street}
        path, token = f"/opensolar/api/orgs/{OPENSOLAR_ORG}/projects/", {"Authorization": f"Bearer {OPENSOLAR_TOKEN}"}
        answer = self.http.post(path, json=fields, headers=token)
        assert answer.status_code == 201, answer.text
        values = {"project_id": project.id, "vendor": "opensolar", "reference": reference}
        with self.engine.begin() as connection:
            connection.execute(insert(VendorProject).values(external_id=str(answer.json()["id"]), **values))
        return project

    def move(self, project: Any, move: str, vendor: str = "opensolar", **wish: Any) -> int:
        """Something happens at the vendor; returns when its webhooks were answered. How many there were."""
        before = self.count_attempts()
        name = self.link(project, vendor).external_id
        answer = self.http.post(f"/sandbox/{vendor}/projects/{name}/{move}", json=wish)
        assert answer.status_code == 200, answer.text
        sent = int(answer.json()["webhooks"])
        self.await_attempts(before + sent)
        return sent

    def count_attempts(self) -> int:
        return len(self.sandbox.world.ledger.entries("vendor_webhook_attempted"))

    def await_attempts(self, count: int) -> None:
        end = time.monotonic() + 20
        while self.count_attempts() < count:
            assert time.monotonic() < end, f"{self.count_attempts()} of {count} webhooks"
            time.sleep(0.02)

    def work(self, linger: float = 0.0) -> None:
        """Drains the queue of vendors as its worker would, until nothing is due."""
        assert drain_vendors(self.context, seconds=30, linger=linger)

    def rest(self, seconds: float = 10.0) -> None:
        """Some time goes by since the last reads."""
        past = datetime.now(UTC) - timedelta(seconds=seconds)
        with self.engine.begin() as connection:
            reads = update(VendorProject).where(VendorProject.read_at > past)
            connection.execute(reads.values(read_at=past))

    def hear(self, project: Any, move: str, vendor: str = "opensolar", **wish: Any) -> list[list[str]]:
        """Something happens at the vendor after a quiet while: the news of each event that it led to."""
        self.rest()
        before = len(self.news())
        self.move(project, move, vendor, **wish)
        self.work()
        return [[each["what"] for each in event["news"]] for event in self.news()[before:]]

    def look(self) -> list[list[str]]:
        """The poller looks, and what it wanted is read: the news of each event that it led to."""
        before = len(self.news())
        with self.engine.begin() as connection:
            connection.execute(
                update(VendorProject).values(due_at=func.coalesce(VendorProject.due_at, datetime.now(UTC)))
            )
        self.work()
        return [[each["what"] for each in event["news"]] for event in self.news()[before:]]

    def events(self, **where: Any) -> list[Any]:
        statement = select(VendorEventRow.__table__).filter_by(**where).order_by(VendorEventRow.id)
        with self.engine.connect() as connection:
            return list(connection.execute(statement).all())

    def statuses(self) -> dict[str, int]:
        """How many webhooks have which status."""
        statement = select(VendorEventRow.status, func.count()).group_by(VendorEventRow.status)
        with self.engine.connect() as connection:
            return {str(row[0]): int(row[1]) for row in connection.execute(statement)}

    def status(self, project: Any) -> str:
        with self.engine.connect() as connection:
            return str(connection.execute(select(Project.status).where(Project.id == project.id)).scalar_one())

    def reads(self) -> int:
        """How often a project was fetched from OpenSolar to be read."""
        return len([call for call in self.calls() if call.sync_type == "fetch_status" and "/projects/" in call.path])

    def add_events(self, count: int, **columns: Any) -> None:
        """Webhooks as the web process leaves them."""
        values = {"vendor": "opensolar", "event": "Project.UPDATE", "payload": {}, **columns}
        with self.engine.begin() as connection:
            connection.execute(insert(VendorEventRow), [values] * count)
