"""Reminders about something: each once, and only while what it is about still stands."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from flows.draft import Draft
from flows.effects import Remind
from flows.events import TimerFired
from flows.patterns.figures import read_day
from flows.patterns.returning import call_name, speak_unprompted
from flows.patterns.told import show_facts
from flows.state import SlotValue
from flows.wording import show_day
from flows.zones import at_local, zone_of

REMIND_HOUR = 16
PROPOSAL_AFTER = timedelta(days=3)
FEEDBACK_AFTER = timedelta(days=2)


def find_project(draft: Draft) -> Mapping[str, SlotValue]:
    """The slots of the project that was sent last, also while another request is under way."""
    if draft.phase == "submitted":
        return draft.slots
    return draft.undo.slots if draft.undo is not None and draft.undo.phase == "submitted" else {}


def plan_installation(draft: Draft) -> None:
    """The afternoon before; who hears of the day on that day needs no reminder."""
    slots = find_project(draft)
    held = slots.get("installation_day")
    day = read_day(held.value) if held else None
    zone = zone_of(draft.market, slots)
    if day is None or held is None or (day - draft.now.astimezone(zone).date()).days < 2:
        return
    draft.do(Remind("installation", at_local(day - timedelta(days=1), REMIND_HOUR, zone), str(held.value)))


def plan_proposal(draft: Draft) -> None:
    """One nudge for a decision that is put off or never given; the second "later" is taken at its word."""
    if not draft.attempts.get("reminded:decision"):
        draft.do(Remind("proposal", draft.now + PROPOSAL_AFTER, _name_proposal(draft)))


def plan_feedback(draft: Draft) -> None:
    draft.do(Remind("feedback", draft.now + FEEDBACK_AFTER, str(draft.project)))


def _name_proposal(draft: Draft) -> str:
    held = draft.slots.get("proposal")
    return held.at.isoformat() if held else ""


def remind_installation(draft: Draft, timer: TimerFired) -> None:
    """Tomorrow is the day, if it still is."""
    slots = find_project(draft)
    held, today = slots.get("installation_day"), draft.now.astimezone(zone_of(draft.market, slots)).date()
    day = read_day(held.value) if held else None
    if held is None or day is None or str(held.value) != timer.about or day <= today or draft.opted_out:
        return
    if "installed" in slots or "on_the_way" in slots:
        return
    if draft.count_miss(f"reminded:{timer.about}", 2) > 1:  # a day that was moved away and back
        return
    words = show_day(day, draft.voice, today)
    if draft.control == "staff":
        draft.alert(
            "vendor_news", f"{draft.name} was not reminded of the installation on {timer.about}: you have the chat."
        )
        return
    speak_unprompted(draft, "installation_reminder", name=call_name(draft), day=words)


def remind_proposal(draft: Draft, timer: TimerFired) -> None:
    """The decision that was put off is open again, or one that is still to come asked for once more."""
    held = draft.slots.get("decision")
    is_undecided = (held is None and "change_wish" not in draft.slots) or (held is not None and held.value == "later")
    is_same = is_undecided and bool(timer.about) and _name_proposal(draft) == timer.about
    if not is_same or not _may_speak(draft) or "sealed" in draft.slots or draft.attempts.get("reminded:decision"):
        return
    draft.attempts["reminded:decision"] = 1
    draft.attempts.pop("decision", None)
    draft.slots.pop("decision", None)
    url = show_facts(draft)["url"]
    speak_unprompted(draft, "proposal_reminder", asks=draft.slot("decision"), name=call_name(draft), url=url)


def remind_feedback(draft: Draft, timer: TimerFired) -> None:
    """Asked once more, then never again."""
    is_open = "installed" in draft.slots and "rating" not in draft.slots and "feedback" not in draft.slots
    if (
        is_open
        and str(draft.project) == timer.about
        and _may_speak(draft)
        and not draft.attempts.get("reminded:rating")
    ):
        draft.attempts["reminded:rating"] = 1
        speak_unprompted(draft, "feedback_reminder", asks=draft.slot("rating"), name=call_name(draft))


def _may_speak(draft: Draft) -> bool:
    return draft.control == "bot" and not draft.opted_out


REMINDERS: dict[str, Callable[[Draft, TimerFired], None]] = {
    "installation": remind_installation,
    "proposal": remind_proposal,
    "feedback": remind_feedback,
}
