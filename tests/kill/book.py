"""A ledger of a few lines, written by hand."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.kill.checker import Verdict, judge
from tests.kill.evidence import read_evidence
from tests.kill.grammar import hello
from tests.kill.thread import Outside

ANA, BEN, STAFF = "+12025550101", "+12025550102", "+15105550199"
GREETING = "Hi! I'm Heliograph's automated assistant.\n\nThanks, noted: ${} a month.\n\nTo start, what's your name?"
STOPPED = "You won't get any more messages from us. If you change your mind, write START."
HANDED_OVER = "Of course. A colleague takes over from here and will write to you in this chat."
CONFIRMED = "Thank you – your request is in."


def change(old: int, new: int) -> str:
    return f"Changed:\nMonthly bill: ${old} a month → ${new} a month\n\nSo, what should I call you?"


@dataclass
class Book:
    """A ledger being written; a second goes by from line to line."""

    lines: list[dict[str, Any]] = field(default_factory=list)

    def hear(self, text: str, phone: str = ANA, *, acked: bool = True) -> str:
        sid = f"SM{len(self.lines)}"
        self._write("inbound_created", sid=sid, sender=f"whatsapp:{phone}", body=text)
        if acked:
            self.acknowledge(sid)
        return sid

    def acknowledge(self, sid: str, status: int = 200) -> None:
        self._write("webhook_attempted", sid=sid, http_status=status)

    def say(self, text: str, phone: str = ANA, *, proven: bool = True) -> str:
        sid = f"SM{len(self.lines)}"
        self._write("message_accepted", sid=sid, to=f"whatsapp:{phone}", body=text)
        if proven:
            self._write("status_callback_attempted", sid=sid, http_status=200)
        return sid

    def confirm(self) -> None:
        """Ana confirms, and her project is made at OpenSolar."""
        self.hear("yes")
        self.say(CONFIRMED)
        self.make()

    def make(self, phone: str = ANA, project: int = 11, name: str = "hg-1-abc") -> None:
        fields = {"contacts_new": [{"phone": phone}]}
        self._write("project_created", vendor="opensolar", project_id=project, identifier=name, fields=fields)

    def move(self, move: str, project: int = 11) -> None:
        self._write("project_moved", vendor="opensolar", project_id=project, move=move)

    def hide_newest(self) -> None:
        self._write("fault_fired", fault="lag")

    def begin(self) -> None:
        """Ana says hello and is greeted."""
        self.hear(hello(300))
        self.say(GREETING.format(300))

    def judge(self, **outside: Any) -> Verdict:
        return judge(read_evidence(self.lines), Outside(staff=(STAFF,), **outside))

    def _write(self, kind: str, **facts: Any) -> None:
        at = datetime(2026, 11, 21, 12, tzinfo=UTC) + timedelta(seconds=len(self.lines))
        self.lines.append({"seq": len(self.lines) + 1, "at": at.isoformat(), "kind": kind, **facts})
