"""One homeowner's way through the product, with the people at the vendors who move the project on."""

import re
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.kill.grammar import PROJECT, hello
from tests.kill.stack import Stack

SECONDS = 60.0


@dataclass
class Homeowner:
    """`lines` are what was said to them so far, in order, up to the last look."""

    stack: Stack
    phone: str
    address: str = "12 Oak Street, Springfield, IL 62704"
    lines: list[str] = field(default_factory=list)

    def confirm(self) -> None:
        """The whole intake, each answer after its question, until the request is in."""
        self.write(hello(180))
        self.await_lines(1)
        for text in PROJECT:
            before = len(self.read())
            self.write(self.address if "Oak Street" in text else text)
            self.await_lines(before + 1)

    def write(self, text: str, **wish: Any) -> None:
        self.stack.twilio.write(self.phone, text, wait=True, **wish)

    def tap(self, option: str) -> None:
        """Taps what the newest message offers under that id."""
        self.stack.twilio.write(self.phone, tap={"id": option}, wait=True)

    def read(self) -> list[str]:
        """Everything said to them, from the ledger: each entry once, as accepted."""
        wanted = f"whatsapp:{self.phone}"
        ledger = self.stack.read_ledger()
        self.lines = [line["body"] for line in ledger if line["kind"] == "message_accepted" and line["to"] == wanted]
        return self.lines

    def await_lines(self, count: int, seconds: float = SECONDS) -> list[str]:
        """What was said, once there are at least `count` messages."""
        what = f"{count} messages for {self.phone}"
        return list(self.stack.await_true(lambda: lines if len(lines := self.read()) >= count else None, what, seconds))

    def expect(self, *patterns: str) -> None:
        """Exactly these messages come next, in this order, and nothing else until all is quiet."""
        seen = len(self.lines)
        self.await_lines(seen + len(patterns))
        self.stack.await_true(self.stack.is_idle, "idle", SECONDS)
        said = self.read()[seen:]
        assert len(said) == len(patterns), f"expected {len(patterns)}, heard:\n" + "\n---\n".join(said)
        for pattern, text in zip(patterns, said, strict=True):
            assert re.search(pattern, text, re.I | re.S), f"{pattern!r} is not in:\n{text}"

    def expect_silence(self) -> None:
        """Nothing more was said once all is quiet."""
        seen = len(self.lines)
        self.stack.await_true(self.stack.is_idle, "idle", SECONDS)
        assert self.read()[seen:] == []


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

    def move(self, phone: str, move: str, **wish: Any) -> None:
        """Moves the project on as somebody there would; the vendor's webhooks follow."""
        address = f"{self.stack.twilio_url}/sandbox/{self.vendor}/projects/{self.find(phone)['id']}/{move}"
        answer = httpx.post(address, json=wish, timeout=30, trust_env=False)
        assert answer.status_code == 200, answer.text
