"""A simulated Aurora, clients that talk to it or to a stub, and a homeowner's project."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from integrations.aurora.client import AuroraClient
from integrations.exchange import Exchange
from integrations.vendor import Placed, ProjectSheet, Usage, VendorState
from tests.integrations.aurora.fake import FakeAurora
from tests.integrations.stub_api import StubApi
from tools.sandbox.options import Options
from tools.sandbox.runner import Sandbox, run_sandbox

KEY = "sk_sand_key-of-a-test"

SHEET = ProjectSheet(
    reference="hg-1-a1b2c3",
    name="Ana Maria Diaz",
    phone="+14155550101",
    email="ana@mail.example",
    street="12 Sample Road",
    city="San Jose",
    state="CA",
    postal_code="95112",
    country="US",
    latitude=37.34,
    longitude=-121.89,
    roof_type="clay_tile",
    notes="Refrigerator × 2",
    usage=Usage(monthly_kwh=(410.4, 380, 350, 300, 290, 310, 400, 420, 380, 330, 360, 405.6)),
)

OpenClient = Callable[..., AuroraClient]
Desk = Callable[..., dict[str, Any]]
Follow = Callable[..., VendorState]


@pytest.fixture
def kept() -> list[Exchange]:
    """Every exchange of the clients."""
    return []


@pytest.fixture
def open_client(kept: list[Exchange]) -> Iterator[OpenClient]:
    opened: list[AuroraClient] = []

    def open_it(url: str, **settings: Any) -> AuroraClient:
        given = {"tenant_id": "tenant-1", "api_key": KEY, "timeout": 5.0, "retries": 0, "on_exchange": kept.append}
        opened.append(AuroraClient(url, **{**given, **settings}))
        return opened[-1]

    yield open_it
    for client in opened:
        client.close()


@pytest.fixture
def fake(api: StubApi) -> FakeAurora:
    """Answers by method and path, as a test lays them out."""
    return FakeAurora(api)


@pytest.fixture
def client(fake: FakeAurora, api: StubApi, open_client: OpenClient) -> AuroraClient:
    return open_client(api.url, status_map=("Permit approved=scheduled", "On the roof=in_progress", "PTO=completed"))


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    options = Options(app_url="http://127.0.0.1:9", aurora_minute=0, aurora_job_seconds=0.05)
    with run_sandbox(options) as running:
        yield running


@pytest.fixture
def aurora(sandbox: Sandbox, open_client: OpenClient) -> AuroraClient:
    """A client of the simulated Aurora."""
    options = sandbox.world.options
    return open_client(f"{sandbox.base_url}/aurora", tenant_id=options.aurora_tenant, api_key=options.aurora_key)


@pytest.fixture
def desk(sandbox: Sandbox) -> Desk:
    """Designers, staff and homeowners at Aurora: `desk("hg-1-a1b2c3", "complete", kw=7.2)`."""

    def act(name: str, move: str, **wish: Any) -> dict[str, Any]:
        answer = httpx.post(f"{sandbox.base_url}/sandbox/aurora/projects/{name}/{move}", json=wish, timeout=10)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()["project"]
        return found

    return act


def read_until(
    client: AuroraClient, placed: Placed, wanted: Callable[[VendorState], bool], **objects: tuple[str, ...]
) -> VendorState:
    """Reads on with what each read keeps, until it is as wanted; ten seconds at most."""
    until = time.monotonic() + 10
    while True:
        state = client.read_state(placed, objects)
        if wanted(state):
            return state
        assert time.monotonic() < until, state
        placed = Placed(placed.external_id, details=state.details)
        time.sleep(0.05)
