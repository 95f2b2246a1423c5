"""What homeowners write in crash tests, and how the reply to each shows which message it answers."""

import re
from dataclasses import dataclass

Key = tuple[str, str]
"""(kind of message, its number); "" where one homeowner writes it once at most."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """`heard` finds a message of this kind, `said` its reply; a group in both is the mark that ties them."""

    kind: str
    heard: re.Pattern[str]
    said: re.Pattern[str]


def _exchange(kind: str, heard: str, said: str) -> Exchange:
    return Exchange(kind, re.compile(heard, re.I | re.S), re.compile(said, re.S))


EXCHANGES = (
    _exchange("bill", r"bill is \$?(\d+)", r"→ \$(\d+) a month|automated assistant.*\$(\d+) a month"),
    _exchange("stop", r"^stop$", r"You won't get any more messages"),
    _exchange("person", r"talk to a person", r"A colleague takes over"),
    _exchange("question", r"^what voltage", r"^Good question"),
    _exchange("file", r"^$", r"kept (?:safely|for a colleague)"),
    _exchange("paper", r"bill attached", r"^From your bill"),
    _exchange("name", r"^my name is", r"^Nice to meet you"),
    _exchange("address", r"Oak Street", r"^Do you own the home"),
    _exchange("owner", r"^I own it", r"^Which company sends"),
    _exchange("utility", r"^Ameren", r"^Which of these do you have"),
    _exchange("devices", r"^none", r"^Noted: none"),
    _exchange("roof", r"^metal$", r"e-mail address for the offer"),
    _exchange("email", r"@example\.com$|^that's all$", r"somebody else we may contact"),
    _exchange("other", r"^skip$", r"Shall I send your request"),
    _exchange("consent", r"^yes$", r"your request is in"),
)
UNPROMPTED = (
    ("nudge", re.compile(r"solar request with us is not finished")),
    ("reading", re.compile(r"^(?:Got it, I'm reading it|Thank you, I'm having a look)")),
)
"""What is said without being asked, once at most in these tests."""
NEWS = (
    ("incentives", re.compile(r"I looked up incentives")),
    ("design", re.compile(r"design for your home is ready")),
    ("design changed", re.compile(r"design for your home was updated")),
    ("proposal", re.compile(r"solar proposal (is ready|was updated)")),
    ("sealed", re.compile(r"your agreement is in place")),
    ("paid", re.compile(r"your payment has arrived")),
    ("scheduled", re.compile(r"installation is planned for")),
    ("on the way", re.compile(r"installation team is on its way")),
    ("installed", re.compile(r"your solar system is installed")),
)
"""What a transition of the project leads to, in the order of a project's life."""
MOVES = {
    "design": "design", "proposal_sent": "proposal", "accepted": "sealed", "signed": "sealed", "sold": "sealed",
    "paid": "paid", "schedule": "scheduled", "crew": "on the way", "installed": "installed",
}  # fmt: skip
"""What staff do at OpenSolar, and the news that it is."""

CHANGE = re.compile(r"\$(\d+) a month → \$(\d+) a month")
PROJECT = (
    "My name is Dana Reyes", "12 Oak Street, Springfield, IL 62704", "I own it", "Ameren", "none",
    "metal", "dana@example.com", "skip", "yes",
)  # fmt: skip
"""After the first bill these lead to a confirmed project, one reply each."""

QUICK_PROJECT = ("that's all", "skip", "yes")
"""After `hello_all` these lead to a confirmed project."""


def hello_all(number: int) -> str:
    """A homeowner's first message that answers nearly everything."""
    return (
        f"Hi, my electric bill is ${number} a month, my name is Dana Reyes, dana@example.com, I own the home at "
        "12 Oak Street, Springfield, IL 62704, the utility is Ameren, devices: one pool pump, roof: metal"
    )


def hello(number: int) -> str:
    """A homeowner's first message."""
    return f"Hi, my electric bill is ${number} a month"


def correction(number: int) -> str:
    """Every further one: its reply names the number before and this one."""
    return f"Actually my bill is {number}"


def read_heard(text: str) -> Key | None:
    """Which reply a message calls for; None for one that is outside the grammar."""
    for exchange in EXCHANGES:
        if found := exchange.heard.search(text):
            return exchange.kind, _mark(found)
    return None


def read_said(text: str) -> Key | None:
    """Which message a reply answers; None for one that answers none of ours."""
    for exchange in EXCHANGES:
        if found := exchange.said.search(text):
            return exchange.kind, _mark(found)
    return next(((kind, "") for kind, words in (*UNPROMPTED, *NEWS) if words.search(text)), None)


def read_change(text: str) -> tuple[str, str] | None:
    """(old, new) of a correction's echo."""
    found = CHANGE.search(text)
    return (found[1], found[2]) if found else None


def _mark(found: re.Match[str]) -> str:
    return next((group for group in found.groups() if group), "")
