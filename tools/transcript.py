"""Transcripts of conversations: a text that a person can read and write, and that can be played again.

# What this conversation shows.
market: ZA                       (settings: market, language, on duty, senses; "project: yes": a confirmed project)

> words of the contact
> [Title]                        a tap on something offered
> (pin -33.92, 18.42; Home)      a location
> (image/jpeg) words             a file with its caption
@ 5 days later                   also hours, minutes
@ on duty                        also off duty, Bob takes over, Bob gives back, Bob wants assessment
@ bill {…} problem …           what its reading says, as JSON; a field with "?" is not sure; "@ bill -1 {…}": of one
                                 file less than were sent
@ voice words                    what was heard in a voice message; "@ voice" alone: nothing
@ vendor opensolar paid {…}      news with its facts as JSON; several: "design_ready {…}, proposal_ready {…}"; of an
                                 earlier project: "@ vendor opensolar 1: paid"; for staff alone: "remark! {…}"
< words of the bot
< [Title] [Title]                what can be tapped; a list has its button first: (Show the list)
! AlertStaff asked: …            other effects
= slot: value                    what is on file at the end
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.senses import BILLS
from flows.effects import (
    AlertStaff,
    ApplyForIncentives,
    Effect,
    FetchMedia,
    LookUpIncentives,
    NoteDecision,
    ReadBill,
    ReadVoice,
    Remind,
    SendMessage,
    SendProposal,
    ShareMedia,
    SyncProject,
)
from flows.events import News
from flows.registry import flow_named
from flows.state import State
from tools.talk import Talk

INTAKES = {
    "US": ("Maria Lopez, 12 Oak St Springfield NY 10001, own it, con edison, $240, 2 acs, metal roof",),
    "ZA": ("Sipho Dube", "14 Protea Rd Claremont Cape Town 7708", "own", "city of cape town", "R2 400 per month",
           "geyser, pool pump", "tiles"),
    "ZW": ("Tendai Moyo", "stand 4521 budiriro 5b harare", "its mine", "zesa", "$120 pm", "geyser and borehole pump",
           "asbestos"),
    "ES": ("Lucía Romero", "calle Mayor 12, Toledo 45001", "si, es mia", "iberdrola", "unos 1.250 euros al mes",
           "2 aires acondicionados", "teja"),
}  # fmt: skip
"""Answers up to the optional questions, in each market."""

_TAP = re.compile(r"\[(.+)\]")
_PIN = re.compile(r"\(pin (-?[\d.]+), (-?[\d.]+)(?:; (.+))?\)")
_FILES = re.compile(r"\(([a-z]+/[^)]+)\)\s*(.*)")
_LATER = re.compile(r"(\d+) (minute|hour|day)s? later")
_STAFF = re.compile(r"(\w+) (takes over|gives back|wants (\w+))")
_VENDOR = re.compile(r"vendor (\w+) (?:(\d+): )?(.+)")
_BILL = re.compile(r"bill (?:-(\d) )?(\{.*\})?\s*([a-z_, ]*)")
_VOICE = re.compile(r"voice ?(.*)")
_NEWS = re.compile(r"(\w+)(!?)\s*")


@dataclass(frozen=True)
class Script:
    """What a transcript feeds in: its comment, its settings, and the lines that begin with > or @."""

    comment: tuple[str, ...]
    settings: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]


class ScriptError(Exception):
    """A line that means nothing."""


def parse_script(text: str) -> Script:
    """The inputs of a transcript; what the bot said in it is left out."""
    comment, settings, lines = [], [], []
    for line in text.splitlines():
        if line.startswith("#"):
            comment.append(line)
        elif line.startswith((">", "@")):
            lines.append(line)
        elif ": " in line and line[0] not in "<!= " and not lines:
            name, _, value = line.partition(": ")
            settings.append((name, value))
    return Script(tuple(comment), tuple(settings), tuple(lines))


def begin_talk(script: Script) -> Talk:
    settings = dict(script.settings)
    talk = Talk(
        market=settings.get("market", "US"),
        language=settings.get("language", ""),
        on_duty=settings.get("on duty", "no") == "yes",
        senses=tuple(filter(None, re.split(r",\s*", settings.get("senses", BILLS)))),
    )
    if settings.get("project") == "yes":
        confirm_project(talk)
    return talk


def confirm_project(talk: Talk) -> None:
    """A whole intake, unshown: what homeowners of the market answer, in English or Spanish."""
    spanish = talk.language == "es" or (talk.market == "ES" and talk.language != "en")
    first, *last = ("hola", "saltar", "saltar", "si") if spanish else ("hi", "skip", "skip", "yes")
    for words in (first, *INTAKES[talk.market], *last):
        talk.hear(words)
    if talk.state.phase != "submitted":
        raise ScriptError(f"the intake of market {talk.market} no longer ends in a project")


def play_script(script: Script) -> str:
    """The whole transcript, as today's engine continues it."""
    talk = begin_talk(script)
    parts = ["\n".join([*script.comment, *(f"{name}: {value}" for name, value in script.settings)])]
    for line in script.lines:
        said = [shown for effects in play_line(talk, line) for shown in show_effects(effects)]
        parts.append("\n".join([line, *said]))
    parts.append("\n".join(show_state(talk.state)))
    return "\n\n".join(parts) + "\n"


def play_line(talk: Talk, line: str) -> Iterator[tuple[Effect, ...]]:
    """Feed one line in; the effects of each turn that it causes."""
    sort, words = line[0], line[1:].strip()
    if sort == "@":
        yield from _play_circumstance(talk, words)
    elif tap := _TAP.fullmatch(words):
        yield talk.hear(tap=tap[1])
    elif pin := _PIN.fullmatch(words):
        yield talk.hear(pin={"latitude": float(pin[1]), "longitude": float(pin[2]), "label": pin[3] or ""})
    elif files := _FILES.fullmatch(words):
        yield talk.hear(files[2], media=tuple(files[1].split(", ")))
    else:
        yield talk.hear(words)


def _play_circumstance(talk: Talk, words: str) -> Iterator[tuple[Effect, ...]]:
    if later := _LATER.fullmatch(words):
        yield from talk.wait(timedelta(**{f"{later[2]}s": int(later[1])}))
    elif words in ("on duty", "off duty"):
        talk.on_duty = words == "on duty"
    elif staff := _STAFF.fullmatch(words):
        yield _play_staff(talk, *staff.groups())
    elif bill := _BILL.fullmatch(words):
        yield _play_bill(talk, int(bill[1] or 0), json.loads(bill[2] or "{}"), tuple(re.findall(r"\w+", bill[3])))
    elif heard := _VOICE.fullmatch(words):
        yield talk.hear(heard[1], voice=True) if heard[1] else talk.miss_voice()
    elif told := _VENDOR.fullmatch(words):
        yield talk.tell(told[1], tuple(_read_news(told[3])), int(told[2] or 0))
    else:
        raise ScriptError(f"@ {words}")


def _play_bill(talk: Talk, late: int, said: dict[str, Any], problems: tuple[str, ...]) -> tuple[Effect, ...]:
    """ "kwh?" is a figure that wants confirming."""
    bill = {name.rstrip("?"): value for name, value in said.items()}
    return talk.tell_bill(bill, tuple(name for name in said if not name.endswith("?")), problems, late)


def _play_staff(talk: Talk, by: str, act: str, wanted: str | None) -> tuple[Effect, ...]:
    if wanted:
        return talk.ask_staff(wanted, by)
    return talk.hand_over(by) if act == "takes over" else talk.hand_back(by)


def _read_news(text: str) -> Iterator[News]:
    """ "paid {…}, sealed": each name with its facts, where it has any."""
    decoder = json.JSONDecoder()
    while text:
        named = _NEWS.match(text)
        if named is None:
            raise ScriptError(f"no news: {text}")
        facts, end = decoder.raw_decode(text, named.end()) if text[named.end() :].startswith("{") else ({}, named.end())
        yield News(named[1], facts, for_staff=bool(named[2]))
        text = text[end:].lstrip(" ,")


def show_effects(effects: tuple[Effect, ...]) -> Iterator[str]:
    """The lines of a turn's effects; reminders of silence are left out."""
    for effect in effects:
        if isinstance(effect, SendMessage):
            yield from show_message(effect)
        elif not isinstance(effect, Remind) or effect.about:
            yield f"! {show_effect(effect)}"


def show_message(message: SendMessage) -> Iterator[str]:
    if message.unprompted:
        yield f"< (unprompted: template {message.template}, {', '.join(message.variables)})"
    if message.media_url:
        yield f"< (file: {message.media_url})"
    if message.always:
        yield "< (whoever owns the conversation)"
    yield from (f"< {line}".rstrip() for line in message.text.splitlines())
    if message.options:
        titles = " ".join(f"[{option.title}]" for option in message.options)
        yield f"< ({message.menu}) {titles}" if message.menu else f"< {titles}"


def show_effect(effect: Effect) -> str:
    match effect:
        case AlertStaff(reason, summary):
            return f"AlertStaff {reason}: {summary}"
        case SyncProject(project) | LookUpIncentives(project):
            return f"{type(effect).__name__} {project}"
        case FetchMedia(media_id):
            return f"FetchMedia {media_id}"
        case ReadBill(media_ids):
            return f"ReadBill {', '.join(media_ids)}"
        case ReadVoice(media_id):
            return f"ReadVoice {media_id}"
        case Remind(kind, due_at):
            return f"Remind {kind} at {due_at:%d %B %H:%M}"
        case NoteDecision(project, note, accepted):
            return f"NoteDecision {project}{' accepted' if accepted else ''}: {note}"
        case ShareMedia(project, media_id, purpose, label):
            return f"ShareMedia {project} {media_id} {purpose} {label}".rstrip()
        case ApplyForIncentives(project) | SendProposal(project):
            return f"{type(effect).__name__} {project}"
        case _:
            return type(effect).__name__


def show_state(state: State) -> Iterator[str]:
    """What is on file: how the conversation stands, and every slot with its value."""
    project = f", project {state.project}" if state.project else ""
    yield f"= {state.phase}, {state.language}, {state.control}{', opted out' if state.opted_out else ''}{project}"
    order = [slot.name for slot in flow_named(state.flow).slots]
    for name, held in sorted(state.slots.items(), key=lambda each: order.index(each[0])):
        yield f"= {name}: {json.dumps(_shorten(name, held.value), ensure_ascii=False)}"
    if state.skipped:
        yield f"= skipped: {', '.join(state.skipped)}"


def _shorten(name: str, value: Any) -> Any:
    return f"version {value['version']}, {value['language']}, {value['message_id']}" if name == "consent" else value
