"""What a newcomer does on the phone page: clicks, types and reads."""

import itertools
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

NUMBERS = itertools.count(120)


class Phone:
    """One homeowner's phone on the page."""

    def __init__(self, page: Page, folder: Path, test: str) -> None:
        self.page, self._folder, self._test = page, folder, test

    def be(self, name: str) -> "Phone":
        """Add a homeowner and take their phone in hand."""
        self.number = f"+14155550{next(NUMBERS)}"
        self.page.get_by_test_id("add-homeowner").click()
        self.page.get_by_test_id("add-homeowner-name").fill(name)
        self.page.get_by_test_id("add-homeowner-phone").fill(self.number)
        self.page.get_by_test_id("add-homeowner-save").click()
        expect(self.page.get_by_test_id("phone-owner")).to_have_text(f"{name}'s phone")
        return self

    @property
    def answers(self) -> Locator:
        return self.page.locator('[data-testid="message"][data-direction="in"]')

    def write(self, text: str) -> str:
        """Type and send; the bot's answer."""
        with _Answer(self) as answer:
            self.send(text)
        return answer.text

    def send(self, text: str) -> None:
        """Type and send, and wait for no answer."""
        self.page.get_by_test_id("composer-input").fill(text)
        self.page.get_by_test_id("composer-input").press("Enter")

    def tap(self, title: str) -> str:
        """Tap a button of the last message; the bot's answer."""
        with _Answer(self) as answer:
            self.answers.last.get_by_test_id("quick-reply").filter(has_text=title).click()
        return answer.text

    def pick(self, title: str) -> str:
        """Open the last message's list and tap a row; the bot's answer."""
        with _Answer(self) as answer:
            self.answers.last.get_by_test_id("list-open").click()
            self.page.get_by_test_id("list-item").filter(has_text=re.compile(f"^{re.escape(title)}")).click()
        return answer.text

    def attach(self, what: str) -> str:
        """Attach a sample by its menu entry ("attach-sample-bill"); the bot's answer."""
        with _Answer(self) as answer:
            self.page.get_by_test_id("attach").click()
            self.page.get_by_test_id(what).click()
        return answer.text

    def share_location(self) -> str:
        """Send the pin that the form proposes; the bot's answer."""
        with _Answer(self) as answer:
            self.page.get_by_test_id("attach").click()
            self.page.get_by_test_id("attach-location").click()
            self.page.get_by_test_id("location-send").click()
        return answer.text

    def open_tab(self, vendor: str) -> None:
        """Show what is stored, or one of the vendors, beside the phone."""
        self.page.get_by_test_id(f"tab-{vendor}").click()

    def press(self, button: str) -> None:
        """Press a button of the panel by its test id."""
        self.page.get_by_test_id(button).click()

    def keep_screenshot(self, name: str) -> None:
        # A bubble is drawn anew with each tick, so it is the thread that is scrolled.
        self.page.get_by_test_id("thread").evaluate("thread => { thread.scrollTop = thread.scrollHeight; }")
        self.page.screenshot(path=self._folder / f"{self._test}-{name}.png")


class _Answer:
    """Waits at its end for one more answer than there were at its beginning."""

    def __init__(self, phone: Phone) -> None:
        self._phone, self.text = phone, ""

    def __enter__(self) -> "_Answer":
        self._before = self._phone.answers.count()
        return self

    def __exit__(self, *_: object) -> None:
        expect(self._phone.answers).not_to_have_count(self._before, timeout=20_000)
        self.text = self._phone.answers.last.inner_text()
