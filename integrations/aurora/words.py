"""Aurora's words, and what they mean to us."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

COMPLETED = ("designer_completed", "completed", "succeeded")
REJECTED = ("designer_rejected", "rejected")
ACCEPTED = ("accepted",)

JOB_DONE = ("succeeded", "completed", "complete", "success")
JOB_FAILED = ("failed", "error", "canceled", "cancelled")

DESIGN_STATUSES = (
    "not_started", "consumption_entered", "project_created", "design_requested", "design_in_progress",
    "design_completed", "design_rejected", "design_accepted",
)  # fmt: skip

STATUS_WORDS = ("pending", "scheduled", "in_progress", "completed", "installed")
"""What a tenant's project status can be mapped to. The system is on the roof in `completed` as in `installed`."""

AGREEMENT_RANKS = {
    "sent": 1,
    "viewed": 2,
    "error": 3,
    "declined": 3,
    "signed": 4,
    "cancel-pending": 5,
    "canceled": 6,
}
"""An agreement only goes up: Aurora repeats its events and sends them out of order."""

AGREEMENT_REMARKS = {
    "error": "Aurora could not deliver the agreement; look there.",
    "declined": "The homeowner declined the agreement in Aurora.",
    "cancel-pending": "The agreement in Aurora is about to be cancelled.",
    "canceled": "The agreement was cancelled in Aurora.",
}

_ACCEPTED_BEFORE = re.compile(r"already\b.*\baccept|accept\w*\b.*\balready|\b(is|was|been) accepted\b", re.I | re.S)


def read_word(value: Any) -> str:
    """A status as Aurora spells it somewhere, in one spelling: lower case, underscores."""
    return re.sub(r"[\s-]+", "_", value.strip().lower()) if isinstance(value, str) else ""


def sort_request(status: Any) -> str:
    """`completed`, `rejected`, `accepted`, or `open` for every other word of a design request."""
    word = read_word(status)
    for meaning, words in (("completed", COMPLETED), ("rejected", REJECTED), ("accepted", ACCEPTED)):
        if word in words:
            return meaning
    return "open"


def sort_job(status: Any) -> str:
    """`succeeded`, `failed`, or `running` for every other word of a job."""
    word = read_word(status)
    if word in JOB_DONE:
        return "succeeded"
    return "failed" if word in JOB_FAILED else "running"


def sort_agreement(status: Any) -> str:
    """One of AGREEMENT_RANKS, empty for a word that Aurora may add."""
    word = read_word(status).replace("_", "-")
    word = {"cancelled": "canceled", "completed": "signed"}.get(word, word)
    return word if word in AGREEMENT_RANKS else ""


def further(known: str, read: str) -> str:
    """The agreement's state after `read`: never back."""
    return read if AGREEMENT_RANKS.get(read, 0) >= AGREEMENT_RANKS.get(known, 0) else known


def says_accepted(sentence: str) -> bool:
    """Whether a refusal to accept a design request says that it is accepted already."""
    return bool(_ACCEPTED_BEFORE.search(sentence))


def read_status_map(entries: Iterable[str]) -> dict[str, str]:
    """`Text=word` by the text in lower case; ValueError for a word that is none of STATUS_WORDS."""
    found: dict[str, str] = {}
    for entry in entries:
        text, equals, word = entry.rpartition("=")
        word = read_word(word)
        if not equals or not text.strip() or word not in STATUS_WORDS:
            raise ValueError(f"{entry!r} is not like `Permit approved=scheduled`: {', '.join(STATUS_WORDS)}")
        found[_fold(text)] = word
    return found


def find_status(status_map: Mapping[str, str], text: str) -> str:
    """One of STATUS_WORDS, empty for a text that is not mapped."""
    return status_map.get(_fold(text), "")


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
