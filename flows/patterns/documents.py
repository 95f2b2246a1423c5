"""A bill in the chat: read as soon as it comes, what is sure is put on file and told, the rest is asked about."""

import re
from dataclasses import replace
from datetime import timedelta

from flows.bill_facts import BillFacts, read_facts
from flows.draft import Draft
from flows.effects import ReadBill, ShareMedia
from flows.events import DocumentRead, Media
from flows.patterns.bill_values import (
    BILL,
    FIGURES,
    INSTEAD,
    PLACE,
    Doubts,
    drop_files,
    has_figures,
    hold_value,
    is_elsewhere,
    keep_doubts,
    list_doubts,
    list_kept,
    store_sure,
)
from flows.patterns.bill_words import tell_facts, today_of
from flows.pending import is_open
from flows.state import BillFiles, SlotValue
from flows.wording import has_text, show_month

READABLE = ("image/", "application/", "text/xml", "text/csv", "text/plain")
PATIENCE = timedelta(minutes=2)
"""How long a further page of a bill that is being read needs no word of its own."""
MOST_FILES = 10
MOST_FAILURES = 2
"""After so many files that say nothing a colleague is asked."""
OTHERS = ("not_a_bill", "gas_only")
"""Problems of files that are no bill for electricity: they count for none."""
STRAYS = ("not_a_bill", "no_text", "blurred")
"""Problems of a photo of something else."""
NOTES = ("estimated", "negative_net")
"""Problems that a bill is told with."""
_PROBLEM = re.compile(r"[a-z_]{1,40}")


def can_read(draft: Draft, files: tuple[Media, ...]) -> bool:
    """Whether somebody reads files, and these may be a bill."""
    message = draft.message
    if BILL not in draft.flow.by_name or message is None or "bills" not in message.senses:
        return False
    return all(media.content_type.startswith(READABLE) for media in files) and draft.phase != "cancelled"


def is_wanted(draft: Draft) -> bool:
    """Whether a bill would fill a gap, or correct what was sent."""
    asking = draft.flow.by_name[BILL].comes_with
    return draft.phase == "submitted" or is_open(draft.slot(asking), draft.slots, draft.market)


def begin_reading(draft: Draft, files: tuple[Media, ...], asked: bool) -> None:
    """Have the files read, together with those of the same bill; the answer brings the next question. Not `asked`: they
    may be something else."""
    held = draft.files or BillFiles((), draft.now, awaited=False)
    earlier, known = ((), 0) if held.closed else (held.media_ids, held.known)
    ids = tuple(dict.fromkeys((*earlier, *(media.media_id for media in files))))[-MOST_FILES:]
    known = sum(each in ids for each in earlier[:known])
    since = draft.now if held.closed else held.since or draft.now
    draft.files = BillFiles(ids, draft.now, known=known, asks=held.asks, since=since)
    draft.do(ReadBill(ids))
    draft.quiet = True
    if not (held.awaited and draft.now - held.at <= PATIENCE):
        draft.say("bill_read.reading" if asked else "bill_read.looking")


def hear_document(draft: Draft, event: DocumentRead) -> bool:
    """Put on file what is sure and new, tell it, and raise what is to be confirmed; whether the contact hears of it.
    Nothing for a request that is over, or while a further page is being read."""
    files = _find_files(draft, event)
    if files is None:
        _shelve_reading(draft, event)
        return False
    draft.files = replace(files, awaited=False, known=len(files.media_ids))
    facts = read_facts(event, draft.market, today_of(draft))
    if draft.phase == "submitted":
        purpose = "photo" if _is_stray(draft, facts, files) else "bill"
        for media_id in files.media_ids[files.known :]:
            draft.do(ShareMedia(draft.project, media_id, purpose))
    if draft.opted_out:
        return False
    if draft.control == "staff":
        store_sure(draft, facts)
        draft.alert("bill_read", f"{draft.name} sent a bill. {_describe(facts)}")
        return False
    if facts.has_figures:
        _take_bill(draft, facts, files)
    else:
        _explain_failure(draft, facts, files)
    return True


def _find_files(draft: Draft, event: DocumentRead) -> BillFiles | None:
    """The files that the reading is of, as the conversation knows them; those of a request brought back, too."""
    if draft.files is not None:
        return draft.files if draft.files.media_ids == event.media_ids else None
    return BillFiles(event.media_ids, draft.now) if set(event.media_ids) <= set(list_kept(draft)) else None


def _shelve_reading(draft: Draft, event: DocumentRead) -> None:
    """The request that the bill was sent for has been thrown away: its figures wait beside it for an undo."""
    undo = draft.undo
    held = undo.slots.get(BILL) if undo is not None else None
    if undo is None or held is None or not isinstance(held.value, dict):
        return
    if set(event.media_ids) <= set(held.value["media_ids"]):
        facts = read_facts(event, draft.market, today_of(draft))
        new = {name: value for name, value in facts.sure.items() if name not in undo.slots}
        kept = {name: hold_value(draft, value, facts.span) for name, value in new.items()}
        draft.undo = replace(undo, slots={**undo.slots, **kept})


def _describe(facts: BillFacts) -> str:
    """The reading for staff, who look at the file themselves: what was checked, nothing as it stands on the page."""
    history = (facts.unsure | facts.sure).get("monthly_kwh")
    read = {
        "period_start": facts.start,
        "period_end": facts.end,
        "kwh": facts.kwh,
        "amount": facts.amount,
        "currency": facts.currency if facts.amount is not None else None,
        "months": sum(month is not None for month in history) if isinstance(history, list) else None,
        "utility": facts.utility if facts.utility_sure else None,
        **facts.parts,
    }
    known = [f"{name} {value}" for name, value in read.items() if value is not None]
    problems = [each for each in facts.problems if _PROBLEM.fullmatch(each)]
    return f"Read: {', '.join(known) or 'nothing'}. Problems: {', '.join(problems) or 'none'}."[:500]


def _take_bill(draft: Draft, facts: BillFacts, files: BillFiles) -> None:
    draft.attempts.pop("unread", None)
    draft.settle(INSTEAD)
    _keep_files(draft, files)
    new, doubts = store_sure(draft, facts), list_doubts(draft, facts)
    is_whole = facts.kwh is not None and facts.amount is not None
    at_home = bool(facts.parts) and "street" in draft.slots and not is_elsewhere(draft, facts)
    draft.files = replace(draft.files or files, closed=is_whole, at_home=at_home)
    if files.known and not new and not doubts:
        draft.say("bill_read.same")
        return
    tell_facts(draft, facts)
    if parts := [str(draft.slots[name].value) for name in PLACE if name in new]:
        draft.say("bill_read.completed", value=", ".join(parts))
    _add_notes(draft, facts)
    _raise_doubts(draft, doubts, facts, files)


def _keep_files(draft: Draft, files: BillFiles) -> None:
    """What was sent unasked has turned out to be the bill."""
    kept = list_kept(draft)
    new = [each for each in files.media_ids if each not in kept]
    if new:
        draft.slots[BILL] = SlotValue({"media_ids": [*kept, *new]}, "", "document", 1.0, True, "", draft.now)
        draft.touched.add(BILL)


def _add_notes(draft: Draft, facts: BillFacts) -> None:
    for problem in NOTES:
        if problem in facts.problems:
            draft.say(f"bill_read.{problem}")
    if "several_bills" in facts.problems:
        draft.say("bill_read.several")
    if facts.end is not None and facts.is_old(today_of(draft)):
        draft.say("bill_read.old", month=show_month(facts.end, draft.voice))


def _raise_doubts(draft: Draft, doubts: Doubts, facts: BillFacts, files: BillFiles) -> None:
    """Asked at once, or after what was asked since the bill came."""
    asks = keep_doubts(draft, doubts, facts)
    if asks and _has_gone_on(draft, files):
        draft.files = replace(draft.files or files, asks=tuple(asks))
        draft.say("bill_read.later")
    elif asks:
        draft.agenda = [*asks, *(item for item in draft.agenda if item not in asks)]


def _has_gone_on(draft: Draft, files: BillFiles) -> bool:
    """Whether something else was asked since the bill came, and waits for its answer."""
    asked = draft.before.asked
    return asked is not None and asked.at > files.at and draft.opening is not None


def raise_waiting(draft: Draft, still_open: bool) -> None:
    """What a bill left to be asked, once the question that came in between is answered; `still_open`: it is not."""
    if draft.files is None or not draft.files.asks or still_open:
        return
    asks = [item for item in draft.files.asks if item == INSTEAD or item.removeprefix("confirm:") in draft.doubts]
    draft.agenda += [item for item in asks if item not in draft.agenda]
    draft.files = replace(draft.files, asks=())


def keep_waiting(draft: Draft, item: str) -> bool:
    """While a bill is being read its question is not asked, and who only asks or remarks hears that it is: what the
    bill says brings the next question."""
    message, files = draft.message, draft.files
    if message is None or message.media or files is None or not files.awaited or draft.now - files.at > PATIENCE:
        return False
    asks_bill = item in (draft.flow.by_name[BILL].comes_with, INSTEAD)
    is_answered = bool(draft.touched) or item != draft.opening
    if asks_bill or not is_answered:
        draft.say("bill_read.still_reading")
        return True
    return False


def _explain_failure(draft: Draft, facts: BillFacts, files: BillFiles) -> None:
    """Why the file says nothing, in one sentence, and the way out; the second time a colleague reads it too."""
    draft.files = replace(draft.files or files, closed=True)
    problem = next((each for each in facts.problems if has_text(f"unread.{each}", "en")), "no_figures")
    was_asked = set(files.media_ids) <= set(list_kept(draft))
    if problem == "no_figures" and _knows_bill(draft):
        draft.say("bill_read.page_kept")
        return
    if _is_stray(draft, facts, files):
        drop_files(draft, files.media_ids)
        draft.say("bill_read.not_a_bill")
        if draft.phase == "submitted":
            draft.alert("note", f"{draft.name} sent a file.")
        return
    draft.say(f"unread.{problem}")
    if problem in OTHERS:
        drop_files(draft, files.media_ids)
    _count_failure(draft, problem)
    if was_asked and not has_figures(draft) and BILL in draft.slots:
        _ask_instead(draft, files)


def _is_stray(draft: Draft, facts: BillFacts, files: BillFiles) -> bool:
    """Whether the file may well have been something else: nobody asked for it, or a bill was read already."""
    was_asked = set(files.media_ids) <= set(list_kept(draft))
    looks_strange = bool(set(facts.problems) & set(STRAYS)) and not facts.has_figures
    return looks_strange and (_knows_bill(draft) or not was_asked)


def _knows_bill(draft: Draft) -> bool:
    return any(name in draft.slots and draft.slots[name].source == "document" for name in FIGURES)


def _count_failure(draft: Draft, problem: str) -> None:
    times = draft.attempts.get("unread", 0) + 1
    draft.attempts["unread"] = min(times, MOST_FAILURES + 1)
    if times == MOST_FAILURES or draft.phase == "submitted":
        draft.alert("bill_unread", f"{draft.name} sent a bill that could not be read: {problem}.")
    if times == MOST_FAILURES:
        draft.say("bill_read.passed_on")


def _ask_instead(draft: Draft, files: BillFiles) -> None:
    if _has_gone_on(draft, files):
        draft.files = replace(draft.files or files, asks=(INSTEAD,))
    else:
        draft.raise_item(INSTEAD)
