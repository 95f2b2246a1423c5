"""The values of a bill on their way to the project: stored, doubted, agreed to or refused."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from flows.bill_facts import BillFacts, is_close, is_same_street
from flows.draft import Draft
from flows.patterns.answers import store_value
from flows.pending import question_of
from flows.state import SlotValue

BILL = "bill_document"
FIGURES = ("monthly_kwh", "monthly_bill", "annual_kwh")
PLACE = ("city", "state", "postal_code")
SURE, UNSURE = 0.95, 0.5
INSTEAD = "instead:monthly_bill"
"""Agenda item: the figures in words, since the bill did not give them."""

Doubts = dict[str, dict[str, Any]]
"""Slot to ask about -> the values that one yes confirms."""


def store_sure(draft: Draft, facts: BillFacts) -> list[str]:
    """Put what is sure on file where nothing is, or where an older bill said it; the names of what is new."""
    values = {name: value for name, value in facts.sure.items() if name in FIGURES}
    if facts.utility_sure:
        values["utility"] = facts.utility
    if "street" in draft.slots and facts.parts and not is_elsewhere(draft, facts):
        values |= {name: facts.parts[name] for name in PLACE if name in facts.parts}
    new = [name for name, value in values.items() if _is_new(draft, facts, name, value)]
    for name in new:
        _store(draft, name, values[name], facts.span)
    if "monthly_bill" in new and facts.currency != draft.voice.currency:
        _store(draft, "currency", facts.currency, facts.span)
    return new


def _is_new(draft: Draft, facts: BillFacts, name: str, value: Any) -> bool:
    """Whether nothing is on file or asked about, or an older bill of the same home said it."""
    held = draft.slots.get(name)
    if held is None:
        return not _is_asked_already(draft, name) or draft.doubts[name].value == value
    is_later = facts.span.partition("/")[2] > held.raw.partition("/")[2]
    is_older_bill = held.source == "document" and bool(held.raw) and is_later and not is_elsewhere(draft, facts)
    return is_older_bill and held.value != value


def is_elsewhere(draft: Draft, facts: BillFacts) -> bool:
    """Whether the bill is for another address than the one on file."""
    street = draft.slots.get("street")
    return street is not None and bool(facts.parts) and not is_same_street(street.value, facts.parts["street"])


def _store(draft: Draft, name: str, value: Any, span: str) -> None:
    """On file without a word: the bill is told as a whole, and what is asked meanwhile stays asked."""
    old = draft.slots.get(name)
    if old is not None and old.value != value and name != "currency":
        draft.changed.setdefault(name, old)
    draft.slots[name] = hold_value(draft, value, span)
    draft.touched.add(name)
    draft.settle(f"confirm:{name}")
    about = question_of(draft.flow, name)
    if about in draft.skipped:
        draft.skipped.remove(about)


def hold_value(draft: Draft, value: Any, span: str, confidence: float = SURE) -> SlotValue:
    """A value of a bill's, with the period that it is for."""
    return SlotValue(value, span, "document", confidence, confidence == SURE, draft.message_id, draft.now)


def list_doubts(draft: Draft, facts: BillFacts) -> Doubts:
    """What is to be confirmed, in the order of asking: what is not sure, and what differs from what is on file."""
    doubts: Doubts = {}
    is_offered = "street" not in draft.slots or is_elsewhere(draft, facts)
    if facts.parts and is_offered and "location" not in draft.slots:
        doubts["street"] = dict(facts.parts)
    figures = {name: facts.sure[name] for name in FIGURES if name in facts.sure and _differs(draft, facts, name)}
    figures |= {
        name: facts.unsure[name]
        for name in FIGURES
        if name in facts.unsure and (name not in draft.slots or _differs(draft, facts, name))
    }
    if "monthly_bill" in figures:
        figures["currency"] = facts.currency
    if figures:
        doubts[next(name for name in FIGURES if name in figures)] = figures
    utility = draft.slots.get("utility")
    if facts.utility and (utility is None or str(utility.value).casefold() != facts.utility.casefold()):
        doubts["utility"] = {"utility": facts.utility}
    return {name: values for name, values in doubts.items() if not _is_asked_already(draft, name)}


def _differs(draft: Draft, facts: BillFacts, name: str) -> bool:
    """Whether the bill says something else than what is on file."""
    held, value = draft.slots.get(name), {**facts.unsure, **facts.sure}[name]
    if held is None:
        return False
    return not is_close(held.value, value) or (name == "monthly_bill" and facts.currency != draft.voice.currency)


def _is_asked_already(draft: Draft, name: str) -> bool:
    """What the contact said themselves, and is asked about, comes first."""
    held = draft.doubts.get(name)
    return held is not None and held.source != "document" and f"confirm:{name}" in draft.agenda


def keep_doubts(draft: Draft, doubts: Doubts, facts: BillFacts) -> list[str]:
    """Keep the values aside; the agenda items that ask about them."""
    for values in doubts.values():
        for name, value in values.items():
            draft.doubts[name] = hold_value(draft, value, facts.span, UNSURE)
    return [f"confirm:{name}" for name in doubts]


def accept_reading(draft: Draft, name: str) -> None:
    """Yes to a question about a bill: everything that it was about is meant."""
    for each, held in [(each, draft.doubts[each]) for each in draft.list_together(name)]:
        store_value(draft, draft.slot(each), replace(held, confirmed=True))
    utility = draft.slots.get("utility")
    if name == "street" and utility is not None and utility.source == "document":
        draft.touched.add("utility")  # of the same bill: another town does not make it doubtful


def refuse_reading(draft: Draft, name: str) -> None:
    """No to a question about a bill: what was on file stays, and a figure that nothing else gives is asked for. Who
    refuses its address, or a company other than the one on file, has sent the bill of another home."""
    draft.understood = True
    was_known = any(each in draft.slots for each in draft.list_together(name))
    held = draft.doubts[name]
    draft.settle(f"confirm:{name}")
    if name == "street" or (name == "utility" and was_known and not _is_at_home(draft, held.at)):
        leave_out(draft, held.at)
        draft.say("bill_read.other_home")
        draft.alert("note", f"{draft.name} sent a bill for another home: {held.value}.")
        return
    draft.say("bill_read.kept" if was_known else "bill_read.misread")
    if name in FIGURES and not has_figures(draft):
        draft.raise_item(INSTEAD)


def pass_reading(draft: Draft, name: str) -> None:
    """No answer to a question about a bill: one that nobody can say the home of is left out."""
    at = draft.doubts[name].at
    draft.settle(f"confirm:{name}")
    if name == "street":
        leave_out(draft, at)
        draft.say("bill_read.left_out")


def leave_out(draft: Draft, at: datetime) -> None:
    """A bill of another home, read at that time, says nothing about this one but what was confirmed by itself."""
    for name in [name for name, held in draft.doubts.items() if _is_of_bill(draft, held, at)]:
        draft.settle(f"confirm:{name}")
    for name in (*FIGURES, "utility"):
        held = draft.slots.get(name)
        if held is not None and held.confidence == SURE and _is_of_bill(draft, held, at):
            del draft.slots[name]
            draft.touched.add(name)
    if draft.files is not None:
        drop_files(draft, draft.files.media_ids)
        draft.files = replace(draft.files, closed=True, asks=())


def _is_of_bill(draft: Draft, held: SlotValue, at: datetime) -> bool:
    """Whether the value was read then, or earlier from the first pages of the same bill."""
    since = draft.files.since if draft.files is not None else None
    return held.source == "document" and (held.at == at or (since is not None and since <= min(held.at, at)))


def _is_at_home(draft: Draft, at: datetime) -> bool:
    """Whether the bill is for the address on file, or that address was taken from it."""
    street = draft.slots.get("street")
    is_taken = street is not None and street.source == "document" and street.at == at
    return is_taken or (draft.files is not None and draft.files.at_home)


def list_kept(draft: Draft) -> list[str]:
    """The files of the bill that are on file."""
    held = draft.slots.get(BILL)
    return list(held.value["media_ids"]) if held is not None and isinstance(held.value, dict) else []


def drop_files(draft: Draft, media_ids: tuple[str, ...]) -> None:
    """What is no bill, or that of another home, answers nothing: the question is open again."""
    kept = list_kept(draft)
    left = [each for each in kept if each not in media_ids]
    if len(left) == len(kept):
        return
    if left:
        draft.slots[BILL] = replace(draft.slots[BILL], value={"media_ids": left})
    else:
        draft.slots.pop(BILL, None)


def has_figures(draft: Draft) -> bool:
    return any(name in draft.slots for name in FIGURES)
