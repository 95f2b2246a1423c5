"""Whether a reading by rules leaves something for a language model."""

import re
from collections.abc import Mapping
from typing import Any

from flows.patterns.answers import SURE
from flows.reading.segments import fold
from flows.reading.words import FILLER

MANY_WORDS = 3
"""Words that matter, left over beside commands, which are worth a call; a figure is worth one by itself."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_NEVER = ("OptOut", "Restart", "Cancel", "Handoff", "ChangeLanguage")
"""What these do is done by rules alone, and nothing is added to it."""


def would_ask(reading: Mapping[str, Any] | None) -> bool:
    """Whether the rules' reading, as kept with its inbox row, is one to ask a model about: words that no rule explains,
    a value that it is not sure of, or a question without an answer. Never for a tap, a pin, a reaction, an injection,
    an opt-out, an emergency or any other wish that the rules carry out."""
    if reading is None or reading["intent"] == "injection":
        return False
    commands = reading["commands"]
    if any(each["is"] in _NEVER for each in commands):
        return False
    return any(map(_is_open, commands)) or (_has_values(commands) and _matters(reading["leftover"]))


def _is_open(command: Mapping[str, Any]) -> bool:
    if command["is"] == "Unclear":
        return not command["injection"] and len(_WORD.findall(fold(command["words"]))) > 0
    if command["is"] == "Ask":
        return command["answer"] is None and command["topic"] is None
    return command["is"] in ("Set", "Correct") and command["confidence"] < SURE


def _has_values(commands: list[Mapping[str, Any]]) -> bool:
    return any(each["is"] in ("Set", "Correct", "Ask") for each in commands)


def _matters(leftover: str) -> bool:
    plain = fold(leftover)
    words = [word for word in _WORD.findall(plain) if word not in FILLER]
    return any(map(str.isdigit, plain)) or len(words) >= MANY_WORDS
