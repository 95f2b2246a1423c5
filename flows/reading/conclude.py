"""Puts a reading together: values, steering, questions, and what nothing explains."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flows.commands import Affirm, Ask, ChangeLanguage, Clear, Command, Correct, Deny, Set, Skip, Start, Unclear
from flows.reading.control import find_late_steering
from flows.reading.controls import Control
from flows.reading.courtesies import is_courtesy, is_remark, is_wish
from flows.reading.device_notes import drop_noted, join_note
from flows.reading.held import replace_held
from flows.reading.replies import read_lead, read_yes_no, wants_sending
from flows.reading.segments import TAKEN, Found, Message
from flows.reading.types import Intent, ReadContext, Reading
from flows.reading.words import ASKERS, FILLER

Span = tuple[int, int]
_RELATED = {
    "monthly_bill": {"monthly_bill", "currency", "monthly_kwh", "annual_kwh", "bill_document"},
    "monthly_kwh": {"monthly_kwh", "annual_kwh"},
    "annual_kwh": {"monthly_kwh", "annual_kwh"},
    "street": {"street", "city", "state", "postal_code", "country"},
    "city": {"city", "state", "postal_code", "country"},
    "alternate_name": {"alternate_name", "alternate_phone"},
    "alternate_contact": {"alternate_name", "alternate_phone"},
}
OPTIONAL = frozenset({"email", "alternate_name", "alternate_phone", "alternate_contact", "roof_type"})
_NONE = re.compile(
    r"\W*(?:(?:i |we )?(?:have |got )?none|(?:i |we )?don'?t have (?:one|any|an? \w+)|n/?a|no tengo|ningun[oa]?"
    r"|nadie(?: mas)?|nobody(?: else)?|no ?one(?: else)?|just me|only me|solo yo|nothing)(?: (?:sorry|thanks"
    r"|gracias))?\W*"
)
_ENDS_LIST = re.compile(
    r"\b(?:that'?s (?:all|it|everything)|that is (?:all|it)|thats (?:all|it)|nothing (?:else|more)|no(?:thing)? others?"
    r"|just that|(?:y )?(?:nada|ninguno) mas|that'?s about it|con eso esta|eso es todo|es todo|ya esta|solo eso|nada"
    r" mas|dis al|niks anders)\b"
)
_ONLY_ENDS = re.compile(
    r"\W*(?:(?:no|nope|ok|and|y|well|ya)\W+)*(?:that'?s (?:about )?(?:all|it|everything)|that is (?:all|it)|nothing "
    r"(?:else|more)|no more"
    r"|just (?:that|those|these)|nada mas|es todo|eso es todo|solo eso|con eso(?: esta)?|ya esta|no hay mas|no others?)"
    r"(?:\W+(?:thanks|gracias|for now|really|por ahora))*\W*"
)
_PRIORITY: tuple[Intent, ...] = (
    "injection", "opt_out", "handoff", "restart", "back", "correction", "question", "skip", "answer", "greeting",
    "gibberish",
)  # fmt: skip


@dataclass(slots=True)
class Draft:
    """A reading in the making; `corrected` says that the message takes something back."""

    message: Message
    context: ReadContext
    questions: tuple[Span, ...] = ()
    corrected: bool = False
    greeted: bool = False
    controls: list[Command] = field(default_factory=list)
    labels: set[Intent] = field(default_factory=set)

    def add(self, control: Control) -> None:
        """Keep a steering command and its label, and take its words."""
        self.controls.append(control.command)
        self.labels.add(control.label)
        self.message.take(control.start, control.end)


def conclude(draft: Draft) -> Reading:
    """The reading of a message whose values have been found."""
    message = draft.message
    answered = bool(find_wanted(message, draft.context.asked))
    bare = read_yes_no(message)
    if bare is None and wants_sending(message):
        _add_sending(draft)
    lead = bare if bare is not None else (read_lead(message, draft.context.asked) if not answered else None)
    if bare is False and draft.corrected and message.found and draft.context.asked in OPTIONAL | {"devices"}:
        bare = lead = None  # "no, 95" puts right what was said before
    if lead is False and bare is None and draft.context.asked == "owner" and message.has("devices"):
        lead = None  # "no big appliances" is no answer to whether the house is their own
    if draft.context.asked in OPTIONAL and not answered and _NONE.fullmatch(message.plain):
        bare = lead = None
        draft.controls.append(Skip())
        draft.labels.add("skip")
    lead = _use_lead(draft, lead, bare)
    asks = [span for span in draft.questions if _is_open(message, span)]
    late = None if answered else find_late_steering(message)
    sets = list_sets(message, message.found, draft.corrected)
    if late and not (asks and isinstance(late.command, Skip)) and not draft.labels & {"restart", "back", "opt_out"}:
        draft.controls.append(late.command)
        draft.labels.add(late.label)
    if draft.context.asked == "devices" and answered and _ENDS_LIST.search(message.plain):
        draft.controls.append(Deny())  # nothing besides
    elif draft.context.asked == "devices" and _ONLY_ENDS.fullmatch(message.plain):
        draft.controls.append(Deny())
        draft.labels.add("answer")
        lead = bare = None
    _add_questions(draft, asks)
    if lead is not None and not answered and (bare is not None or late is None):
        _add_lead(draft, lead)
    _add_labels(draft, bool(sets))
    return _finish(draft, sets, _leftover(message, asks))


def _add_sending(draft: Draft) -> None:
    """ "send it": a yes to the recap, and before it a wish to leave out what is optional."""
    asked = draft.context.asked
    if asked == "consent":
        draft.controls.append(Affirm())
        draft.labels.add("answer")
    elif asked in OPTIONAL:
        draft.controls.append(Skip())
        draft.labels.add("skip")


def _use_lead(draft: Draft, lead: bool | None, bare: bool | None) -> bool | None:
    """ "yes, …" to whether the house is their own is a value; returns what is left to be answered."""
    message = draft.message
    if draft.context.asked != "owner" or lead is None or message.has("owner"):
        return lead
    if not (draft.corrected and bare is None):
        message.add("owner", lead, *_lead_span(message), 0.95)
    return None


def _add_questions(draft: Draft, asks: list[Span]) -> None:
    if asks:
        draft.controls += [Ask(draft.message.raw[a:b].strip(" ,;.\n\t-")) for a, b in asks]
        draft.labels.add("question")


def _add_lead(draft: Draft, lead: bool) -> None:
    if not draft.labels - {"question", "answer"}:
        draft.controls += answer_yes_no(lead, draft.context, draft.message)
        draft.labels.add("answer")


def _add_labels(draft: Draft, has_values: bool) -> None:
    if draft.corrected:
        draft.labels.add("correction")
    if draft.greeted:
        draft.labels.add("greeting")
        if not has_values and not draft.controls:
            draft.controls.append(Start())
    changes_language = any(isinstance(command, ChangeLanguage) for command in draft.controls)
    if has_values or draft.message.refused or changes_language:
        draft.labels.add("answer")


def _finish(draft: Draft, sets: list[Command], leftover: str) -> Reading:
    message, held = draft.message, draft.context.held
    sets = [_join_note(command, held) for command in sets]
    kept = drop_noted(message, held.get("devices_note")) if held.get("devices_note") else None
    if kept is not None:
        sets.append(Correct("devices_note", kept, message.raw.strip()[:80]) if kept else Clear("devices_note"))
        draft.labels.add("correction")
    if not sets and not draft.controls:
        replaced = replace_held(message.raw, held) if held else None
        if replaced:
            return Reading("correction", (replaced,))
        if is_courtesy(message.plain) or is_remark(message.plain):
            return Reading("greeting", ())
    acts = any(not isinstance(command, Start) for command in draft.controls)
    if not sets and not acts and not message.refused and is_wish(message.plain):
        return Reading("greeting", (Start(),))
    if not sets and not acts and (leftover or not draft.controls):
        draft.controls.append(Unclear(message.raw.strip()[:500]))
        if not message.refused and (leftover or not draft.greeted):
            draft.labels = draft.labels - {"greeting"} | {"gibberish"}
    return Reading(_label(draft.labels), (*sets, *dict.fromkeys(draft.controls)), leftover)


def _join_note(command: Command, held: Mapping[str, Any]) -> Command:
    if isinstance(command, Set | Correct) and command.slot == "devices_note" and held.get("devices_note"):
        return replace(command, value=join_note(command.value, held["devices_note"]))
    return command


def _label(labels: set[Intent]) -> Intent:
    return next((intent for intent in _PRIORITY if intent in labels), "gibberish")


def find_wanted(message: Message, asked: str | None) -> list[Found]:
    """The values found that answer what was asked; all of them when nothing was."""
    if asked is None:
        return list(message.found)
    wanted = _RELATED.get(asked, {asked})
    return [found for found in message.found if found.slot in wanted]


def _is_open(message: Message, span: tuple[int, int]) -> bool:
    """True when a question holds words that no value explains ("xcel?" does not)."""
    rest = re.sub(rf"[{TAKEN}\W\d_]+", " ", message.free[span[0] : span[1]]).split()
    return any(word not in FILLER for word in rest) or (len(rest) >= 3) or bool(rest and rest[0] in ASKERS)


def _lead_span(message: Message) -> tuple[int, int]:
    word = message.words[0] if message.words else None
    return (word.start, word.end) if word else (0, 0)


def answer_yes_no(answer: bool, context: ReadContext, message: Message) -> tuple[Command, ...]:
    """Commands for a plain yes or no."""
    if not answer and context.asked in OPTIONAL:
        return (Skip(),)
    if context.asked == "owner":
        return (Set("owner", answer, message.raw.strip()[:80], confidence=0.95),)
    return (Affirm(),) if answer else (Deny(),)


def list_sets(message: Message, found: list[Found], corrected: bool) -> list[Command]:
    """One Set, or Correct, a slot: the first value found counts."""
    kind = Correct if corrected else Set
    best: dict[str, Found] = {}
    for item in found:
        best.setdefault(item.slot, item)
    return [
        kind(item.slot, item.value, message.raw[item.start : item.end].strip(), confidence=item.confidence)
        for item in best.values()
    ]


def _leftover(message: Message, asks: list[tuple[int, int]]) -> str:
    free = message.free
    for start, end in asks:
        free = free[:start] + TAKEN * (end - start) + free[end:]
    runs = []
    for run in re.finditer(rf"[^{TAKEN}]+", free):
        words = re.findall(r"[^\W_]+", run.group())
        if any(word not in FILLER for word in words):
            runs.append(message.raw[run.start() : run.end()].strip(" ,.;:!-\n\t"))
    return " ".join((*runs, message.beyond)).strip() if runs or message.beyond else ""
