"""A newcomer confirms as the homeowner, plays the vendors, and reads each message on the phone once."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SCREENSHOTS, run_demo
from tests.browser.phone import Phone

pytestmark = pytest.mark.browser
# What is pressed, and words of the message that follows.
OPENSOLAR = (
    ("design", "the design for your home is ready"),
    ("proposal_sent", "your solar proposal is ready"),
    ("accepted", "your agreement is in place"),
    ("paid", "your payment has arrived"),
    ("schedule", "does that day suit you"),
    ("day-before", "a reminder: your solar installation"),
    ("crew", "the installation team is on its way"),
    ("installed", "your solar system is installed"),
)
AURORA = (
    ("complete", "the design for your home is ready"),
    ("web_proposal", "your solar proposal is ready"),
    ("agreement-sent", ""),
    ("agreement-signed", "your agreement is in place"),
    ("project_status", "your solar system is installed"),
)


def confirm_project(phone: Phone) -> None:
    """From hello to the confirmation, and until incentives were told."""
    for text in ("hi", "Noor Haddad", "742 Juniper Court, Fresno, CA 93722", "yes", "pge", "about 240 a month"):
        phone.write(text)
    for text in ("pool pump", "that's all", "asphalt shingle", "skip", "skip"):
        phone.write(text)
    phone.tap("Yes, send it")
    expect(find_messages(phone, "incentives for your home")).to_have_count(1, timeout=30_000)


def find_messages(phone: Phone, words: str) -> Locator:
    return phone.answers.filter(has_text=re.compile(re.escape(words), re.IGNORECASE))


def press_in_turn(phone: Phone, vendor: str, story: tuple[tuple[str, str], ...]) -> None:
    """Each step brings its one message, and at the end each is still there once."""
    phone.open_tab(vendor)
    expect(phone.page.get_by_test_id(f"{vendor}-project")).to_contain_text(phone.number)
    for step, words in story:
        before = phone.answers.count()
        phone.press(f"{vendor}-{step}")
        if words:
            expect(find_messages(phone, words)).to_have_count(1, timeout=20_000)
            assert phone.answers.count() == before + 1, words
        phone.keep_screenshot(step)
    for _, words in story:
        if words:
            expect(find_messages(phone, words)).to_have_count(1)


def test_each_step_at_opensolar_is_told_once(phone: Phone) -> None:
    confirm_project(phone)
    press_in_turn(phone, "opensolar", OPENSOLAR)
    phone.open_tab("aurora")
    expect(phone.page.get_by_test_id("aurora-project")).to_contain_text("742 Juniper Court")
    phone.open_tab("leap")
    expect(phone.page.get_by_test_id("leap-customer")).to_contain_text("Bright Roof Rebate")


def test_each_step_at_aurora_is_told_once(page: Page, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    with run_demo(tmp_path / "demo", PROPOSAL_VENDOR="aurora", AURORA_DESIGN="design_team") as url:
        page.goto(url)
        phone = Phone(page, SCREENSHOTS, request.node.name).be("Noor Haddad")
        confirm_project(phone)
        phone.page.get_by_test_id("aurora-status").select_option("Installed", force=True)
        press_in_turn(phone, "aurora", AURORA)
        page.goto("about:blank")


def test_a_lost_webhook_is_found_and_a_doubled_one_told_once(phone: Phone) -> None:
    confirm_project(phone)
    phone.open_tab("opensolar")
    phone.page.get_by_test_id("faults").locator("summary").click()
    phone.press("fault-opensolar-webhook-duplicate")
    phone.press("opensolar-paid")
    expect(find_messages(phone, "your payment has arrived")).to_have_count(1)
    for _ in range(3):
        phone.press("fault-opensolar-webhook-lost")
    phone.press("opensolar-accepted")
    expect(find_messages(phone, "your agreement is in place")).to_have_count(1, timeout=60_000)
    phone.press("opensolar-echo")
    phone.press("opensolar-installed")
    expect(find_messages(phone, "your solar system is installed")).to_have_count(1)
    expect(find_messages(phone, "your agreement is in place")).to_have_count(1)
    expect(find_messages(phone, "your payment has arrived")).to_have_count(1)
