"""A simulated OpenSolar, clients that talk to it, and a homeowner's project."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from integrations.exchange import Exchange
from integrations.opensolar.client import OpenSolarClient
from integrations.vendor import ProjectSheet, Usage
from tools.sandbox.options import Options
from tools.sandbox.runner import Sandbox, run_sandbox

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
    notes="Refrigerator × 2\nAir conditioner × 1",
    usage=Usage(monthly_kwh=(410.4, 380, 350, 300, 290, 310, 400, 420, 380, 330, 360, 405.6)),
)

Desk = Callable[..., None]
OpenClient = Callable[..., OpenSolarClient]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with run_sandbox(Options(app_url="http://127.0.0.1:9", opensolar_minute=0)) as running:
        yield running


@pytest.fixture
def kept() -> list[Exchange]:
    """Every exchange of the clients."""
    return []


@pytest.fixture
def open_client(sandbox: Sandbox, kept: list[Exchange]) -> Iterator[OpenClient]:
    opened: list[OpenSolarClient] = []

    def open_it(url: str = "", **settings: Any) -> OpenSolarClient:
        options = sandbox.world.options
        given = {"org_id": options.opensolar_org, "api_key": options.opensolar_token, "timeout": 5.0, "retries": 0}
        given |= {"on_exchange": kept.append, "currency": "USD", **settings}
        opened.append(OpenSolarClient(url or f"{sandbox.base_url}/opensolar", **given))
        return opened[-1]

    yield open_it
    for client in opened:
        client.close()


@pytest.fixture
def client(open_client: OpenClient) -> OpenSolarClient:
    return open_client()


@pytest.fixture
def desk(sandbox: Sandbox) -> Desk:
    """Staff, the homeowner or the crew at OpenSolar: `desk("6624", "design", kw=6.2)`."""

    def act(name: str, move: str, **wish: Any) -> None:
        url = f"{sandbox.base_url}/sandbox/opensolar/projects/{name}/{move}"
        answer = httpx.post(url, json={"webhooks": False, **wish}, timeout=10)
        assert answer.status_code == 200, answer.text

    return act


def change_sheet(**values: Any) -> ProjectSheet:
    return replace(SHEET, **values)


def list_rows(sandbox: Sandbox, kind: str) -> list[dict[str, Any]]:
    return list(sandbox.world.opensolar.select(kind))


def break_next(sandbox: Sandbox, kind: str, endpoint: str = "*", **wish: Any) -> None:
    """The next call of the endpoint meets the fault."""
    sandbox.world.faults.add({"endpoint": f"opensolar.{endpoint}", "kind": kind, **wish})
