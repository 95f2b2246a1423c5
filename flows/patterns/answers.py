"""Values given, corrected and taken back, in any order and any number at once."""

from dataclasses import replace
from typing import Any

from flows.commands import Clear, Correct, Set
from flows.definition import Slot
from flows.draft import Draft
from flows.facts import label_of, show_row, show_value
from flows.kinds import KINDS, MERGES
from flows.markets import market_of
from flows.pending import is_open, question_of, split_item
from flows.state import SlotValue
from flows.wording import has_text, join_words, render

SURE = 0.6
"""Below this confidence a value is confirmed by a question, never silently stored."""


def take_value(draft: Draft, command: Set | Correct) -> None:
    """A value for a slot. One that its kind refuses counts as a miss when it was asked for."""
    slot = draft.flow.by_name.get(command.slot)
    if slot is None or (draft.heard and slot.kind == "person"):  # an angry word is nobody's name
        return
    try:
        value = KINDS[slot.kind](command.value)
    except ValueError:
        if command.value is None and slot.name == "owner" and "family:owner" not in draft.attempts:
            draft.attempts["family:owner"] = 1
            draft.understood = True
            draft.form = "family"
            return
        draft.missed = draft.missed or _is_opening(draft, slot.name)
        return
    if draft.follows(slot.name) and slot.when is not None and not _is_wanted(draft, slot):
        _refuse_late(draft, slot, value)
        return
    held = SlotValue(
        value, command.raw, command.source, command.confidence, command.confidence >= SURE, draft.message_id, draft.now
    )
    if command.confidence < SURE:
        doubt_value(draft, slot, held)
    else:
        store_value(draft, slot, held)


def _is_wanted(draft: Draft, slot: Slot) -> bool:
    """Whether the fact that raised the question still stands; "no, Friday" answers two questions at once."""
    return slot.when is None or slot.when.holds(draft.slots, draft.market)


def _refuse_late(draft: Draft, slot: Slot, value: Any) -> None:
    """An answer to what is not asked any more, such as an old button: staff see it, nothing is stored."""
    draft.understood = True
    draft.alert("note", f"{draft.name} answered {slot.name}: {value}. That is not open any more.")
    draft.vary("follow_up.settled")


def doubt_value(draft: Draft, slot: Slot, held: SlotValue) -> None:
    """Keep the value aside and ask whether it was meant; given again in answer to that, it was."""
    draft.understood = True
    known, doubted = draft.slots.get(slot.name), draft.doubts.get(slot.name)
    if known is not None and known.value == held.value:
        return
    if doubted is not None and draft.opening == f"confirm:{slot.name}" and _is_same(doubted.value, held.value):
        store_value(draft, slot, replace(doubted, confirmed=True))
        return
    draft.raise_item(f"confirm:{slot.name}")
    draft.doubts[slot.name] = held


def _is_same(one: Any, other: Any) -> bool:
    return bool(one == other) or str(one).casefold() == str(other).casefold()


def store_value(draft: Draft, slot: Slot, held: SlotValue) -> None:
    """Put a value on file; another one that was there makes it a correction."""
    old = draft.slots.get(slot.name)
    _close_questions(draft, slot)
    draft.understood = True
    if old is not None and slot.kind in MERGES and draft.opening != f"review:{slot.name}":
        held = _merge(draft, slot, old, held)
    if old is None or _only_adds(slot, old.value, held.value):
        draft.added.append(slot.name)
    elif old.value != held.value and slot.name not in draft.changed:
        draft.changed[slot.name] = old
    draft.slots[slot.name] = held
    draft.touched.add(slot.name)


def _merge(draft: Draft, slot: Slot, old: SlotValue, held: SlotValue) -> SlotValue:
    if not held.value and draft.opening == f"more:{slot.name}":
        return old
    return replace(held, value=MERGES[slot.kind](old.value, held.value))


def _only_adds(slot: Slot, old: Any, new: Any) -> bool:
    """Whether a merged value holds all of the old one, and more."""
    return slot.kind in MERGES and bool(old) and old != new and all(row in new for row in old)


def _close_questions(draft: Draft, slot: Slot) -> None:
    """A new value settles whatever was open about its question."""
    about = question_of(draft.flow, slot.name)
    for item in list(draft.agenda):
        name = split_item(item)[1]
        if item == "change" or (name and question_of(draft.flow, name) == about):
            draft.settle(item)
    for name in (slot.name, about):
        for count in (name, f"words:{name}", f"why:{name}"):
            draft.attempts.pop(count, None)
        if name in draft.skipped:
            draft.skipped.remove(name)


def clear_value(draft: Draft, command: Clear) -> None:
    """A value taken back: a required one is asked for again, an optional one is left out."""
    slot = draft.flow.by_name.get(command.slot)
    held = draft.slots.get(command.slot)
    if slot is None or held is None or slot.kind == "consent":
        return
    draft.understood = True
    del draft.slots[slot.name]
    draft.touched.add(slot.name)
    draft.changed.setdefault(slot.name, held)
    if slot.optional and slot.name not in draft.skipped:
        draft.skipped.append(slot.name)


def report_answers(draft: Draft) -> None:
    """After all values of a message: what depends on them, defaults, the echo, and a follow-up question."""
    if not draft.touched:
        return
    draft.added.sort(key=list(draft.flow.by_name).index)
    cleared = _clear_dependents(draft)
    _fill_defaults(draft)
    _echo_changes(draft)
    _note_additions(draft)
    cleared = [slot for slot in cleared if not draft.follows(slot.name)]
    asked_again = [slot for slot in cleared if is_open(slot, draft.slots, draft.market)]
    if asked_again:
        labels = list(dict.fromkeys(label_of(slot.name, draft.language) for slot in asked_again))
        draft.say("correction.depends", labels=join_words(labels, draft.language))
    for name in draft.added:
        _follow_up(draft, draft.slot(name))
    if draft.opening and draft.opening.startswith("more:"):  # who answers something else has no more to add
        draft.settle(draft.opening)


def _clear_dependents(draft: Draft) -> list[Slot]:
    cleared: list[Slot] = []
    waiting = list(draft.changed)
    while waiting:
        for name in draft.flow.dependents.get(waiting.pop(), ()):
            if name in draft.slots and name not in draft.touched:
                del draft.slots[name]
                cleared.append(draft.slot(name))
                waiting.append(name)
    return cleared


def _fill_defaults(draft: Draft) -> None:
    market = market_of(draft.market)
    for slot in draft.flow.defaults:
        gathered_by = draft.slot(slot.comes_with)
        if slot.name not in draft.slots and not is_open(gathered_by, draft.slots, draft.market):
            value = getattr(market, slot.default)
            draft.slots[slot.name] = SlotValue(value, "", "rule", 1.0, False, draft.message_id, draft.now)


def _echo_changes(draft: Draft) -> None:
    """Old value and new, one line a change."""
    lines = []
    for name, old in draft.changed.items():
        if draft.follows(name):
            continue
        before = show_value(draft.flow, name, old.value, draft.voice) or str(old.value)
        held = draft.slots.get(name)
        label = label_of(name, draft.language)
        if held is None:
            lines.append(render("correction.removed", draft.language, label=label, old=before))
            continue
        after = show_value(draft.flow, name, held.value, draft.voice) or str(held.value)
        lines.append(render("correction.changed", draft.language, label=label, old=before, new=after))
    if lines:
        draft.say("correction.echo", lines="\n".join(lines))


def _note_additions(draft: Draft) -> None:
    """A word of thanks for what was asked, a list of what came besides."""
    rows: dict[str, str] = {}
    added = [name for name in draft.added if not draft.follows(name)]
    files = [slot.name for slot in draft.flow.slots if slot.kind == "document" and slot.name not in added]
    said = {name: held for name, held in draft.slots.items() if name not in files}
    for name in added:
        text = show_row(draft.flow, name, said, draft.voice)
        if text:
            rows[draft.slot(name).fact_row] = text
    opening = split_item(draft.opening)[1] if draft.opening else ""
    only = next(iter(rows), "")
    changed = {draft.slot(name).fact_row for name in draft.changed}
    if len(rows) == 1 and has_text(f"{only}.ack", draft.language):
        draft.say(f"{only}.ack", value=rows[only])
    elif len(rows) > 1 or (rows and (only in changed or question_of(draft.flow, added[0]) != opening)):
        lines = (f"• {label_of(row, draft.language)}: {text}" for row, text in rows.items())
        draft.say("noted", lines="\n".join(lines))


def _follow_up(draft: Draft, slot: Slot) -> None:
    """Ask once for more where an answer looks like the first of several, or stands in for words."""
    asking = draft.slot(question_of(draft.flow, slot.name))
    item = f"more:{asking.name}"
    if not asking.follow_up or item in draft.trail:
        return
    value = draft.slots[asking.name].value if asking.name in draft.slots else None
    if _looks_short(value) and draft.opening in (asking.name, None, f"confirm:{slot.name}"):
        draft.agenda.append(item)
        draft.trail.append(item)


def _looks_short(value: Any) -> bool:
    if value is None:
        return True
    return isinstance(value, list) and len(value) == 1 and value[0]["quantity"] != 0


def _is_opening(draft: Draft, name: str) -> bool:
    return draft.opening is not None and split_item(draft.opening)[1] == name
