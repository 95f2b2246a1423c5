"""A vendor has news about the project: kept as facts, the furthest of them told to the contact in one message."""

from collections.abc import Mapping
from dataclasses import replace

from flows.draft import Draft
from flows.events import News, StaffAsked, VendorEvent
from flows.markets import market_of
from flows.news import WHATS
from flows.patterns.figures import cut_text, read_day
from flows.patterns.reminders import plan_feedback, plan_installation, plan_proposal
from flows.patterns.returning import call_name, speak_unprompted
from flows.patterns.tellings import (
    SLOT_OF,
    TEMPLATES,
    describe_for_staff,
    describe_news,
    is_for_staff,
    is_worth_telling,
    tell_contact,
)
from flows.pending import is_open
from flows.state import SlotValue
from flows.zones import zone_of

LONGEST_NEWS = 700
"""Characters of what a template says in one variable."""


def hear_news(draft: Draft, event: VendorEvent) -> None:
    """Facts are kept whoever owns the conversation; what only staff hear goes to them; of the rest one is told."""
    if draft.phase == "new":
        draft.language = market_of(draft.market).languages[0]
    is_present = _keeps_project(draft, event.project)
    if is_present:
        event = replace(event, news=tuple(_revise_proposal(draft, each) for each in event.news))
    for each in event.news:
        if is_present and not each.for_staff:
            keep_news(draft, each)
        elif event.project == draft.project and not each.for_staff:
            shelve_news(draft, each)
        if is_for_staff(each):
            draft.alert("vendor_news", describe_for_staff(draft, each))
    told = sorted(filter(is_worth_telling, event.news), key=lambda each: WHATS.index(each.what))
    if draft.control == "staff" or draft.opted_out:
        _tell_staff(draft, told)
    elif told and is_present:
        tell_contact(draft, told[-1])
        _plan_ahead(draft, told[-1])
    elif told:
        _tell_earlier(draft, told[-1])
        _plan_ahead(draft, told[-1])


def _revise_proposal(draft: Draft, news: News) -> News:
    """Other figures behind a proposal that the contact has make it another one, until it is sealed: the same link, and
    the decision is open again."""
    held = draft.slots.get("proposal")
    if news.what != "design_changed" or news.for_staff or held is None or "sealed" in draft.slots:
        return news
    return News("proposal_ready", {**news.facts, "url": dict(held.value).get("url")})


def hear_staff(draft: Draft, event: StaffAsked) -> None:
    """Staff want a closer look at the home of the project that was sent."""
    if draft.phase != "submitted":
        draft.alert("note", f"{event.by} wants the {event.what} of {draft.name}, but no project is confirmed.")
        return
    hear_news(draft, VendorEvent("staff", draft.project, (News(event.what),)))


def _keeps_project(draft: Draft, project: int) -> bool:
    """Whether the slots are those of that project: not once another request was begun."""
    return project == draft.project and draft.phase == "submitted"


def keep_news(draft: Draft, news: News) -> None:
    """Put the fact on file; what was asked about an earlier one is open again."""
    if news.what == "proposal_renewed":
        draft.slots.update(_refresh_link(draft.slots, news))
    if news.what == "unscheduled" and "installation_day" in draft.slots:
        del draft.slots["installation_day"]
        _renew(draft, "installation_day")
    name = SLOT_OF.get(news.what)
    if name is None or name not in draft.flow.by_name:
        return
    _tell_slot(draft, name, _value_of(news))
    if news.what == "incentives":
        _keep_offer(draft, news)


def _value_of(news: News) -> object:
    return news.facts.get("date") if news.what == "scheduled" else dict(news.facts)


def _refresh_link(slots: Mapping[str, SlotValue], news: News) -> dict[str, SlotValue]:
    """The same proposal under the link that opens now; empty where it is not known."""
    held = slots.get("proposal")
    if held is None or not isinstance(held.value, dict):
        return {}
    return {"proposal": replace(held, value={**held.value, "url": news.facts.get("url")})}


def shelve_news(draft: Draft, news: News) -> None:
    """The sent project lies in the undo of the request that has begun since: its facts are kept there."""
    if news.what == "proposal_renewed" and draft.undo is not None and draft.undo.phase == "submitted":
        slots = draft.undo.slots
        draft.undo = replace(draft.undo, slots={**slots, **_refresh_link(slots, news)})
    name, undo = SLOT_OF.get("scheduled" if news.what == "unscheduled" else news.what), draft.undo
    if name is None or undo is None or undo.phase != "submitted":
        return
    stale = {follower for follower in draft.flow.follow_ups if name in draft.flow.by_name[follower].depends_on}
    held = SlotValue(_value_of(news), "", "vendor", 1.0, True, "", draft.now)
    kept = {each: value for each, value in undo.slots.items() if each not in {*stale, name}}
    draft.undo = replace(undo, slots=kept if news.what == "unscheduled" else {**kept, name: held})


def _keep_offer(draft: Draft, news: News) -> None:
    """An application can be offered where the vendor that makes them found something; the same offer is no new one."""
    rows = [row for part in ("firm", "possible") for row in news.facts.get(part) or () if isinstance(row, dict)]
    programmes = [row.get("program") for row in rows]
    held = draft.slots.get("can_apply")
    if news.facts.get("source") != "leap" or not programmes:
        draft.slots.pop("can_apply", None)
    elif held is None or held.value != {"programs": programmes}:
        _tell_slot(draft, "can_apply", {"programs": programmes})


def _tell_slot(draft: Draft, name: str, value: object) -> None:
    draft.slots[name] = SlotValue(value, "", "vendor", 1.0, True, "", draft.now)
    _renew(draft, name)


def _renew(draft: Draft, name: str) -> None:
    """What follows from a fact that is told anew is asked again."""
    for follower in draft.flow.dependents.get(name, ()):
        draft.slots.pop(follower, None)
        for count in (follower, f"said:{follower}", f"again:{follower}", f"reminded:{follower}"):
            draft.attempts.pop(count, None)
        draft.settle(f"confirm:{follower}")
        if follower in draft.skipped:
            draft.skipped.remove(follower)
        _renew(draft, follower)


def _tell_staff(draft: Draft, told: list[News]) -> None:
    """What the contact does not hear now is shown to staff, and while they own the conversation kept for a recap."""
    for each in told:
        draft.alert("vendor_news", describe_for_staff(draft, each))
    if told and not draft.opted_out:
        draft.silenced.append(told[-1])
        _plan_ahead(draft, told[-1])


def _plan_ahead(draft: Draft, news: News) -> None:
    if news.what == "scheduled":
        plan_installation(draft)
    elif news.what == "installed" and "installed" in draft.slots:
        plan_feedback(draft)
    elif news.what == "proposal_ready" and "decision" not in draft.slots:
        plan_proposal(draft)


def _tell_earlier(draft: Draft, news: News) -> None:
    """Of a project that the slots no longer hold: spoken, and nothing is asked."""
    speak_unprompted(
        draft,
        "earlier_news",
        for_staff=describe_for_staff(draft, news),
        name=call_name(draft),
        news=cut_text(describe_news(draft, news, draft.voice), LONGEST_NEWS),
    )


def recap_silenced(draft: Draft, unsaid: tuple[str, ...]) -> None:
    """The bot goes on, and says once what the contact has not heard from it."""
    name = call_name(draft)
    silenced = [*_restore_news(draft, unsaid), *draft.silenced]
    if silenced:
        sentences = dict.fromkeys(describe_news(draft, each, draft.voice) for each in silenced)
        speak_unprompted(
            draft, "handoff_returned_news", name=name, news=cut_text(" ".join([*sentences][-3:]), LONGEST_NEWS)
        )
    else:
        speak_unprompted(draft, "handoff_returned", name=name)
    draft.silenced = []


def _restore_news(draft: Draft, unsaid: tuple[str, ...]) -> list[News]:
    """The news of templates, with the facts that are on file."""
    whats = [sort.split()[0] for (sort, _), key in TEMPLATES.items() if key in unsaid]
    kept = sorted({what for what in whats if what in SLOT_OF}, key=WHATS.index)
    held = {what: draft.slots.get(SLOT_OF[what]) for what in kept}
    return [
        News(what, slot.value if isinstance(slot.value, dict) else {"date": slot.value})
        for what, slot in held.items()
        if slot is not None
    ]


def drop_past_questions(draft: Draft) -> None:
    """Whether a day suits is not asked once it has come."""
    held = draft.slots.get("installation_day")
    day = read_day(held.value) if held else None
    if day is None or day > draft.now.astimezone(zone_of(draft.market, draft.slots)).date():
        return
    for name in ("day_ok", "other_day"):
        if name not in draft.skipped and is_open(draft.slot(name), draft.slots, draft.market):
            draft.skipped.append(name)
