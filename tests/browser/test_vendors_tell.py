"""A newcomer confirms as the homeowner, plays the vendors, and reads each message on the phone once."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.phone import Phone

pytestmark = pytest.mark.browser
# What is pressed at OpenSolar, and words of the message that follows.
STORY = (
    ("design", "the design for your home is ready"),
    ("proposal_sent", "your solar proposal is ready"),
    ("accepted", "your agreement is in place"),
    ("paid", "your payment has arrived"),
    ("schedule", "does that day suit you"),
    ("day-before", "a reminder: your solar installation"),
    ("crew", "the installation team is on its way"),
    ("installed", "your solar system is installed"),
)


@pytest.fixture
def confirmed(phone: Phone) -> Phone:
    """A homeowner whose project has reached OpenSolar, its pane open."""
    for text in ("hi", "Noor Haddad", "742 Juniper Court, Fresno, CA 93722", "yes", "pge", "about 240 a month"):
        phone.write(text)
    for text in ("pool pump", "that's all", "asphalt shingle", "skip", "skip"):
        phone.write(text)
    phone.tap("Yes, send it")
    phone.open_tab("opensolar")
    expect(phone.page.get_by_test_id("opensolar-project")).to_contain_text("742 Juniper Court")
    return phone


def find_messages(phone: Phone, words: str) -> Locator:
    return phone.answers.filter(has_text=re.compile(re.escape(words), re.IGNORECASE))


def test_each_step_is_told_once(confirmed: Phone) -> None:
    expect(confirmed.page.get_by_test_id("opensolar-project")).to_contain_text(confirmed.number)
    for step, words in STORY:
        before = confirmed.answers.count()
        confirmed.press(f"opensolar-{step}")
        expect(find_messages(confirmed, words)).to_have_count(1)
        assert confirmed.answers.count() == before + 1, words
        confirmed.keep_screenshot(step)
    confirmed.open_tab("aurora")
    expect(confirmed.page.get_by_test_id("aurora-project")).to_contain_text("742 Juniper Court")
    for _, words in STORY:
        expect(find_messages(confirmed, words)).to_have_count(1)


def test_a_lost_webhook_is_found_and_a_doubled_one_told_once(confirmed: Phone) -> None:
    confirmed.page.get_by_test_id("faults").locator("summary").click()
    confirmed.press("fault-opensolar-webhook-duplicate")
    confirmed.press("opensolar-paid")
    expect(find_messages(confirmed, "your payment has arrived")).to_have_count(1)
    for _ in range(3):
        confirmed.press("fault-opensolar-webhook-lost")
    confirmed.press("opensolar-proposal_sent")
    expect(find_messages(confirmed, "your solar proposal is ready")).to_have_count(1, timeout=60_000)
    confirmed.press("opensolar-echo")
    confirmed.press("opensolar-accepted")
    expect(find_messages(confirmed, "your agreement is in place")).to_have_count(1)
    expect(find_messages(confirmed, "your solar proposal is ready")).to_have_count(1)
    expect(find_messages(confirmed, "your payment has arrived")).to_have_count(1)
