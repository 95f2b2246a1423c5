"""What Twilio's ledger proves: what was heard and acknowledged, what was said and when we were told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from tests.kill.grammar import Key, read_heard, read_said


@dataclass(frozen=True, slots=True)
class Heard:
    """A homeowner's message. `seq` is its line in the ledger, `acked` the line of the first 200 to its webhook."""

    seq: int
    sid: str
    phone: str
    text: str
    key: Key | None
    acked: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """A message that Twilio accepted. `proven` is the line of the first status callback that we answered with 200."""

    seq: int
    at: datetime
    sid: str
    phone: str
    text: str
    key: Key | None
    proven: int | None


@dataclass(frozen=True, slots=True)
class Made:
    """A project that a vendor created, for the homeowner with this phone; `identifier` is our name for it."""

    seq: int
    vendor: str
    project: str
    identifier: str
    phone: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Something that staff did with a project at the vendor's."""

    seq: int
    vendor: str
    phone: str
    move: str


@dataclass(slots=True)
class Evidence:
    """All of a ledger. `blind` are the lines at which Twilio's list hid its newest messages."""

    heard: list[Heard] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    blind: list[int] = field(default_factory=list)
    last: int = 0
    times: dict[int, datetime] = field(default_factory=dict)
    made: list[Made] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)


def read_evidence(entries: Iterable[Mapping[str, Any]]) -> Evidence:
    """The ledger's lines, in order, as facts."""
    lines = list(entries)
    acked = _first_lines(lines, "webhook_attempted")
    proven = _first_lines(lines, "status_callback_attempted")
    evidence = Evidence(last=lines[-1]["seq"] if lines else 0)
    for line in lines:
        evidence.times[line["seq"]] = datetime.fromisoformat(line["at"])
        if line["kind"] == "inbound_created":
            evidence.heard.append(_read_heard(line, acked))
        elif line["kind"] == "message_accepted":
            evidence.said.append(_read_said(line, proven))
        elif line["kind"] == "fault_fired" and line["fault"] == "lag":
            evidence.blind.append(line["seq"])
        elif line["kind"] == "project_created":
            evidence.made.append(_read_made(line))
        elif line["kind"] == "project_moved":
            evidence.moved.append(_read_moved(line, evidence.made))
    return evidence


def look_since(evidence: Evidence, seq: int) -> Evidence:
    """Only homeowners whose first message came after line `seq`, and phones that never wrote."""
    earlier = {item.phone for item in evidence.heard if item.seq <= seq}
    heard = [item for item in evidence.heard if item.phone not in earlier]
    said = [item for item in evidence.said if item.phone not in earlier]
    made = [item for item in evidence.made if item.phone not in earlier]
    moved = [item for item in evidence.moved if item.phone not in earlier]
    return replace(evidence, heard=heard, said=said, made=made, moved=moved)


def _first_lines(lines: list[Mapping[str, Any]], kind: str) -> dict[str, int]:
    """sid -> the first line of `kind` that was answered with 200."""
    found: dict[str, int] = {}
    for line in lines:
        if line["kind"] == kind and line["http_status"] == 200:
            found.setdefault(line["sid"], line["seq"])
    return found


def _read_heard(line: Mapping[str, Any], acked: Mapping[str, int]) -> Heard:
    phone, text = line["sender"].removeprefix("whatsapp:"), line["body"]
    return Heard(line["seq"], line["sid"], phone, text, read_heard(text), acked.get(line["sid"]))


def _read_said(line: Mapping[str, Any], proven: Mapping[str, int]) -> Said:
    phone, text = line["to"].removeprefix("whatsapp:"), line["body"]
    at = datetime.fromisoformat(line["at"])
    return Said(line["seq"], at, line["sid"], phone, text, read_said(text), proven.get(line["sid"]))


def _read_made(line: Mapping[str, Any]) -> Made:
    fields = line["fields"]
    contacts = fields.get("contacts_new") or [{}]
    phone = fields.get("customer_phone") or contacts[0].get("phone") or ""
    return Made(line["seq"], line["vendor"], str(line["project_id"]), line["identifier"] or "", phone)


def _read_moved(line: Mapping[str, Any], made: Iterable[Made]) -> Moved:
    phone = next((item.phone for item in made if item.project == str(line["project_id"])), "")
    return Moved(line["seq"], line["vendor"], phone, line["move"])
