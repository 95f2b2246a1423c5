"""A simulated Leap on a real port, and clients of ours that speak to it in either contract."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from integrations.exchange import Exchange
from integrations.leap.client import Contract, LeapClient
from integrations.leap.devices import count_devices, make_units
from integrations.leap.values import LeapAddress, LeapCase
from tools.sandbox.options import LEAP_KEY, Options
from tools.sandbox.runner import Sandbox, run_sandbox

BROOKLYN = LeapAddress("1 Example St", "Brooklyn", "NY", "11201")
FRESNO = LeapAddress("742 Juniper Court", "Fresno", "CA", "93722")
ALASKA = LeapAddress("1 Example St", "Anchorage", "AK", "99501")  # in the US, and nowhere in the sandbox's territories
NOWHERE = LeapAddress("1 Example St", "Brooklyn", "NY", "99999")
PATHS: dict[Contract, str] = {"current": "/leap", "legacy": "/leap/alpha"}

OpenLeap = Callable[..., LeapClient]


def ask(*types: str, **changes: Any) -> LeapCase:
    """A home in Brooklyn that gets panels, and has one of each of `types`."""
    units = make_units(count_devices([{"type": kind, "quantity": 1} for kind in types]))
    return replace(LeapCase("hg-1-abc123", "RESIDENTIAL", BROOKLYN, units), **changes)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with run_sandbox(Options(app_url="http://127.0.0.1:9", seed=7)) as running:
        yield running


@pytest.fixture
def exchanges() -> list[Exchange]:
    return []


@pytest.fixture
def open_leap(sandbox: Sandbox, exchanges: list[Exchange]) -> Iterator[OpenLeap]:
    """Call it with a contract; keywords replace what the client is opened with."""
    opened: list[LeapClient] = []

    def open_it(contract: Contract = "current", **changes: Any) -> LeapClient:
        url = changes.pop("url", sandbox.base_url + PATHS[contract])
        given = {"api_key": LEAP_KEY, "timeout": 3.0, "retries": 0, "on_exchange": exchanges.append, **changes}
        opened.append(LeapClient(url, contract=contract, **given))
        return opened[-1]

    yield open_it
    for client in opened:
        client.close()


@pytest.fixture(params=["current", "legacy"])
def leap(request: pytest.FixtureRequest, open_leap: OpenLeap) -> LeapClient:
    """The test runs once in each contract."""
    return open_leap(request.param)


def pull(sandbox: Sandbox, lever: str, **wish: Any) -> None:
    """One of the sandbox's levers."""
    answer = httpx.post(f"{sandbox.base_url}/sandbox/leap/{lever}", json=wish, trust_env=False)
    assert answer.status_code == 200, answer.text


def computed(sandbox: Sandbox) -> list[dict[str, Any]]:
    """What the simulated Leap worked out, oldest first."""
    return list(sandbox.world.ledger.entries("leap_incentives_computed"))
