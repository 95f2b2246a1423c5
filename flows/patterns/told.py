"""What the questions after submission name of the facts that raised them: the proposal's link, the day."""

from flows.draft import Draft
from flows.patterns.figures import read_day
from flows.wording import render, show_day
from flows.zones import zone_of


def show_facts(draft: Draft) -> dict[str, str]:
    """`url` of the proposal and `day` of the installation, in words."""
    proposal, planned = draft.slots.get("proposal"), draft.slots.get("installation_day")
    facts = proposal.value if proposal is not None and isinstance(proposal.value, dict) else {}
    day, today = read_day(planned.value) if planned else None, draft.now.astimezone(zone_of(draft.market, draft.slots))
    return {
        "url": str(facts.get("url") or render("figures.no_link", draft.language)),
        "day": show_day(day, draft.voice, today.date()) if day else str(planned.value if planned else ""),
    }
