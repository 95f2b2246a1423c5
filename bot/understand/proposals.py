"""What a language model may propose: one flat closed list of commands, each with words of the message as evidence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flows.reading.segments import fold

SLOTS = (
    "name", "street", "city", "state", "postal_code", "owner", "utility", "monthly_bill", "monthly_kwh", "annual_kwh",
    "devices", "roof_type", "email", "alternate_name", "alternate_phone",
)  # fmt: skip
"""Slots of the intake. What follows from a vendor's news (a decision, a day, an application) is for rules alone."""

VALUES = ("set", "correct")
CONTROLS = ("affirm", "deny", "skip", "back", "repeat", "pause", "handoff")
COMMANDS = (*VALUES, "ask", *CONTROLS)

MOST_PROPOSALS = 12
LONGEST_EVIDENCE = 300


@dataclass(frozen=True, slots=True)
class Proposal:
    """`slot` names a slot of SLOTS for a value, a topic of the knowledge for "ask", nothing otherwise. `words` are the
    message's own from `start` on."""

    command: str
    slot: str
    words: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.words)


def make_schema(topics: Sequence[str]) -> dict[str, Any]:
    """The schema of an answer, always the same for the same knowledge, so that vendors can keep it compiled."""
    item = {
        "type": "object",
        "properties": {
            "command": {"type": "string", "enum": list(COMMANDS)},
            "slot": {"type": "string", "enum": ["", *dict.fromkeys((*SLOTS, *topics))]},
            "words": {"type": "string"},
        },
        "required": ["command", "slot", "words"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"commands": {"type": "array", "items": item}},
        "required": ["commands"],
        "additionalProperties": False,
    }


def read_proposals(data: Mapping[str, Any], text: str, topics: Sequence[str]) -> tuple[Proposal, ...]:
    """The first proposals that are what the list allows and whose words stand in the message; the others are nothing.

    Takes whatever was answered or kept, and never raises on it.
    """
    items = data.get("commands")
    if not isinstance(items, list):
        return ()
    read = (_read_item(item, text, topics) for item in items[:MOST_PROPOSALS])
    return tuple(dict.fromkeys(each for each in read if each is not None))


def _read_item(item: Any, text: str, topics: Sequence[str]) -> Proposal | None:
    if not isinstance(item, Mapping):
        return None
    command, slot, words = (str(item.get(name, "")) for name in ("command", "slot", "words"))
    if not _is_allowed(command, slot, topics):
        return None
    place = find_words(text, words)
    if place is None:
        return None
    return Proposal(command, slot if command not in CONTROLS else "", text[slice(*place)], place[0])


def _is_allowed(command: str, slot: str, topics: Sequence[str]) -> bool:
    if command in VALUES:
        return slot in SLOTS
    return command in CONTROLS or (command == "ask" and slot in topics)


def find_words(text: str, words: str) -> tuple[int, int] | None:
    """Where the message says `words`, whole words whatever their case, accents and spaces; None where it does not."""
    wanted = fold(words[: LONGEST_EVIDENCE + 1]).split()
    if not any(map(str.isalnum, "".join(wanted))) or len(words) > LONGEST_EVIDENCE:
        return None
    pattern = r"\s+".join(map(re.escape, wanted))
    left, right = (r"(?<!\w)" if wanted[0][0].isalnum() else ""), (r"(?!\w)" if wanted[-1][-1].isalnum() else "")
    found = re.search(left + pattern + right, fold(text))
    return found.span() if found else None


def dump_proposals(proposals: Sequence[Proposal]) -> list[dict[str, Any]]:
    """As an answer would list them, JSON-native."""
    return [{name: value for name, value in asdict(each).items() if name != "start"} for each in proposals]
