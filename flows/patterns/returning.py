"""After a silence: one reminder while it lasts, a short recap when it ends, and a change of the flow in between."""

from datetime import timedelta

from flows.commands import Handoff
from flows.definition import CannotCarry, Flow, Slot
from flows.draft import Draft
from flows.effects import Remind
from flows.facts import sum_up
from flows.kinds import KINDS
from flows.merging import Bubble
from flows.patterns.people import begin_handoff, request_person
from flows.state import Asked, SlotValue, State
from flows.wording import placeholders, render

SILENCE = timedelta(hours=24)
NUDGE_AFTER = timedelta(hours=22)
MOST_BUTTONS = 3
MOST_NUDGES = 2
"""Reminders in the life of one project."""
TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "don", "doña", "sr", "sra", "srta", "señor", "señora"})


def recall_progress(draft: Draft, item: str) -> None:
    """What is on file so far, when the contact comes back to an unfinished request after a day or more."""
    heard_at = draft.before.heard_at
    if (
        draft.before.phase == "submitted"
        or draft.follows(item)
        or heard_at is None
        or draft.now - heard_at <= SILENCE
        or not draft.before.slots
    ):
        return
    draft.fresh = True
    facts = sum_up(draft.flow, draft.slots, draft.voice, draft.skipped)
    if facts and not draft.asks_consent(item):
        draft.say("resume", facts=facts)


def plan_nudge(draft: Draft) -> None:
    """One reminder for the silence that may follow."""
    if draft.nudges < MOST_NUDGES:
        draft.do(Remind("nudge", draft.now + NUDGE_AFTER))


def speak_unprompted(
    draft: Draft, key: str, *, asks: Slot | None = None, media_url: str = "", for_staff: str = "", **params: str
) -> None:
    """Say a template's words; every placeholder is a variable, in order. `asks`: the slot whose question they end in.

    What is asked otherwise waits: a yes that comes next is no answer to it any more.
    """
    variables = tuple(_flatten(params[name]) for name in placeholders(key, draft.language))
    options = draft.offer(*asks.options) if asks else ()
    menu = render(f"menu.{asks.name}", draft.language) if asks and len(options) > MOST_BUTTONS else ""
    text = render(key, draft.language, **params)
    draft.bubbles.append(
        Bubble(key, text, options, menu, template=key, variables=variables, media_url=media_url, news=for_staff)
    )
    if asks is not None:
        draft.asked = Asked(asks.name, options, 0, draft.now, asks.name, f"{asks.name}.ask")
    elif draft.asked is not None and takes_yes(draft, draft.asked.item):
        draft.asked = None


def takes_yes(draft: Draft, item: str) -> bool:
    """Whether a plain yes would be an answer to the item."""
    slot = draft.flow.by_name.get(item)
    return slot is None or slot.kind == "consent" or bool(slot.yes) or draft.follows(item)


def _flatten(text: str) -> str:
    """A template's variable may hold no line break, and may not be empty."""
    return " ".join(text.split()) or "–"


def call_name(draft: Draft) -> str:
    """What to call the contact in a message of its own accord: by the first name, or with a title as it was given."""
    held = draft.slots.get("name")
    return first_name(str(held.value)) if held else render("nobody", draft.language)


def first_name(name: str) -> str:
    """ "Thabo" of "Thabo Mokoena"; a name with a title stays whole."""
    first = name.split()[0]
    return name if first.casefold().rstrip(".") in TITLES else first


def carry_slots(flow: Flow, state: State) -> dict[str, SlotValue]:
    """The slots in the flow's present version; CannotCarry when a step is missing or gives up."""
    slots = dict(state.slots)
    if state.flow_version > flow.version:
        raise CannotCarry("the state is of a newer version")
    for version in range(state.flow_version, flow.version):
        if version not in flow.migrations:
            raise CannotCarry(f"nothing carries version {version} on")
        slots = flow.migrations[version](slots)
    return slots


def carry_over(draft: Draft) -> None:
    """Bring the draft to the flow's present version; what cannot be carried is told to staff with nothing lost."""
    state, flow = draft.before, draft.flow
    if not state.flow or (state.flow_version, state.flow_hash) == (flow.version, flow.hash):
        adopt_version(draft)
        return
    try:
        draft.slots = carry_slots(flow, state)
    except CannotCarry:
        if draft.message and state.control == "bot" and not state.opted_out:
            give_up_carrying(draft)
        return
    adopt_version(draft)
    draft.fresh = True


def give_up_carrying(draft: Draft) -> None:
    """Staff go on where somebody is on duty; else they are told, and the bot goes on with what it still understands."""
    if draft.on_duty:
        begin_handoff(draft, "migration")
        return
    refused = {name: held for name, held in draft.slots.items() if not _is_understood(draft.flow, name, held)}
    draft.slots = {name: held for name, held in draft.slots.items() if name not in refused}
    request_person(draft, Handoff("migration", "; ".join(f"{name}: {held.value}" for name, held in refused.items())))
    adopt_version(draft)
    draft.fresh = True


def _is_understood(flow: Flow, name: str, held: SlotValue) -> bool:
    """Whether the flow's present version takes the value; one without a slot is nobody's business and stays on file."""
    try:
        return name not in flow.by_name or KINDS[flow.by_name[name].kind](held.value) is not None
    except ValueError:
        return False


def adopt_version(draft: Draft) -> None:
    """Go on in the flow's present version; agenda and context of slots that are gone are dropped."""
    known = draft.flow.by_name
    draft.flow_name, draft.flow_version, draft.flow_hash = draft.flow.name, draft.flow.version, draft.flow.hash
    draft.agenda = [item for item in draft.agenda if item.rpartition(":")[2] in known or item == "change"]
    draft.doubts = {name: held for name, held in draft.doubts.items() if name in known}
