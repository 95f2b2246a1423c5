"""A running demo with its page open; screenshots are kept in var/screenshots."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.phone import Phone

SCREENSHOTS = Path("var/screenshots")


@contextmanager
def run_demo(folder: Path, **choices: str) -> Iterator[str]:
    """The address that `make demo` prints, started with `choices` in its environment."""
    command = [sys.executable, "-m", "tools.demo", "--folder", str(folder)]
    environment = {**os.environ, **choices}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if found := re.search(r"^    (http://\S+/)$", line):
                yield found[1]
                break
        else:
            pytest.fail(f"the demo did not start:\n{said}", pytrace=False)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


@pytest.fixture(scope="session")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with run_demo(tmp_path_factory.mktemp("run") / "demo") as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh window; a script error or a request to anywhere but this machine fails the test."""
    opened = browser.new_page(viewport={"width": 1360, "height": 900})
    opened.set_default_timeout(20_000)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    opened.on("request", lambda sent: faults.append(sent.url) if "//127.0.0.1:" not in sent.url else None)
    yield opened
    opened.close()
    assert not faults


@pytest.fixture
def phone(page: Page, demo_url: str, request: pytest.FixtureRequest) -> Phone:
    """A homeowner of this test's own, with the page open on their phone."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.goto(demo_url)
    return Phone(page, SCREENSHOTS, request.node.name).be("Noor Haddad")
