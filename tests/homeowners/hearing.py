"""What a person understands of what the bot says: what it asks, what it shows, and what can be tapped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.effects import Option, SendMessage
from flows.registry import flow_named
from flows.wording import has_text, placeholders, render

FORMS = frozenset({"ask", "short", "rephrase", "example", "other_way", "again", "family", "repeat"})
SORTS = ("confirm", "review", "more", "change", "reads", "differs")
SHOWING = ("confirm", "review", "reads", "differs")
INSTEAD = {"instead": "monthly_bill"}
"""Questions of another name that ask for a slot all the same."""

SLOTS = frozenset(slot.name for slot in flow_named("intake").slots)


@dataclass(frozen=True, slots=True)
class Heard:
    """`sort` and `slot` of the question that is open ("" for none); `label` and `value` as it shows them; `rows` are
    the lines of a summary, `keys` everything that was said."""

    sort: str = ""
    slot: str = ""
    form: str = ""
    label: str = ""
    value: str = ""
    options: tuple[Option, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    keys: tuple[str, ...] = ()


def listen(messages: Sequence[SendMessage]) -> Heard:
    """What the newest messages leave in a person's mind: the last question counts."""
    keys = tuple(key for message in messages for key in message.keys)
    rows = tuple(row for message in messages for row in _read_rows(message.text))
    for message in reversed(messages):
        for key in reversed(message.keys):
            question = _find_question(key)
            if question:
                sort, slot, form = question
                label, value = _read_shown(message, key) if sort in SHOWING else ("", "")
                slot = slot or find_slot(label, message.language)
                return Heard(sort, slot, form, label, value, message.options, rows, keys)
    return Heard(keys=keys, rows=rows, options=messages[-1].options if messages else ())


def _find_question(key: str) -> tuple[str, str, str] | None:
    head, _, form = key.rpartition(".")
    first, _, rest = head.partition(".")
    if form not in FORMS:
        return None
    if first in SORTS:
        return first, rest, form
    first = INSTEAD.get(first, first)
    return ("ask", first, form) if first in SLOTS else None


def _read_rows(text: str) -> list[tuple[str, str]]:
    found = (re.match(r"• ([^:]+): (.+)", line) for line in text.splitlines())
    return [(match.group(1), match.group(2)) for match in found if match]


def _read_shown(message: SendMessage, key: str) -> tuple[str, str]:
    """Label and value that a question shows, read back out of its words."""
    marks = {name: chr(number) for number, name in enumerate(placeholders(key, message.language), 1)}
    pattern = re.escape(render(key, message.language, **marks))
    for name, mark in marks.items():
        group = rf"(?P<{name}>.+?)"
        pattern = pattern.replace(re.escape(mark), group, 1).replace(re.escape(mark), rf"(?P={name})")
    match = re.search(pattern + r"\s*$", message.text, re.DOTALL)
    found = match.groupdict() if match else {}
    return found.get("label", ""), found.get("value", "")


def find_slot(label: str, language: str) -> str:
    """The slot or row that a label stands for."""
    names = [*SLOTS, "address", "bill", "alternate"]
    return next((each for each in names if has_text(f"label.{each}", language) and _is(label, each, language)), "")


def _is(label: str, name: str, language: str) -> bool:
    return render(f"label.{name}", language) == label
