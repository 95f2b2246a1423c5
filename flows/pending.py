"""The next question, derived: from what needs settling, else from the first slot that is wanted and open."""

from collections.abc import Collection, Mapping, Sequence

from flows.definition import Ending, Flow, Slot
from flows.options import expand_option
from flows.state import Phase, SlotValue

Slots = Mapping[str, SlotValue]

AGENDA_OPTIONS = {
    "confirm": ("confirm=yes", "confirm=no"),
    "review": ("keep",),
    "more": ("done",),
    "instead": ("skip",),
}


def next_item(
    flow: Flow,
    slots: Slots,
    skipped: Collection[str],
    agenda: Sequence[str],
    phase: Phase,
    market: str,
    last: str = "",
) -> str | None:
    """The agenda item or slot to ask for; None when there is nothing to ask.

    After submission only what a correction emptied is asked for again, and what follows from facts that were told: of
    these the one that was asked `last`, while it is open.
    """
    if phase == "cancelled":
        return None
    if agenda:
        return agenda[0]
    ending = find_ending(flow, slots, market)
    if ending is not None and not ending.submits:
        return None
    if last in flow.follow_ups and last not in skipped and is_open(flow.by_name[last], slots, market):
        return last
    for slot in flow.questions:
        left_out = bool(ending) and slot.optional and slot.name not in flow.follow_ups
        if slot.name not in skipped and not left_out and is_open(slot, slots, market):
            return slot.name
    return None


def is_open(slot: Slot, slots: Slots, market: str) -> bool:
    """Wanted, and neither it nor an alternative has a value."""
    if slot.name in slots or any(name in slots for name in slot.satisfied_by):
        return False
    return slot.when is None or slot.when.holds(slots, market)


def find_ending(flow: Flow, slots: Slots, market: str) -> Ending | None:
    """The first ending that is reached."""
    return next((ending for ending in flow.endings if ending.when.holds(slots, market)), None)


def split_item(item: str) -> tuple[str, str]:
    """An item's sort and slot: ("confirm", "utility"), ("change", ""), ("ask", "name") for a slot's own question."""
    sort, colon, slot = item.partition(":")
    if colon or sort == "change":
        return sort, slot
    return "ask", item


def question_of(flow: Flow, name: str) -> str:
    """The slot whose question gathers this one: itself, or the one it comes with."""
    return flow.by_name[name].comes_with or name


def list_together(flow: Flow, doubts: Slots, agenda: Collection[str], name: str) -> list[str]:
    """The slot that a question wants confirmed, and those of its row that a bill says along with it: one yes settles
    them all."""
    held = doubts.get(name)
    if held is None or held.source != "document" or name not in flow.by_name:
        return [name]
    row = flow.by_name[name].fact_row
    along = (
        each for each, doubt in doubts.items() if doubt.source == "document" and flow.by_name[each].fact_row == row
    )
    return [name, *(each for each in along if each != name and f"confirm:{each}" not in agenda)]


def list_options(flow: Flow, slots: Slots, item: str, market: str) -> tuple[str, ...]:
    """The ids of what can be tapped to answer the item."""
    sort, name = split_item(item)
    if sort == "change":
        return list_changeable(flow, slots)
    if sort != "ask":
        return AGENDA_OPTIONS[sort]
    return tuple(part for option in flow.by_name[name].options for part in expand_option(option, market, slots))


def list_changeable(flow: Flow, slots: Slots) -> tuple[str, ...]:
    """A "change=" option for each row that has a value, ten at most."""
    rows: dict[str, str] = {}
    for slot in flow.questions:
        if (
            slot.kind != "consent"
            and slot.name not in flow.follow_ups
            and (slot.name in slots or any(name in slots for name in slot.satisfied_by))
        ):
            rows.setdefault(slot.fact_row, f"change={slot.name}")
    return tuple(rows.values())[:10]
