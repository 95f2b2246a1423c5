"""Homeowners on their way through the product, and the people at the vendors who move their projects on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.kill.stack import STAFF, Stack

SECONDS = 40.0
Exchange = tuple[str, str]
"""What somebody writes, and a pattern of the one answer."""


@dataclass
class Homeowner:
    """`lines` are what was said to them so far, in order, up to the last look. `manner` is how the vendors' webhooks
    about them travel."""

    stack: Stack
    phone: str
    manner: Mapping[str, Any] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def write(self, text: str | None = None, **wish: Any) -> None:
        self.stack.twilio.write(self.phone, text, wait=True, **wish)

    def tap(self, option: str) -> None:
        """Taps what the newest message offers under that id."""
        self.write(tap={"id": option})

    def read(self) -> list[str]:
        """Everything said to them, from the ledger: each entry once, as accepted."""
        return [line["body"] for line in self.list_accepted()]

    def list_accepted(self) -> list[dict[str, Any]]:
        wanted = f"whatsapp:{self.phone}"
        ledger = self.stack.read_ledger()
        return [line for line in ledger if line["kind"] == "message_accepted" and line["to"] == wanted]

    def await_lines(self, count: int, seconds: float = SECONDS) -> None:
        """Returns once they were told at least `count` things."""
        self.stack.await_true(lambda: len(self.read()) >= count, f"{count} messages for {self.phone}", seconds)

    def check(self, *patterns: str) -> None:
        """Exactly these were said since the last check, in this order."""
        said = self.read()[len(self.lines) :]
        self.lines += said
        told = f"{self.phone} {dict(self.manner)}"
        heard = "\n---\n".join(said)
        assert len(said) == len(patterns), f"{told}: expected {len(patterns)}, heard {len(said)}:\n{heard}"
        for pattern, text in zip(patterns, said, strict=True):
            assert re.search(pattern, text, re.I | re.S), f"{told}: {pattern!r} is not in:\n{text}"

    def list_alerts(self) -> list[str]:
        """What staff were told about them: the first line of each, in order."""
        ledger = self.stack.read_ledger()
        told = [line["body"] for line in ledger if line["kind"] == "message_accepted" and line["to"].endswith(STAFF)]
        return [text.partition("\n")[0] for text in told if self.phone in text]

    def check_alerts(self, *patterns: str) -> None:
        """Staff were told exactly these things about them, in this order."""
        self.stack.await_for(lambda: len(self.list_alerts()) >= len(patterns), SECONDS)
        alerts = self.list_alerts()
        assert len(alerts) == len(patterns), f"{self.phone}: staff were told:\n" + "\n".join(alerts)
        for pattern, text in zip(patterns, alerts, strict=True):
            assert re.search(pattern, text, re.I), f"{self.phone}: {pattern!r} is not in: {text}"


@dataclass
class Party:
    """Homeowners who do the same thing at the same time, on one stack."""

    stack: Stack
    people: Sequence[Homeowner]

    def talk(self, exchanges: Sequence[Exchange], *more: str, idle: bool = True) -> None:
        """Everybody writes each line after the answer to the one before; then all that was said is checked, `more`
        being what comes unasked at the end. `idle` as for `expect`."""
        for text, _ in exchanges:
            counts = [len(person.read()) for person in self.people]
            for person in self.people:
                person.write(text)
            for person, count in zip(self.people, counts, strict=True):
                person.await_lines(count + 1)
        self.expect(*(pattern for _, pattern in exchanges), *more, idle=idle)

    def tap(self, option: str, *patterns: str) -> None:
        """Everybody taps; then they are told exactly these things."""
        for person in self.people:
            person.tap(option)
        self.expect(*patterns)

    def move(self, vendor: str, move: str, *patterns: str, **wish: Any) -> None:
        """Somebody at the vendor moves everybody's project on; then they are told exactly these things."""
        self.stack.forget_pace()
        desk, begun = Desk(self.stack, vendor), len(self.stack.read_ledger())
        sent = sum(desk.move(person.phone, move, **{**wish, **person.manner}) for person in self.people)
        self.stack.await_true(lambda: count_webhooks(self.stack, begun) >= sent, "webhooks of vendors", SECONDS)
        self.expect(*patterns)

    def expect(self, *patterns: str, idle: bool = True) -> None:
        """Exactly these messages come next for each, in this order, and nothing else until all is quiet; not `idle`:
        something else may still wait, for a vendor that is down."""
        for person in self.people:
            person.await_lines(len(person.lines) + len(patterns))
        if idle:
            self.stack.await_true(self.stack.is_idle, "idle", SECONDS)
        for person in self.people:
            person.check(*patterns)


@dataclass
class Desk:
    """Somebody at a vendor's own application: `vendor` is opensolar or aurora."""

    stack: Stack
    vendor: str

    def find(self, phone: str) -> dict[str, Any]:
        """The one project of the homeowner with this phone; AssertionError unless there is exactly one."""
        found = [project for project in self.list_projects() if phone in str(project)]
        assert len(found) == 1, f"{len(found)} projects of {phone} at {self.vendor}"
        return found[0]

    def list_projects(self) -> list[dict[str, Any]]:
        answer = httpx.get(f"{self.stack.twilio_url}/sandbox/{self.vendor}/projects", timeout=30, trust_env=False)
        answer.raise_for_status()
        return list(answer.json()["projects"])

    def move(self, phone: str, move: str, **wish: Any) -> int:
        """Moves the project on as somebody there would; how many webhooks follow."""
        address = f"{self.stack.twilio_url}/sandbox/{self.vendor}/projects/{self.find(phone)['id']}/{move}"
        answer = httpx.post(address, json=wish, timeout=30, trust_env=False)
        assert answer.status_code == 200, answer.text
        return int(answer.json()["webhooks"])


def count_webhooks(stack: Stack, since: int) -> int:
    """Webhooks of vendors that arrived after that many lines of the ledger."""
    return sum(
        line["kind"] == "vendor_webhook_attempted" and line["acknowledged"] for line in stack.read_ledger()[since:]
    )
