"""Waiting for the product from outside, and judging it: the ledger, the parked rows, the terminal tools."""

import itertools
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from tests.kill.checker import Verdict, judge
from tests.kill.evidence import Evidence, look_since, read_evidence
from tests.kill.stack import ROOT, STAFF, Stack
from tests.kill.thread import Outside

AREAS = [area for area in range(201, 990) if area % 100 != 11 and area % 10 != 1]
SOLAR_VENDORS = ("opensolar", "aurora")
OPEN_KINDS = {"unanswered", "not told", "no project"}
"""What time may mend."""
_phones = (f"+1{area}55501{line:02}" for line, area in itertools.product(range(100), AREAS))


def new_phone() -> str:
    """A fictitious number that this process has not used."""
    return next(_phones)


@dataclass
class Watch:
    """One test's view of a stack: only those homeowners who wrote first after line `since` of the ledger."""

    stack: Stack
    since: int = 0
    taken: dict[str, int] = field(default_factory=dict)
    grace: timedelta = timedelta(seconds=2)

    def write(self, phone: str, text: str | None = None, **wish: object) -> str:
        """A homeowner writes; the MessageSid."""
        return str(self.stack.twilio.write(phone, text, **wish)["sid"])

    def evidence(self) -> Evidence:
        return look_since(read_evidence(self.stack.read_ledger()), self.since)

    def judge(
        self, *, parked: Sequence[str] = (), projects: Sequence[str] | None = None, vendors: Sequence[str] = ()
    ) -> Verdict:
        return judge(self.evidence(), Outside(parked, self.taken, (STAFF,), projects, self.grace, vendors))

    def await_answers(self, seconds: float = 30.0) -> None:
        """Returns when no message waits for its answer."""

        def waiting() -> list[str]:
            return [str(item) for item in self.judge().violations if item.kind == "unanswered"]

        self.stack.await_true(lambda: not waiting(), f"answered: {self.since}", seconds)

    def await_news(self, seconds: float = 60.0) -> None:
        """Returns when every project is at its vendors, everything that happened there was told, and nothing is under
        way; no limit of a vendor's is in the way meanwhile."""

        def list_open(parked: Sequence[str] = (), but: str = "") -> list[str]:
            self.stack.forget_pace()
            found = self.judge(parked=parked, vendors=SOLAR_VENDORS).violations
            return [str(item) for item in found if item.kind in OPEN_KINDS and item.kind != but]

        settled = self.stack.await_for(lambda: not list_open(but="no project") and self.stack.is_idle(), seconds)
        parked = self.list_parked()  # a project that nobody knows of is staff's
        assert settled and not list_open(parked), "\n".join([*list_open(), str(parked), self.stack.describe()])

    def retry_projects(self) -> None:
        """Staff have looked at the vendors, and have every project brought there that waits for them."""
        items = [json.loads(line) for line in self.run_tool("tools.outbox", "list", "--json").splitlines()]
        if parked := [item["id"] for item in items if (item["status"], item["kind"]) == ("parked", "sync_project")]:
            self.run_tool("tools.outbox", "retry", "--yes", *parked)

    def await_rest(self, seconds: float = 30.0) -> None:
        """Returns when nothing is under way any more."""
        self.stack.await_true(self.stack.is_idle, "idle", seconds)

    def await_quiet(self, seconds: float = 30.0) -> None:
        """Returns when only a ring would make a worker look."""
        self.stack.await_true(self.stack.is_quiet, "quiet", seconds)

    def find_project(self, phone: str, vendor: str = "opensolar") -> str:
        """The vendor's id of the homeowner's project."""
        return next(item.project for item in self.evidence().made if (item.vendor, item.phone) == (vendor, phone))

    def move(self, phone: str, move: str, **wish: object) -> None:
        """Staff move the homeowner's project on at OpenSolar."""
        self.stack.twilio.move_project("opensolar", self.find_project(phone), move, **wish)

    def take(self, phone: str) -> None:
        """Staff take the conversation over, from a terminal; notes the moment at which they had it."""
        self.run_tool("tools.handoff", "take", self.find_conversation(phone), "--by", "Alice")
        self.taken[phone] = self.stack.read_ledger()[-1]["seq"]

    def find_conversation(self, phone: str) -> str:
        lines = self.run_tool("tools.handoff", "list", "--limit", "1000").splitlines()
        return next(line.split()[0] for line in lines if phone in line)

    def list_parked(self) -> list[str]:
        """Contacts with a parked message or reply."""
        lines = self.run_tool("tools.outbox", "list", "--json").splitlines()
        return [item["contact"] for line in lines if (item := json.loads(line))["status"] == "parked"]

    def list_projects(self) -> list[str]:
        """The phones of this view's confirmed projects, one entry a project."""
        phones = [json.loads(line)["phone"] for line in self.run_tool("tools.projects").splitlines()]
        earlier = {item.phone for item in read_evidence(self.stack.read_ledger()).heard if item.seq <= self.since}
        return [phone for phone in phones if phone not in earlier]

    def run_tool(self, module: str, *arguments: str, code: int = 0, **changes: str) -> str:
        """What `python -m module` prints; AssertionError unless it ends with `code`."""
        ended = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT, env=self.stack.make_environment(changes), capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert ended.returncode == code, f"{module} ended with {ended.returncode}:\n{ended.stdout}{ended.stderr}"
        return ended.stdout


def watch(stack: Stack) -> Watch:
    """A view that begins now."""
    stack.await_true(stack.is_idle, "idle before the test")
    return Watch(stack, len(stack.read_ledger()))
