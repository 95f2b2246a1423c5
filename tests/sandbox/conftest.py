"""A sandbox on a free port, a stand-in for the product, and a client that speaks to Twilio's API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.aurora_rig import AuroraRig
from tests.sandbox.doorbell import Doorbell
from tests.sandbox.opensolar_rig import OpenSolarRig
from tests.sandbox.receiver import Receiver
from tests.sandbox.rig import Rig
from tools.sandbox.options import Options
from tools.sandbox.runner import run_sandbox


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.stop()


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.jsonl"


@pytest.fixture
def rig(receiver: Receiver, ledger_path: Path) -> Iterator[Rig]:
    options = Options(app_url=receiver.url, status_delays=(0.01, 0.02), ledger_path=ledger_path, seed=7)
    with run_sandbox(options) as sandbox:
        rig = Rig(sandbox, receiver)
        yield rig
        rig.api.close()
        rig.open.close()


@pytest.fixture
def talk(rig: Rig) -> Rig:
    """A rig whose homeowner wrote a moment ago: the 24-hour window is open."""
    assert rig.write(text="hello")["acknowledged"]
    return rig


@pytest.fixture
def bell() -> Iterator[Doorbell]:
    bell = Doorbell()
    yield bell
    bell.stop()


@pytest.fixture
def solar_options(bell: Doorbell) -> Options:
    """No throttles but those that a test switches on, and a vendor's patience of milliseconds."""
    return Options(
        app_url=bell.url,
        opensolar_minute=0,
        opensolar_retry_delays=(0.05, 0.05),
        aurora_minute=0,
        aurora_retry_delays=(0.02,) * 5,
        aurora_job_seconds=0.02,
        seed=7,
    )


@pytest.fixture
def opensolar(solar_options: Options, bell: Doorbell) -> Iterator[OpenSolarRig]:
    with run_sandbox(solar_options) as sandbox:
        rig = OpenSolarRig(sandbox, bell)
        yield rig
        rig.close()


@pytest.fixture
def aurora(solar_options: Options, bell: Doorbell) -> Iterator[AuroraRig]:
    with run_sandbox(solar_options) as sandbox:
        rig = AuroraRig(sandbox, bell)
        yield rig
        rig.close()
