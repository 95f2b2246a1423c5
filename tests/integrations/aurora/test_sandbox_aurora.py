"""The client against the simulated Aurora, which knows the vendor's rules and nothing of this mapping."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from integrations.aurora.client import AuroraClient
from integrations.aurora.webhook import EVENTS, UNNEEDED, parse, verify
from integrations.errors import RateLimited, Refused, Throttled, Unanswered, Unauthorised, Uncertain
from integrations.vendor import DesignOrder, Document, Hint, Placed, Usage, VendorState
from tests.integrations.aurora.conftest import SHEET, Desk, OpenClient, read_until
from tests.integrations.stub_api import Answer, Asked, StubApi
from tools.sandbox.options import Options
from tools.sandbox.runner import Sandbox, run_sandbox

SINCE = datetime(2026, 5, 1, tzinfo=UTC)
REFERENCE = SHEET.reference
ORDER = DesignOrder("design_team", notes="Skylight")


def has_design(state: VendorState) -> bool:
    return state.design is not None


def fail(sandbox: Sandbox, endpoint: str, kind: str, **wish: Any) -> None:
    sandbox.world.faults.add({"endpoint": f"aurora.{endpoint}", "kind": kind, **wish})


def count(sandbox: Sandbox, kind: str) -> int:
    return len(sandbox.world.ledger.entries(kind))


def order(client: AuroraClient, placed: Placed) -> Placed:
    client.send_usage(placed, SHEET.usage)
    return client.order_design(placed, ORDER)


def advance(state: VendorState, placed: Placed) -> Placed:
    return Placed(placed.external_id, details=state.details)


def test_a_project_is_there_once(aurora: AuroraClient, sandbox: Sandbox) -> None:
    assert aurora.check() == f"Aurora answers for tenant {sandbox.world.options.aurora_tenant}."
    assert aurora.find_project(SHEET, SINCE).absent
    placed = aurora.create_project(SHEET)
    assert aurora.find_project(SHEET, SINCE).found == placed
    moved = replace(SHEET, street="14 Sample Road")
    aurora.update_project(placed, moved)
    aurora.update_contact(placed, replace(moved, phone="+14155550199"))
    row = sandbox.world.aurora.find("projects", placed.external_id)
    assert row is not None and row["property_address"].startswith("14 Sample Road")
    assert (row["external_provider_id"], row["customer_phone"]) == (REFERENCE, "+14155550199")
    assert count(sandbox, "project_created") == 1


def test_where_the_search_is_not_filtered(sandbox: Sandbox, aurora: AuroraClient) -> None:
    sandbox.world.options.aurora_search = False
    placed = aurora.create_project(SHEET)
    for number in range(120):
        aurora.create_project(replace(SHEET, reference=f"hg-{number}-x"))
    assert aurora.find_project(SHEET, SINCE).found == placed
    missing = aurora.find_project(replace(SHEET, reference="hg-0-y"), SINCE)
    assert (missing.found, missing.absent) == (None, True)


def test_an_older_version(sandbox: Sandbox, open_client: OpenClient) -> None:
    options = sandbox.world.options
    options.aurora_location = "flat"
    given = {"tenant_id": options.aurora_tenant, "api_key": options.aurora_key}
    placed = open_client(f"{sandbox.base_url}/aurora", version="2022.09", **given).create_project(SHEET)
    row = sandbox.world.aurora.find("projects", placed.external_id)
    assert row is not None and row["latitude"] == 37.34
    with pytest.raises(Refused):
        open_client(f"{sandbox.base_url}/aurora", **given).create_project(SHEET)


@pytest.mark.parametrize(
    "usage",
    [
        Usage(monthly_kwh=(None, 380, *(None,) * 10)),
        Usage(average_kwh=700),
        Usage(annual_kwh=9000),
        Usage(monthly_bill=140.5, currency="USD"),
        SHEET.usage,
    ],
)
def test_every_kind_of_consumption_is_taken(aurora: AuroraClient, sandbox: Sandbox, usage: Usage) -> None:
    placed = aurora.create_project(SHEET)
    assert aurora.send_usage(placed, usage)
    assert count(sandbox, "consumption_set") == 1


def test_a_design_from_order_to_proposal(aurora: AuroraClient, desk: Desk) -> None:
    placed = order(aurora, aurora.create_project(SHEET))
    state = aurora.read_state(placed, {})
    assert (state.design, state.details["design_status"]) == (None, "design_requested")
    desk(REFERENCE, "complete", kw=7.2, panels=16, price=21000, battery=True)
    state = read_until(aurora, advance(state, placed), has_design)
    design = state.design
    assert design is not None and (design.kw, design.panels, design.price_cents) == (7.2, 16, 2100000)
    assert design.panel_model and design.inverter_model and design.battery_model and design.yearly_kwh
    assert design.monthly_kwh is not None and 200 < (design.offset or 0) < 300
    assert httpx.get(design.picture_url).headers["Content-Type"].startswith("image/")
    assert state.proposal == ""
    desk(REFERENCE, "web_proposal")
    state = aurora.read_state(advance(state, placed), {})
    assert httpx.get(state.proposal).status_code == 200


@pytest.mark.parametrize("style", ["documented", "documents", "both"])
def test_either_summary(sandbox: Sandbox, aurora: AuroraClient, desk: Desk, style: str) -> None:
    sandbox.world.options.aurora_summary = style
    placed = order(aurora, aurora.create_project(SHEET))
    desk(REFERENCE, "complete", kw=7.2, panels=16, price=21000)
    design = read_until(aurora, placed, has_design).design
    assert design is not None and (design.panels, design.price_cents) == (16, 2100000)
    assert design.kw == (6.12 if style == "documented" else 7.2)
    assert count(sandbox, "job_finished") == 1


def test_an_address_that_completes_at_once(aurora: AuroraClient) -> None:
    stanford = replace(SHEET, street="901 Mears Ct", city="Stanford", postal_code="94305")
    placed = order(aurora, aurora.create_project(stanford))
    assert read_until(aurora, placed, has_design).design is not None


def test_an_address_that_is_rejected(aurora: AuroraClient) -> None:
    city = replace(SHEET, street="600 Montgomery St", city="San Francisco", postal_code="94111")
    placed = order(aurora, aurora.create_project(city))
    state = read_until(aurora, placed, lambda state: bool(state.rejected))
    assert state.rejected and state.details["design_status"] == "design_rejected"


def test_a_redesign(aurora: AuroraClient, desk: Desk, sandbox: Sandbox) -> None:
    placed = order(aurora, aurora.create_project(SHEET))
    desk(REFERENCE, "complete", kw=7.2)
    state = read_until(aurora, placed, has_design)
    placed = aurora.order_design(advance(state, placed), ORDER)
    state = aurora.read_state(placed, {})
    assert state.design is not None and state.design.kw == 7.2
    assert state.details["design_status"] == "design_requested"
    desk(REFERENCE, "complete", kw=8.1)
    state = read_until(aurora, advance(state, placed), lambda state: has_design(state) and state.design.kw == 8.1)  # type: ignore[union-attr]
    assert count(sandbox, "design_request_created") == count(sandbox, "design_request_accepted") == 2


def test_accepted_by_somebody_else_first(aurora: AuroraClient, desk: Desk, sandbox: Sandbox) -> None:
    placed = order(aurora, aurora.create_project(SHEET))
    desk(REFERENCE, "complete")
    fail(sandbox, "design_requests.accept", "error_after")
    with pytest.raises(Unanswered):
        aurora.read_state(placed, {})
    assert read_until(aurora, placed, has_design).design is not None
    assert count(sandbox, "design_request_accepted") == 1


def test_auto_designer(aurora: AuroraClient, desk: Desk) -> None:
    placed = aurora.order_design(aurora.create_project(SHEET), DesignOrder("auto_designer"))
    desk(REFERENCE, "complete")
    state = read_until(aurora, placed, has_design)
    assert state.details["auto_designer_status"] == "succeeded" and state.details["auto_designer_job_id"]


def test_sales_mode(aurora: AuroraClient, desk: Desk) -> None:
    placed = aurora.order_design(aurora.create_project(SHEET), DesignOrder("sales_mode"))
    desk(REFERENCE, "design_created", kw=6.6)
    state = aurora.read_state(placed, {})
    assert state.design is None
    desk(REFERENCE, "simulate")
    state = aurora.read_state(advance(state, placed), {})
    assert state.design is not None and state.design.kw == 6.6


def test_a_link_that_expired(aurora: AuroraClient, desk: Desk, sandbox: Sandbox) -> None:
    placed = aurora.create_project(SHEET)
    desk(REFERENCE, "design_created")
    desk(REFERENCE, "web_proposal")
    first = aurora.read_state(placed, {})
    row = sandbox.world.aurora.find("designs", str(first.details["design_id"]))
    assert row is not None
    sandbox.world.aurora.change(row, {"proposal": {**row["proposal"], "ends_at": "2020-01-01T00:00:00Z"}})
    assert httpx.get(first.proposal).status_code == 410
    second = aurora.read_state(advance(first, placed), {})
    assert second.proposal != first.proposal and httpx.get(second.proposal).status_code == 200


def test_bills(aurora: AuroraClient, sandbox: Sandbox) -> None:
    placed = aurora.create_project(SHEET)
    aurora.send_document(placed, Document("factura.pdf", "application/pdf", b"%PDF-1.7\n"), bill=True)
    (entry,) = sandbox.world.ledger.entries("utility_bill_uploaded")
    assert (entry["file"], entry["size"]) == ("factura.pdf", 9)


def test_agreements_and_status(aurora: AuroraClient, desk: Desk, sandbox: Sandbox) -> None:
    placed = aurora.create_project(SHEET)
    desk(REFERENCE, "agreement", statuses=["viewed", "sent", "signed"])
    (row,) = sandbox.world.aurora.select("agreements", project_id=placed.external_id)
    state = aurora.read_state(placed, {"agreement": (row["id"],)})
    assert (state.sealed, state.viewed, state.status) == (True, True, "scheduled")
    assert aurora.find_owner({"agreement": row["id"]}) == placed.external_id
    desk(REFERENCE, "project_status", text="Installation scheduled")
    state = aurora.read_state(advance(state, placed), {})
    assert "Installation scheduled" in state.remarks["project_status"]


def test_wrong_credentials(sandbox: Sandbox, open_client: OpenClient) -> None:
    with pytest.raises(Unauthorised, match="check its key"):
        open_client(f"{sandbox.base_url}/aurora", tenant_id=sandbox.world.options.aurora_tenant).check()
    with pytest.raises(Unauthorised, match="plan"):
        open_client(f"{sandbox.base_url}/aurora", api_key=sandbox.world.options.aurora_key).check()


@pytest.mark.parametrize("kind", ["error_after", "reset_after", "garbage_after"])
def test_a_project_that_was_created_without_an_answer(aurora: AuroraClient, sandbox: Sandbox, kind: str) -> None:
    fail(sandbox, "projects.create", kind)
    with pytest.raises(Uncertain):
        aurora.create_project(SHEET)
    found = aurora.find_project(SHEET, SINCE).found
    assert found is not None and count(sandbox, "project_created") == 1
    assert found.external_id == sandbox.world.ledger.entries("project_created")[0]["project_id"]


def test_a_project_that_was_not_created(aurora: AuroraClient, sandbox: Sandbox) -> None:
    fail(sandbox, "projects.create", "reset_before")
    with pytest.raises(Uncertain):
        aurora.create_project(SHEET)
    assert aurora.find_project(SHEET, SINCE).absent


def test_one_call_too_many(open_client: OpenClient) -> None:
    with run_sandbox(Options(app_url="http://127.0.0.1:9")) as sandbox:
        options = sandbox.world.options
        given = {"tenant_id": options.aurora_tenant, "api_key": options.aurora_key}
        client = open_client(f"{sandbox.base_url}/aurora", **given)
        for _ in range(90):
            client.check()
        with pytest.raises(RateLimited) as refused:
            client.check()
        assert 0 < (refused.value.retry_after or 0) <= 60
        with pytest.raises(Throttled):
            client.check()


class Product:
    """Stands where the web process would: verifies and parses what the sandbox GETs."""

    def __init__(self, stub: StubApi, secret: str) -> None:
        self.hints: list[Hint] = []
        self.forged: list[Asked] = []
        self._secret = secret
        stub.reply = self.receive

    def receive(self, asked: Asked) -> Answer:
        if verify(("secret-to-come", self._secret), asked.headers.get("X-Aurora-Webhook-Token", "")):
            self.hints.append(parse(asked.path.rpartition("/")[2], asked.query))
        else:
            self.forged.append(asked)
        return Answer(200, {"received": True})

    def await_hint(self, event: str) -> Hint:
        """The first webhook of that event; ten seconds at most."""
        until = time.monotonic() + 10
        while not (found := [hint for hint in self.hints if hint.event == event]):
            assert time.monotonic() < until, self.hints
            time.sleep(0.02)
        return found[0]


@pytest.fixture
def called(api: StubApi) -> Iterator[tuple[Sandbox, Product]]:
    options = Options(app_url=api.url, aurora_minute=0, aurora_job_seconds=0.05)
    with run_sandbox(options) as sandbox:
        yield sandbox, Product(api, options.aurora_secret)


@pytest.fixture
def client(called: tuple[Sandbox, Product], open_client: OpenClient) -> AuroraClient:
    options = called[0].world.options
    given = {"tenant_id": options.aurora_tenant, "api_key": options.aurora_key}
    return open_client(f"{called[0].base_url}/aurora", **given)


def play(sandbox: Sandbox, move: str, **wish: Any) -> None:
    url = f"{sandbox.base_url}/sandbox/aurora/projects/{REFERENCE}/{move}"
    answer = httpx.post(url, json=wish, timeout=10)
    assert answer.status_code == 200, answer.text


def test_subscriptions_are_made_once(client: AuroraClient, called: tuple[Sandbox, Product], api: StubApi) -> None:
    sandbox, product = called
    said = client.register_webhooks(api.url, sandbox.world.options.aurora_secret)
    assert len(said) == len(EVENTS) and all(one.endswith(": subscribed.") for one in said)
    (row, *_) = sandbox.world.aurora.select("webhooks", event="project_status_changed")
    sandbox.world.aurora.change(row, {"enabled": False})
    again = client.register_webhooks(api.url, sandbox.world.options.aurora_secret)
    assert "project_status_changed: enabled again." in again
    rows = list(sandbox.world.aurora.newest_first("webhooks"))
    assert len(rows) == len(EVENTS) and all(row["enabled"] for row in rows)
    assert product.hints == []


def test_what_aurora_tells_finds_its_project(
    client: AuroraClient, called: tuple[Sandbox, Product], api: StubApi
) -> None:
    sandbox, product = called
    client.register_webhooks(api.url, sandbox.world.options.aurora_secret)
    placed = order(client, client.create_project(SHEET))
    for move, wish in (
        ("complete", {}),
        ("project_status", {"text": "Permit approved"}),
        ("site_survey", {"status": "completed"}),
        ("agreement", {"status": "sent"}),
    ):
        play(sandbox, move, **wish)
    completed = product.await_hint("design_request_completed").objects["design_request"]
    state = read_until(client, placed, has_design, design_request=(completed,))
    play(sandbox, "web_proposal")
    assert product.await_hint("web_proposal_url_created").objects["proposal"] == state.details["design_id"]
    assert product.await_hint("site_survey_status_changed").objects["site_survey"] == "completed"
    assert product.await_hint("agreement_status_changed").objects["agreement"]
    assert product.forged == [] and not [hint for hint in product.hints if hint.ignored]
    for hint in product.hints:
        assert (hint.project_id or client.find_owner(hint.objects)) == placed.external_id, hint


def test_the_documents_dialect(client: AuroraClient, called: tuple[Sandbox, Product]) -> None:
    sandbox, product = called
    placed = order(client, client.create_project(SHEET))
    play(sandbox, "complete", dialect="documents")
    hint = product.await_hint("design_request_completed")
    assert client.find_owner(hint.objects) == placed.external_id


def test_every_event_that_the_sandbox_knows(called: tuple[Sandbox, Product], client: AuroraClient) -> None:
    sandbox, product = called
    client.create_project(SHEET)
    httpx.post(f"{sandbox.base_url}/sandbox/aurora/register", timeout=10).raise_for_status()
    for event in (*EVENTS, *sorted(UNNEEDED)):
        play(sandbox, "echo", event=event)
        product.await_hint(event)
    assert not [hint for hint in product.hints if hint.ignored == "unknown event"]
