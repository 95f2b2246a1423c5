"""What a contact is told about each sort of news, and the sentence that says it to staff or afterwards."""

from collections.abc import Mapping
from typing import Any

from flows.draft import Draft
from flows.events import News
from flows.news import WHATS
from flows.patterns.figures import (
    has_figures,
    has_incentives,
    pick_text,
    read_day,
    show_figures,
    show_incentives,
    show_status,
)
from flows.patterns.returning import call_name, speak_unprompted
from flows.pending import is_open
from flows.wording import Voice, has_text, render, show_date, show_day
from flows.zones import zone_of

ASKS = {
    "proposal_ready": "decision",
    "scheduled": "day_ok",
    "installed": "rating",
    "assessment": "visit_day",
    "incentives": "apply",
}
"""The question that each sort of news brings along."""

SLOT_OF = {
    "synced": "at_vendor",
    "design_ready": "design",
    "design_changed": "design",
    "incentives": "incentives",
    "application": "application",
    "proposal_ready": "proposal",
    "sealed": "sealed",
    "paid": "paid",
    "scheduled": "installation_day",
    "on_the_way": "on_the_way",
    "installed": "installed",
    "assessment": "assessment",
}
"""The slot that keeps each sort of news."""

TEMPLATES = {
    ("design_ready", False): "design_ready",
    ("design_changed", False): "design_changed",
    ("incentives", False): "incentives_found",
    ("incentives", True): "incentives_offer",
    ("application", False): "application_news",
    ("application waits", False): "application_waits",
    ("document", False): "document_ready",
    ("proposal_ready", True): "proposal_ready",
    ("proposal_ready", False): "proposal_again",
    ("proposal_ready updated", True): "proposal_updated",
    ("proposal_ready updated", False): "proposal_again",
    ("sealed", False): "sealed",
    ("paid", False): "paid",
    ("scheduled", True): "scheduled",
    ("scheduled", False): "scheduled_noted",
    ("on_the_way", False): "on_the_way",
    ("installed", True): "installed",
    ("installed", False): "installed_noted",
    ("assessment", True): "assessment_wanted",
    ("assessment", False): "assessment_wanted",
}
"""The wording of each sort of news, with its question and without."""

MEDIA = {"proposal_ready": "picture", "document": "url"}
"""The fact that is a file to show."""

STAFF_WORDS = {
    "synced": "the project is at the vendor",
    "design_rejected": "the vendor could not make a design: {text}",
    "proposal_renewed": "the proposal has a fresh link",
    "proposal_viewed": "has opened the proposal",
    "payment_failed": "a payment has failed",
    "unscheduled": "the vendor has taken the day of the installation back, and names no other: {text}",
    "remark": "{text}",
}
"""What the contact does not hear."""

SILENT = ("synced", "proposal_renewed")
"""What staff do not hear either."""


def is_worth_telling(news: News) -> bool:
    """Whether the contact hears of it by itself."""
    if news.for_staff or news.what in STAFF_WORDS or news.facts.get("again"):
        return False
    return has_incentives(news.facts) if news.what == "incentives" else has_text(f"brief.{news.what}", "en")


def is_for_staff(news: News) -> bool:
    """Whether staff are told whatever the contact hears; some is worth nobody's while."""
    return news.for_staff or news.what not in WHATS or (news.what in STAFF_WORDS and news.what not in SILENT)


def describe_news(draft: Draft, news: News, voice: Voice) -> str:
    """The news in one sentence."""
    if news.what in STAFF_WORDS:
        return STAFF_WORDS[news.what].format(text=_list_words(news.facts))
    key = "brief.application_waits" if _waits_for_contact(news) else f"brief.{news.what}"
    return (
        render(key, voice.language, **_list_params(draft, news, voice)) if has_text(key, voice.language) else news.what
    )


def describe_for_staff(draft: Draft, news: News) -> str:
    return f"{draft.name}: {describe_news(draft, news, Voice('en', draft.market, draft.voice.currency))}"


def _list_words(facts: Mapping[str, Any]) -> str:
    """Whatever stands in the facts of a remark; "text" and "reason" are what vendors' news use."""
    words = facts.get("text") or facts.get("reason") or ", ".join(f"{name} {value}" for name, value in facts.items())
    return " ".join(str(words).split())[:500] or "no reason given"


def _list_params(draft: Draft, news: News, voice: Voice) -> dict[str, str]:
    """Everything that the wording of any news may name."""
    facts, today = news.facts, draft.now.astimezone(zone_of(draft.market, draft.slots)).date()
    day, checked = read_day(facts.get("date")), read_day(facts.get("checked_on")) or today
    return {
        "numbers": show_figures(facts if has_figures(facts) else _held_design(draft), voice),
        "url": str(facts.get("url") or facts.get("connect_url") or render("figures.no_link", voice.language)),
        "title": pick_text(facts.get("name") or facts.get("title"), voice.language)
        or render("figures.file", voice.language),
        "day": show_day(day, voice, today) if day else str(facts.get("date")),
        "checked": show_date(checked, voice),
        "details": show_incentives(facts, voice) or render("figures.no_incentives", voice.language),
        "program": pick_text(facts.get("program"), voice.language) or render("figures.application", voice.language),
        "status": show_status(facts.get("status") or "in_progress", voice.language),
    }


def _held_design(draft: Draft) -> dict[str, Any]:
    held = draft.slots.get("design")
    return {**held.value} if held is not None and isinstance(held.value, dict) else {}


def tell_contact(draft: Draft, news: News) -> None:
    """One message, with the question that the news raises where it is open."""
    item = ASKS.get(news.what, "")
    asks = draft.slot(item) if item and _is_asked(draft, news, item) else None
    speak_unprompted(
        draft,
        TEMPLATES[_name_sort(draft, news), asks is not None],
        asks=asks,
        media_url=str(news.facts.get(MEDIA.get(news.what, "")) or ""),
        for_staff=describe_for_staff(draft, news),
        name=call_name(draft),
        **_list_params(draft, news, draft.voice),
    )


def _name_sort(draft: Draft, news: News) -> str:
    """An application that waits for the contact has a link to go on with; a second proposal is an updated one."""
    if news.what == "proposal_ready" and "proposal" in draft.before.slots:
        return "proposal_ready updated"
    return "application waits" if _waits_for_contact(news) else news.what


def _waits_for_contact(news: News) -> bool:
    """Whether an application wants filling in, and there is a page for it."""
    waits = news.what == "application" and news.facts.get("status") in ("not_started", "awaiting_customer")
    return waits and bool(news.facts.get("connect_url"))


def _is_asked(draft: Draft, news: News, item: str) -> bool:
    """Whether the question is open, and not of a day that has come already."""
    day = read_day(news.facts.get("date")) if news.what == "scheduled" else None
    is_past = day is not None and day <= draft.now.astimezone(zone_of(draft.market, draft.slots)).date()
    return is_open(draft.slot(item), draft.slots, draft.market) and not is_past
