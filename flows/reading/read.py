"""Reads a message: words to commands, by rules alone."""

from flows.commands import Ask, ChangeLanguage, Choose, Command, Handoff, Set, Start, Unclear
from flows.reading.address import read_address
from flows.reading.conclude import Draft, answer_yes_no, conclude, find_wanted, list_sets
from flows.reading.control import find_clearing, find_steering, skip_greeting
from flows.reading.controls import Control
from flows.reading.corrections import find_correction
from flows.reading.emergencies import find_emergency
from flows.reading.follow_ups import read_follow_up
from flows.reading.handoffs import find_handoff
from flows.reading.injections import find_injection
from flows.reading.languages import detect_language, find_language_wish
from flows.reading.opt_outs import find_opt_out
from flows.reading.people import introduces
from flows.reading.questions import find_questions
from flows.reading.replies import choose_option, read_yes_no
from flows.reading.segments import Message
from flows.reading.types import ReadContext, Reading
from flows.reading.values import read_values

__all__ = ["detect_language", "read", "read_pin"]


def read(text: str, context: ReadContext) -> Reading:
    """What the message says: values as Set (Correct in a correction), then what steers; never raises on text."""
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
        commands: list[Command] = [
            *_read_asked(message, context, country),
            Handoff("emergency", message.raw[:300].strip()),
        ]
        if opt_out:
            commands.insert(0, opt_out.command)
        return Reading("opt_out" if opt_out else "handoff", tuple(commands))
    if opt_out and len(message.words) <= 6:
        return Reading("opt_out", (opt_out.command,))
    chosen = choose_option(message, context.options, context.asked)
    if chosen is not None:
        return Reading("answer", (Choose(chosen),))
    followed = None if opt_out else read_follow_up(message, context)
    if followed is not None:
        return followed
    return _read_all(message, context, country, opt_out)


def read_pin(latitude: float, longitude: float, address: str, label: str, context: ReadContext) -> tuple[Command, ...]:
    """Commands for a location pin: `location`, and the parts of its address where that can be read.

    Asked for the spot of a project that was sent it is that and no more: the address on file stays.
    """
    spot = {"latitude": round(float(latitude), 6), "longitude": round(float(longitude), 6)}
    known = context.known
    if context.asked == "site_pin" or ("assessment" in known and not known & {"location", "site_pin"}):
        return (Set("site_pin", spot, raw=f"{latitude},{longitude}", confidence=1.0),)
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
    followed = read_follow_up(message, context)
    if followed is not None:
        return followed
    answer = read_yes_no(message)
    if answer is None:
        return Reading("gibberish", (Unclear(message.raw.strip()[:500]),), message.raw.strip())
    return Reading("answer", answer_yes_no(answer, context, message))


def _read_injection(
    message: Message, context: ReadContext, country: str, opt_out: Control | None, danger: bool
) -> Reading:
    commands: list[Command] = []
    if context.asked and not message.plain.lstrip().startswith(("=", "@", "+", "-")):
        read_values(message, context.asked, country, find_questions(message), context.held)
        wanted = [found for found in find_wanted(message, context.asked) if found.slot not in _NAMES]
        commands += list_sets(message, wanted, corrected=False)
    if opt_out:
        commands.append(opt_out.command)
    if danger:
        commands.append(Handoff("emergency", message.raw.strip()[:300]))
    words = message.raw.strip()[:500]
    return Reading("injection", (*commands, Unclear(words, injection=True)), words)


_NAMES = frozenset({"name", "alternate_name"})
"""What is never read out of a message that tries to instruct."""
_FIGURES = frozenset({"monthly_bill", "monthly_kwh", "annual_kwh", "postal_code", "email"})


def _read_asked(message: Message, context: ReadContext, country: str) -> list[Command]:
    """What a call for help says of the question besides; things that burn or spark are no list of devices."""
    if context.asked not in _FIGURES:
        return []
    read_values(message, context.asked, country, find_questions(message), context.held)
    return list_sets(message, find_wanted(message, context.asked), corrected=False)


def _read_all(message: Message, context: ReadContext, country: str, opt_out: Control | None) -> Reading:
    draft = Draft(message, context)
    handoff = None if introduces(message) else find_handoff(message)
    for control in (opt_out, handoff, find_clearing(message)):
        if control:
            draft.add(control)
    wish = find_language_wish(message.plain)
    if wish:
        draft.controls.append(ChangeLanguage(wish[0]))
        message.take(wish[1], wish[2])
    steering = None if draft.labels or wish else find_steering(message)
    if steering:
        draft.add(steering)
        if isinstance(steering.command, Start | Ask):
            return Reading(steering.label, tuple(draft.controls))
    draft.greeted = skip_greeting(message) > 0
    if not wish and not draft.labels & {"handoff", "question"}:
        draft.questions = find_questions(message)
    correction = find_correction(message, context)
    draft.corrected = correction is not None
    for start, end in correction.spans if correction else ():
        message.take(start, end)
    for start, end in correction.blanks if correction else ():
        message.blank(start, end)
    read_values(message, context.asked, country, draft.questions, context.held)
    return conclude(draft)
