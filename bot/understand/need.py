"""Whether a reading by rules leaves something for a language model."""

import re
from collections.abc import Mapping
from typing import Any

from flows.patterns.answers import SURE
from flows.reading.segments import fold
from flows.reading.words import FILLER

MANY_WORDS = 3
"""Words that matter, left over beside commands, which are worth a call; a figure is worth one by itself."""

_LABELS_TEXT = """
ad address anuncio aparatos appliances bill cara casa compania company correo cubierta cuesta direccion electric
electricidad electricity energia energy estamos factura hola kwh luz mail monthly nombre owner pago pagamos pay
paying power property recibo roof run saw techo tejado tenemos unos usage use utility vivimos vivo
"""
LABELS = frozenset(_LABELS_TEXT.split())
"""Words that stand before an answer and say no more than which one it is."""

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
        return not command["injection"] and bool(_list_words(command["words"]))
    if command["is"] == "Ask":
        return command["answer"] is None and command["topic"] is None
    return command["is"] in ("Set", "Correct") and command["confidence"] < SURE


def _has_values(commands: list[Mapping[str, Any]]) -> bool:
    return any(each["is"] in ("Set", "Correct", "Ask") for each in commands)


def _matters(leftover: str) -> bool:
    return any(map(str.isdigit, leftover)) or len(_list_words(leftover) - LABELS) >= MANY_WORDS


def _list_words(text: str) -> set[str]:
    return {word for word in _WORD.findall(fold(text)) if word not in FILLER}
