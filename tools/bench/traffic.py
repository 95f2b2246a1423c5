"""Homeowners writing at a steady rate, and what Twilio's ledger says became of each message."""

import json
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tools.bench.homeowners import choose_script, phone_of, walk_script
from tools.bench.load import post_at_rate
from tools.bench.shares import describe_shares, read_shares
from tools.bench.stack import Stack
from tools.bench.table import take_share

THREADS = 4
APART_SECONDS = 8.0  # between two messages of one homeowner: they read what they got
TURNS_LEAST = 5  # of each homeowner, also in a short round: a newcomer costs more than the rest
PATIENCE_SECONDS = 60.0  # for what is under way when the last message is written


@dataclass(frozen=True)
class Crowd:
    """Messages in the order in which they are written; homeowners are counted on from `first`."""

    requests: list[bytes]
    expected: dict[str, list[int]]
    """Replies to each message of a homeowner, by address, as the engine alone gives them."""


@dataclass
class Outcome:
    """What became of one crowd's messages; times in seconds.

    `received`: from when the webhook was called to when the reply was POSTed to Twilio; `written`: from when the
    homeowner wrote, which also holds what waited for the web process to take it.
    """

    sent: int
    received: list[float] = field(default_factory=list)
    written: list[float] = field(default_factory=list)
    missing: int = 0
    surplus: int = 0
    refused: int = 0
    shares: str = ""
    late: float = 0.0

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.surplus and not self.refused and len(self.written) == self.sent

    def received_share(self, share: float) -> float:
        return take_share(self.received, share)

    def written_share(self, share: float) -> float:
        return take_share(self.written, share)


def gather_crowd(first: int, per_second: float, seconds: float) -> Crowd:
    """So many homeowners that each has time to read between two messages."""
    count = round(per_second * seconds)
    size = max(1, round(per_second * min(APART_SECONDS, seconds / TURNS_LEAST)))
    requests: list[bytes] = []
    expected: dict[str, list[int]] = defaultdict(list)
    offset = first
    places = [0] * size
    owners = [0] * size
    for number in range(size):
        owners[number], offset = offset, offset + 1
    for message in range(count):
        seat = message % size
        if places[seat] == len(choose_script(owners[seat]).messages):  # through: somebody else takes the seat
            owners[seat], places[seat], offset = offset, 0, offset + 1
        script, phone = choose_script(owners[seat]), phone_of(owners[seat])
        place = places[seat]
        requests.append(make_wish(phone, script.name, script.messages[place]))
        expected[f"whatsapp:{phone}"].append(walk_script(script)[place].replies)
        places[seat] += 1
    return Crowd(requests, dict(expected))


def make_wish(phone: str, name: str, text: str) -> bytes:
    """The sandbox's lever by which a homeowner writes."""
    body = json.dumps({"text": text, "name": name}).encode()
    first = f"POST /sandbox/homeowners/{phone}/messages HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    return f"{first}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def send_crowd(stack: Stack, crowd: Crowd, per_second: float) -> Outcome:
    """Lets them write, waits until all is answered or patience is over, and reads the ledger."""
    before = read_shares(stack.roots)
    late = post_at_rate(stack.sandbox_port, crowd.requests, per_second, THREADS)
    deadline = time.monotonic() + PATIENCE_SECONDS
    wanted = sum(map(sum, crowd.expected.values()))
    while count_replies(stack, crowd) < wanted and time.monotonic() < deadline:
        time.sleep(0.5)  # the pause of a poll with a deadline
    shares = describe_shares(before, read_shares(stack.roots), len(crowd.requests))
    outcome = judge(stack.read_ledger(), crowd)
    outcome.late, outcome.shares = late, shares
    return outcome


def count_replies(stack: Stack, crowd: Crowd) -> int:
    return sum(fact["kind"] == "message_accepted" and fact["to"] in crowd.expected for fact in stack.read_ledger())


def judge(facts: Sequence[dict[str, Any]], crowd: Crowd) -> Outcome:
    """Replies go out in order, one conversation at a time, so the engine's counts say which message each answers."""
    inbound: dict[str, list[dict[str, Any]]] = defaultdict(list)
    replies: dict[str, list[float]] = defaultdict(list)
    called: dict[str, float] = {}
    outcome = Outcome(sent=len(crowd.requests))
    for fact in facts:
        if fact["kind"] == "inbound_created" and fact["sender"] in crowd.expected:
            inbound[fact["sender"]].append(fact)
        elif fact["kind"] == "message_accepted" and fact["to"] in crowd.expected:
            replies[fact["to"]].append(read_time(fact))
        elif fact["kind"] == "webhook_attempted":
            called.setdefault(fact["sid"], read_time(fact) - fact["seconds"])
        elif fact["kind"] == "request_refused" and fact.get("to") in crowd.expected:
            outcome.refused += 1
    for address, counts in crowd.expected.items():
        match_replies(outcome, inbound[address], counts, replies[address], called)
    return outcome


def match_replies(
    outcome: Outcome, messages: list[dict[str, Any]], counts: list[int], replies: list[float], called: dict[str, float]
) -> None:
    outcome.missing += max(0, sum(counts) - len(replies))
    outcome.surplus += max(0, len(replies) - sum(counts))
    place = 0
    for message, count in zip(messages, counts, strict=True):
        if count and place < len(replies) and message["sid"] in called:
            outcome.written.append(replies[place] - read_time(message))
            outcome.received.append(replies[place] - called[message["sid"]])
        place += count


def read_time(fact: dict[str, Any]) -> float:
    return datetime.fromisoformat(fact["at"]).timestamp()
