"""The demo brings everything up by itself, answers a homeowner, and leaves nothing running."""

import fcntl
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from bot.settings import load_settings
from bot.vendor_states import explain_vendor_off
from tools.demo.parts import Plan, make_environment
from tools.sandbox.options import Options

HOMEOWNER = "+14155550123"


class Demo:
    """A running demo, its address and every process that came of it."""

    def __init__(self, folder: Path) -> None:
        self.command = [sys.executable, "-m", "tools.demo", "--folder", str(folder)]
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.said = ""

    def await_address(self) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if found := re.search(r"^    (http://\S+)/$", line):
                self.family = psutil.Process(self.process.pid).children(recursive=True)
                return found[1]
        raise AssertionError(f"no address: {self.said}")

    def end(self, by: signal.Signals) -> int:
        self.process.send_signal(by)
        self.said += self.process.communicate(timeout=30)[0]
        return self.process.returncode


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    """One of these tests at a time on this machine: they are about the usual ports."""
    with (Path(tempfile.gettempdir()) / "heliograph-demo-tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture
def demo(alone: None, tmp_path: Path) -> Iterator[Demo]:
    started = Demo(tmp_path / "demo")
    yield started
    started.process.kill()
    started.process.communicate()


def await_truth(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_outlives_the_demo(demo: Demo, by: signal.Signals) -> None:
    demo.await_address()
    assert len(demo.family) >= 12  # four wardens and theirs, Redis, two web workers, four queues
    code = demo.end(by)
    assert code == (-9 if by == signal.SIGKILL else 0), demo.said
    await_truth(lambda: not any(map(is_alive, demo.family)), "a process outlived the demo")


def is_alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def test_a_homeowner_is_answered(demo: Demo) -> None:
    address = demo.await_address()
    wish = {"text": "hi, I'd like solar for my place", "name": "Alice"}
    sent = httpx.post(f"{address}/sandbox/homeowners/{HOMEOWNER}/messages", json=wish)
    assert sent.status_code == 201
    await_truth(lambda: '"message_accepted"' in httpx.get(f"{address}/sandbox/ledger").text, "no answer came")


def test_a_request_for_a_person_reaches_staff(demo: Demo) -> None:
    address = demo.await_address()
    wish = {"text": "I want to talk to a person", "name": "Alice"}
    httpx.post(f"{address}/sandbox/homeowners/{HOMEOWNER}/messages", json=wish)
    staff = '"to":"whatsapp:+14155550199"'
    await_truth(lambda: staff in httpx.get(f"{address}/sandbox/ledger").text.replace(": ", ":"), "staff heard nothing")


def test_a_busy_port_is_named_and_replaced(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            busy.bind(("127.0.0.1", 8010))
            busy.listen()
        except OSError:
            pass  # then something else keeps it busy, which does as well
        demo = Demo(tmp_path / "demo")
        try:
            assert demo.await_address() != "http://127.0.0.1:8010"
            assert "Port 8010 is busy: using " in demo.said
        finally:
            demo.end(signal.SIGTERM)


def test_a_second_demo_in_the_same_folder_is_refused(demo: Demo) -> None:
    demo.await_address()
    second = subprocess.run(demo.command, capture_output=True, text=True, timeout=30, check=False)
    assert second.returncode == 1
    assert "already running" in second.stderr


def test_every_vendor_is_the_sandboxs(tmp_path: Path) -> None:
    plan = Plan(tmp_path, "redis://127.0.0.1:1/0", 8000, 8010)
    settings = load_settings(make_environment(plan))
    assert [explain_vendor_off(settings, name) for name in ("OpenSolar", "Aurora", "Leap")] == [None, None, None]
    given = (settings.opensolar_api_base_url, settings.aurora_api_url, settings.leap_api_url)
    assert given == (f"{plan.sandbox_url}/opensolar", f"{plan.sandbox_url}/aurora", f"{plan.sandbox_url}/leap")
    assert settings.opensolar_webhook_secret == (Options().opensolar_secret,)
    assert settings.aurora_webhook_secret == (Options().aurora_secret,)


def test_choices_are_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("LEAP_API_CONTRACT", "legacy"), ("PROPOSAL_VENDOR", "aurora"), ("AURORA_DESIGN", "off")):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("OPENSOLAR_API_KEY", "the real one")
    settings = load_settings(make_environment(Plan(tmp_path, "redis://127.0.0.1:1/0", 8000, 8010)))
    assert (settings.proposal_vendor, settings.aurora_design) == ("aurora", "off")
    assert settings.leap_api_url.endswith("/leap/alpha")
    assert settings.opensolar_api_key == Options().opensolar_token
