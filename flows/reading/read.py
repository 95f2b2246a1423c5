"""Reads a message: words to commands, by rules alone."""

import re
from typing import Any

from flows.commands import (
    Affirm,
    Ask,
    ChangeLanguage,
    Choose,
    Command,
    Correct,
    Deny,
    Handoff,
    Set,
    Skip,
    Start,
    Unclear,
)
from flows.reading.address import read_address, read_place
from flows.reading.control import (
    Control,
    find_clearing,
    find_handoff,
    find_late_steering,
    find_opt_out,
    find_steering,
    skip_greeting,
)
from flows.reading.corrections import find_correction
from flows.reading.courtesies import is_courtesy
from flows.reading.devices import read_devices
from flows.reading.emergencies import find_emergency
from flows.reading.energy import read_energy
from flows.reading.held import replace_held
from flows.reading.injections import find_injection
from flows.reading.languages import detect_language, find_language_wish
from flows.reading.money import read_money
from flows.reading.ownership import read_owner
from flows.reading.people import read_alternate, read_email, read_name
from flows.reading.questions import find_questions
from flows.reading.replies import choose_option, read_lead, read_promise, read_yes_no
from flows.reading.roofs import read_roof
from flows.reading.segments import TAKEN, Found, Message
from flows.reading.types import Intent, ReadContext, Reading
from flows.reading.utilities import find_city_of, read_utility
from flows.reading.words import FILLER

__all__ = ["detect_language", "read", "read_pin"]

_RELATED = {
    "monthly_bill": {"monthly_bill", "currency", "monthly_kwh", "annual_kwh", "bill_document"},
    "monthly_kwh": {"monthly_kwh", "annual_kwh"},
    "annual_kwh": {"monthly_kwh", "annual_kwh"},
    "street": {"street", "city", "state", "postal_code", "country"},
    "city": {"city", "state", "postal_code", "country"},
    "alternate_name": {"alternate_name", "alternate_phone"},
    "alternate_contact": {"alternate_name", "alternate_phone"},
}


def read(text: str, context: ReadContext) -> Reading:
    """What the message says: values as Set (Correct in a correction), then the steering commands; never raises on text."""
    message = Message(text)
    if not any(c.isalnum() for c in message.plain):
        return _read_signs(message, context)
    country = country_of(context.locale)
    opt_out = find_opt_out(message)
    danger = find_emergency(message.plain)
    injection = find_injection(message.plain)
    if injection:
        return _read_injection(message, context, country, opt_out, bool(danger))
    if danger:
        commands: list[Command] = [Handoff("emergency", message.raw.strip()[:300])]
        if opt_out:
            commands.insert(0, opt_out.command)
        return Reading("opt_out" if opt_out else "handoff", tuple(commands))
    if opt_out and len(message.words) <= 6:
        return Reading("opt_out", (opt_out.command,))
    chosen = choose_option(message, context.options, context.asked)
    if chosen is not None:
        return Reading("answer", (Choose(chosen),))
    return _read_all(message, context, country, opt_out)


def read_pin(latitude: float, longitude: float, address: str, label: str, context: ReadContext) -> tuple[Command, ...]:
    """Commands for a location pin: `location`, and the parts of its address where that can be read."""
    spot = {"latitude": round(float(latitude), 6), "longitude": round(float(longitude), 6)}
    commands: list[Command] = [Set("location", spot, raw=f"{latitude},{longitude}", confidence=1.0)]
    text = address.strip() or label.strip()
    if text:
        message = Message(text)
        read_address(message, "street", country_of(context.locale))
        commands += [Set(f.slot, f.value, message.raw[f.start : f.end], confidence=0.8) for f in message.found]
    return tuple(commands)


def country_of(locale: str) -> str:
    """Country of a BCP 47 tag; "US" when it names none."""
    country = locale.replace("_", "-").rpartition("-")[2].upper()
    return country if len(country) == 2 and "-" in locale.replace("_", "-") else "US"


def _read_signs(message: Message, context: ReadContext) -> Reading:
    answer = read_yes_no(message)
    if answer is None:
        return Reading("gibberish", (Unclear(message.raw.strip()[:500]),), message.raw.strip())
    return Reading("answer", _answer_yes_no(answer, context, message))


def _read_injection(
    message: Message, context: ReadContext, country: str, opt_out: Control | None, danger: bool
) -> Reading:
    commands: list[Command] = []
    if context.asked and not message.plain.lstrip().startswith(("=", "@", "+", "-")):
        _read_values(message, context, country, find_questions(message))
        wanted = _RELATED.get(context.asked, {context.asked})
        commands += _list_sets(message, [found for found in message.found if found.slot in wanted], corrected=False)
    if opt_out:
        commands.append(opt_out.command)
    if danger:
        commands.append(Handoff("emergency", message.raw.strip()[:300]))
    words = message.raw.strip()[:500]
    return Reading("injection", (*commands, Unclear(words, injection=True)), words)


def _read_all(message: Message, context: ReadContext, country: str, opt_out: Control | None) -> Reading:
    handoff = find_handoff(message)
    clearing = find_clearing(message)
    wish = find_language_wish(message.plain)
    controls: list[Command] = []
    labels: set[Intent] = set()
    for control in (opt_out, handoff, clearing):
        if control:
            controls.append(control.command)
            labels.add(control.label)
            message.take(control.start, control.end)
    if wish:
        controls.append(ChangeLanguage(wish[0]))
        message.take(wish[1], wish[2])
    steering = None if labels else find_steering(message)
    if steering and not wish:
        controls.append(steering.command)
        labels.add(steering.label)
        message.take(steering.start, steering.end)
        if isinstance(steering.command, (Start, Ask)):
            return Reading(steering.label, tuple(controls))
    greeted = bool(skip_greeting(message)) or isinstance(steering and steering.command, Start)
    questions = () if labels & {"handoff", "question"} or wish else find_questions(message)
    correction = find_correction(message, context)
    if correction:
        for start, end in correction.spans:
            message.take(start, end)
    _read_values(message, context, country, questions)
    return _conclude(message, context, controls, labels, questions, bool(correction), greeted)


def _read_values(message: Message, context: ReadContext, country: str, questions: tuple[tuple[int, int], ...]) -> None:
    asked = context.asked
    market = "US" if country == "PR" else country
    read_email(message)
    read_alternate(message, asked, country)
    read_promise(message)
    read_address(message, asked, country)
    read_energy(message, asked, country)
    read_money(message, asked, country)
    read_utility(message, asked, market)
    read_roof(message, asked, market)
    read_devices(message, asked, questions)
    read_owner(message, asked, questions)
    read_name(message, asked, country)
    _read_place_outside(message, asked, country, questions)
    _infer_city(message)


def _read_place_outside(
    message: Message, asked: str | None, country: str, questions: tuple[tuple[int, int], ...]
) -> None:
    """A place named in a question ("do you work in Tucson?") is not where the house is; "Tucson?" is."""
    free = message.free
    for start, end in questions:
        if len(message.plain[start:end].split()) > 3:
            message.take(start, end)
    hidden = [(i, j) for i, j in questions if message.free[i:j] != free[i:j]]
    read_place(message, asked, country)
    for start, end in hidden:
        message.free = message.free[:start] + free[start:end] + message.free[end:]


def _infer_city(message: Message) -> None:
    """A street in a city whose municipality sells the electricity is in that city."""
    utility = message.value("utility")
    if message.has("street") and not message.has("city") and utility:
        city = find_city_of(utility)
        if city:
            span = next((found.start, found.end) for found in message.found if found.slot == "utility")
            message.add("city", city, *span, 0.7)


def _conclude(
    message: Message,
    context: ReadContext,
    controls: list[Command],
    labels: set[Intent],
    questions: tuple[tuple[int, int], ...],
    corrected: bool,
    greeted: bool,
) -> Reading:
    answered = _answered(message, context)
    bare = read_yes_no(message)
    lead = bare if bare is not None else (read_lead(message) if not answered else None)
    if context.asked == "owner" and lead is not None and not message.has("owner") and not (corrected and bare is None):
        message.add("owner", lead, *_lead_span(message), 0.95)
        lead = None
    late = None if answered else find_late_steering(message)
    sets = _list_sets(message, message.found, corrected)
    asks = [span for span in questions if _is_open(message, span)]
    if late and not (asks and isinstance(late.command, Skip)) and not labels & {"restart", "back", "opt_out"}:
        controls.append(late.command)
        labels.add(late.label)
    if asks:
        controls += [Ask(message.raw[a:b].strip(" ,;.\n\t-")) for a, b in asks]
        labels.add("question")
    if lead is not None and not labels - {"question", "answer"} and not answered and not (late and bare is None):
        controls += _answer_yes_no(lead, context, message)
        labels.add("answer")
    if corrected:
        labels.add("correction")
    if message.refused:
        labels.add("answer")
    if sets:
        labels.add("answer")
    if greeted:
        labels.add("greeting")
        if not sets and not controls:
            controls.append(Start())
    leftover = _leftover(message, asks)
    replaced = replace_held(message.raw, context.held) if context.held and not sets and not controls else None
    if replaced:
        sets.append(replaced)
        labels.add("correction")
        leftover = ""
    if not sets and not controls and is_courtesy(message.plain):
        return Reading("greeting", ())
    if any(isinstance(c, ChangeLanguage) for c in controls):
        labels.add("answer")
    if not sets and not [c for c in controls if not isinstance(c, Start)] and (leftover or not controls):
        controls.append(Unclear(message.raw.strip()[:500]))
        if not message.refused:
            labels = labels - {"greeting"} | {"gibberish"} if not greeted or leftover else labels
    return Reading(_label(labels), (*sets, *controls), leftover)


_PRIORITY: tuple[Intent, ...] = (
    "injection", "opt_out", "handoff", "restart", "back", "correction", "question", "skip", "answer", "greeting",
    "gibberish",
)  # fmt: skip


def _label(labels: set[Intent]) -> Intent:
    return next((intent for intent in _PRIORITY if intent in labels), "gibberish")


def _answered(message: Message, context: ReadContext) -> bool:
    if context.asked is None:
        return bool(message.found)
    wanted = _RELATED.get(context.asked, {context.asked})
    return any(found.slot in wanted for found in message.found)


def _is_open(message: Message, span: tuple[int, int]) -> bool:
    """True when a question holds words that no value explains ("xcel?" does not)."""
    rest = re.sub(rf"[{TAKEN}\W\d_]+", " ", message.free[span[0] : span[1]]).split()
    return any(word not in FILLER for word in rest) or (len(rest) >= 3) or bool(rest and rest[0] in _ASKERS)


_ASKERS = frozenset(
    [
        "what",
        "how",
        "why",
        "when",
        "where",
        "who",
        "which",
        "can",
        "could",
        "do",
        "does",
        "is",
        "are",
        "will",
        "would",
        "should",
        "que",
        "como",
        "cuanto",
    ]
)


def _lead_span(message: Message) -> tuple[int, int]:
    word = message.words[0] if message.words else None
    return (word.start, word.end) if word else (0, 0)


def _answer_yes_no(answer: bool, context: ReadContext, message: Message) -> tuple[Command, ...]:
    if context.asked == "owner":
        return (Set("owner", answer, message.raw.strip()[:80], confidence=0.95),)
    return (Affirm(),) if answer else (Deny(),)


def _list_sets(message: Message, found: list[Found], corrected: bool) -> list[Command]:
    kind = Correct if corrected else Set
    best: dict[str, Any] = {}
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
