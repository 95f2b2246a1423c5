"""One homeowner's whole conversation with the real reading and engine, and what there is to count of it."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.understand import understand, would_ask
from flows.effects import AlertStaff, Effect, ReadBill, SendMessage
from flows.markets import market_of
from flows.state import State
from tests.homeowners.checking import FACT_OF
from tests.homeowners.goals import Goal, draw_goal
from tests.homeowners.habits import Habits, draw_habits
from tests.homeowners.hearing import Heard, listen
from tests.homeowners.person import Act, Homeowner
from tools.talk import Talk

MOST_MESSAGES = 70
NOTHING_READ, UTILITY_READ, SURELY_READ, WELL_READ = 0.15, 0.5, 0.65, 0.9
"""Of the photos of bills, up to here: nothing is read; the company is; every figure is sure; every figure is right."""

CALLS = frozenset({"asked", "emergency", "complaint", "stuck"})
"""Alerts that call a person to the conversation."""


@dataclass
class Run:
    """`first` is what was told wrong at first, `lines` the transcript; `shown` are the slots on file whenever a summary
    was shown or the project was sent; `told_again` counts questions about what had been told, `again` messages that
    such questions and doubts took; `long_since_switch` messages of some length in another language than at
    first; `readings` are what was asked, done and read, `asks_model` how many of the `texts`
    would be given to a language model."""

    seed: int
    goal: Goal
    habits: Habits
    person: Homeowner
    first: dict[str, Any] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    shown: list[dict[str, Any]] = field(default_factory=list)
    state: State = field(default_factory=State)
    messages: int = 0
    questions: int = 0
    told_again: int = 0
    again: int = 0
    wanted: int = 0
    missed: list[str] = field(default_factory=list)
    needless: list[str] = field(default_factory=list)
    replies: int = 0
    is_stuck: bool = False
    texts: int = 0
    asks_model: int = 0
    long_since_switch: int = 0
    readings: list[tuple[str, Act, dict[str, Any]]] = field(default_factory=list)


def run_homeowner(seed: int) -> Run:
    """The same seed gives the same homeowner; what they say depends on what they hear."""
    rng = random.Random(seed)
    goal = draw_goal(rng)
    habits = draw_habits(rng, goal)
    person = Homeowner(goal, habits, rng)
    run = Run(seed, goal, habits, person, dict(person.wrong))
    talk = Talk(market=goal.market, on_duty=habits.on_duty)
    acts = person.open()
    while acts and not run.is_stuck:
        heard: list[SendMessage] = []
        for act in acts:
            heard = [*heard, *_do(run, talk, act)]
        acts = person.react(_listen(run, heard))
        run.is_stuck = run.messages > MOST_MESSAGES
    run.state = talk.state
    run.is_stuck = run.is_stuck or not person.ended
    return run


def _do(run: Run, talk: Talk, act: Act) -> list[SendMessage]:
    """One act, and what the bot says to it."""
    run.lines.append(_show_act(act))
    run.again += act.purpose == "again"
    run.messages += act.kind not in ("wait", "staff")
    if act.kind == "text":
        _read(run, talk, act)
    said: list[SendMessage] = []
    for effects in _carry_out(run, talk, act):
        _count_calls(run, act, effects)
        messages = [effect for effect in effects if isinstance(effect, SendMessage)]
        run.lines += [_show_message(message) for message in messages]
        run.replies += len(messages)
        said += messages
        if any(key.startswith(("recap.", "submitted.done")) for message in messages for key in message.keys):
            run.shown.append({name: held.value for name, held in talk.state.slots.items()})
    return said


def _read(run: Run, talk: Talk, act: Act) -> None:
    """What the rules make of the words, and whether a language model would be asked about them."""
    state = talk.state
    payload = {
        "kind": "text", "text": act.text, "tap": None, "pin": None, "media": [], "channel": "whatsapp",
        "profile_name": "",
    }  # fmt: skip
    reading = understand("message", "SM0", payload, state, run.habits.on_duty, talk.now.date()).reading or {}
    run.texts += 1
    run.asks_model += would_ask(reading)
    run.long_since_switch += run.person.language != run.goal.language and len(act.text.split()) > 2
    run.readings.append((state.asked.item if state.asked else "", act, reading))


def _carry_out(run: Run, talk: Talk, act: Act) -> Iterable[tuple[Effect, ...]]:
    match act.kind:
        case "wait":
            return list(talk.wait(timedelta(hours=act.hours)))
        case "staff":
            return [talk.hand_over("Bob"), talk.hand_back("Bob")]
        case "tap":
            return [talk.hear(tap=act.text)]
        case "pin":
            latitude, longitude = run.goal.place.pin or (0.0, 0.0)
            return [talk.hear(pin={"latitude": latitude, "longitude": longitude})]
        case "photo":
            effects = talk.hear(act.text, media=("image/jpeg",))
            return [effects, *_read_photo(run, talk, effects)]
        case "voice":
            return [talk.hear(media=("audio/ogg",))]
        case _:
            return [talk.hear(act.text)]


def _read_photo(run: Run, talk: Talk, effects: tuple[Effect, ...]) -> list[tuple[Effect, ...]]:
    """What a reader makes of the bill: all of it, one figure that it is not sure of (rightly so or not), or nothing."""
    if not any(isinstance(effect, ReadBill) for effect in effects):
        return []
    goal, dice = run.goal, run.person.rng.random()
    if dice < NOTHING_READ:
        return [talk.tell_bill({}, (), ("blurred",))]
    kwh = goal.bill.low if dice < WELL_READ else goal.bill.low + 400
    bill = {
        "utility": goal.place.utility if dice < UTILITY_READ else None, "period_start": "2026-10-03",
        "period_end": "2026-11-02", "kwh": kwh, "amount": goal.bill.value, "currency": market_of(goal.market).currency,
    }  # fmt: skip
    sure = ("utility", "period_start", "period_end", "amount", "currency", *(("kwh",) if dice < SURELY_READ else ()))
    known = {name: value for name, value in bill.items() if value is not None}
    return [talk.tell_bill(known, tuple(name for name in sure if name in known), ())]


def _count_calls(run: Run, act: Act, effects: tuple[Effect, ...]) -> None:
    calls = {effect.reason for effect in effects if isinstance(effect, AlertStaff) and effect.reason in CALLS}
    keys = {key for effect in effects if isinstance(effect, SendMessage) for key in effect.keys}
    done = {
        "person": bool(calls & {"asked", "complaint"}), "danger": "safety" in keys, "optout": "optout.done" in keys,
        "cancel": any(key.startswith("cancel.") for key in keys),
    }  # fmt: skip
    run.wanted += bool(act.wants)
    if act.wants and not done[act.wants]:
        run.missed.append(f"{act.wants}: {act.text}")
    for each, was_done in {**done, "stuck": "stuck" in calls}.items():
        if was_done and each != act.wants and not (act.wants == "danger" and each == "person"):
            run.needless.append(f"{each}: {act.text}")


def _listen(run: Run, messages: list[SendMessage]) -> Heard:
    heard = listen(messages)
    if heard.sort == "ask":
        run.questions += 1
        fact = FACT_OF.get(heard.slot, heard.slot) if heard.slot in ("monthly_bill",) else heard.slot
        run.told_again += bool(run.person.told.get(fact)) and not run.person.is_kept(fact)
    return heard


def _show_act(act: Act) -> str:
    match act.kind:
        case "tap":
            return f"> [{act.text}]"
        case "wait":
            return f"@ {act.hours} hours later"
        case "text":
            return "> " + act.text.replace("\n", " ⏎ ")
        case _:
            return f"> ({act.kind}) {act.text}".rstrip()


def _show_message(message: SendMessage) -> str:
    taps = "  ".join(f"[{option.title}]" for option in message.options)
    return "< " + message.text.replace("\n\n", " ¶ ").replace("\n", " / ") + (f"  {taps}" if taps else "")
