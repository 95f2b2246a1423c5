""" "Where is my proposal?", "any news?": answered from what was told, with the time of it."""

from collections.abc import Mapping
from typing import Any

from flows.draft import Draft
from flows.effects import SendProposal
from flows.patterns.figures import read_day, show_figures, show_incentives
from flows.wording import render, show_day, show_moment
from flows.zones import zone_of

LIFE = ("installed", "on_the_way", "installation_day", "paid", "sealed", "proposal", "design", "at_vendor")
"""The facts that say how far a project is, the furthest first."""

ABOUT = {
    "status": LIFE,
    "status.proposal": ("proposal", "design", "at_vendor"),
    "status.installation": ("installed", "on_the_way", "installation_day"),
    "status.incentives": ("incentives",),
}


NOTHING = {
    "status.proposal": "status.no_proposal",
    "status.installation": "status.no_installation",
    "status.incentives": "status.no_incentives",
}


def answer_status(draft: Draft, topic: str | None, known: str | None = None) -> bool:
    """The answer to a question about how a sent project stands; False where it is another question, or where nothing
    was told and `known` is a general answer."""
    if draft.phase != "submitted" or topic not in (*ABOUT, "proposal_pdf"):
        return False
    if topic == "proposal_pdf":
        return _send_proposal(draft)
    name = next((each for each in ABOUT[topic] if each in draft.slots), None)
    if name is not None:
        draft.say(f"status.{name}", (), "", **_list_params(draft, name))
    elif topic in NOTHING and any(each in draft.slots for each in LIFE):
        draft.say(NOTHING[topic], at=_show_now(draft))
    elif known:
        return False
    else:
        draft.vary("submitted.next")
    return True


def _send_proposal(draft: Draft) -> bool:
    if "proposal" in draft.slots:
        draft.do(SendProposal(draft.project))
        draft.vary("document.coming")
    else:
        draft.say("status.no_proposal", at=_show_now(draft))
    return True


def _show_now(draft: Draft) -> str:
    return show_moment(draft.now.astimezone(zone_of(draft.market, draft.slots)), draft.voice)


def _list_params(draft: Draft, name: str) -> dict[str, str]:
    held, zone = draft.slots[name], zone_of(draft.market, draft.slots)
    facts: Mapping[str, Any] = held.value if isinstance(held.value, dict) else {}
    day, today = read_day(held.value), draft.now.astimezone(zone).date()
    return {
        "at": show_moment(held.at.astimezone(zone), draft.voice),
        "numbers": show_figures(facts, draft.voice),
        "url": str(facts.get("url") or render("figures.no_link", draft.language)),
        "day": show_day(day, draft.voice, today) if day else str(held.value),
        "details": show_incentives(facts, draft.voice) or render("figures.no_incentives", draft.language),
    }
