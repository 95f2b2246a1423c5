"""What a bill says, in words: what was read of it, and the questions about what is not sure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flows.bill_facts import ONE_MONTH, BillFacts
from flows.draft import Draft
from flows.facts import show_row, show_value
from flows.state import SlotValue
from flows.wording import Voice, join_words, render, show_kwh, show_money, show_number, show_span
from flows.zones import zone_of

Slots = Mapping[str, SlotValue]


def today_of(draft: Draft) -> date:
    """The day on the home's own clock."""
    return draft.now.astimezone(zone_of(draft.market, draft.slots)).date()


def tell_facts(draft: Draft, facts: BillFacts) -> None:
    """What is sure, as it is printed, then what that is in a month and over the year."""
    voice = _voice(draft, facts.currency)
    figures = _list_printed(facts, voice)
    utility = facts.utility if facts.utility_sure else ""
    if figures:
        draft.say("bill_read.told", what=_join(draft, facts, figures, utility))
    if figures and facts.days and facts.days not in ONE_MONTH:
        draft.say("bill_read.per_month", what=_show_month(facts, voice))
    history = facts.sure.get("monthly_kwh")
    if isinstance(history, list):
        _tell_history(draft, history, voice)


def _list_printed(facts: BillFacts, voice: Voice) -> list[str]:
    shown = []
    if facts.kwh is not None and "monthly_kwh" in facts.sure:
        shown.append(f"{show_number(facts.kwh, voice)} kWh")
    if facts.amount is not None and "monthly_bill" in facts.sure:
        shown.append(show_money(facts.amount, voice))
    return shown


def _join(draft: Draft, facts: BillFacts, figures: list[str], utility: str) -> str:
    """ "843 kWh and $212.40 for Jun 3 – Jul 2 at PSE&G"."""
    what = join_words(figures, draft.language)
    if facts.start and facts.end:
        span = show_span(facts.start, facts.end, draft.voice, today_of(draft))
        what = render("bill_read.with_span", draft.language, what=what, span=span)
    return render("bill_read.with_utility", draft.language, what=what, utility=utility) if utility else what


def _show_month(facts: BillFacts, voice: Voice) -> str:
    kwh, amount = facts.sure.get("monthly_kwh"), facts.sure.get("monthly_bill")
    shown = [show_kwh(kwh, voice)] if isinstance(kwh, int | float) else []
    return join_words([*shown, *([show_money(amount, voice)] if amount is not None else [])], voice.language)


def _tell_history(draft: Draft, history: list[Any], voice: Voice) -> None:
    known = [month for month in history if month is not None]
    mean = show_kwh(sum(known) / len(known), voice)
    if len(known) == 12:
        draft.say("bill_read.history", total=show_kwh(sum(known), voice), mean=mean)
    else:
        draft.say("bill_read.history_gaps", months=len(known), mean=mean)


def _voice(draft: Draft, currency: str) -> Voice:
    return Voice(draft.language, draft.market, currency or draft.voice.currency)


def prefix_doubt(draft: Draft, name: str) -> str:
    """The wording of the question about a value that a bill gives: "reads.bill", or "differs.bill" where another value
    is on file."""
    row = draft.slot(name).fact_row
    return f"{'differs' if _list_known(draft, name) else 'reads'}.{row}"


def list_doubt_params(draft: Draft, name: str) -> dict[str, str]:
    """`value` that the bill gives and `known` that is on file."""
    held = {each: draft.doubts[each] for each in draft.list_together(name)}
    known = _list_known(draft, name)
    return {"value": _show_slots(draft, held), "known": _show_slots(draft, known)}


def _list_known(draft: Draft, name: str) -> dict[str, SlotValue]:
    """What is on file of what the question is about; of an address all of it."""
    if draft.slot(name).fact_row == "address":
        return (
            {each: held for each, held in draft.slots.items() if _is_part(draft, each)} if name in draft.slots else {}
        )
    return {each: draft.slots[each] for each in draft.list_together(name) if each in draft.slots and each != "currency"}


def _is_part(draft: Draft, name: str) -> bool:
    return name in draft.flow.by_name and draft.slot(name).fact_row == "address" and name != "location"


def _show_slots(draft: Draft, held: Slots) -> str:
    """Values in one phrase: what stands on the bill with its period, everything else as what is on file is shown."""
    if "street" in held:
        return show_row(draft.flow, "street", held, draft.voice)
    currency = held.get("currency") or draft.slots.get("currency")
    voice = _voice(draft, str(currency.value) if currency else "")
    spans = {each.raw for name, each in held.items() if name != "currency"}
    days = [date.fromisoformat(day) for day in next(iter(spans)).split("/")] if _are_of_a_month(held, spans) else []
    names = [name for name in ("monthly_kwh", "monthly_bill", "annual_kwh", "utility") if name in held]
    shown = [_show_one(draft, name, held[name].value, voice, plain=bool(days)) for name in names[:2]]
    what = join_words(shown, draft.language)
    if not days:
        return what
    span = show_span(days[0], days[1], draft.voice, today_of(draft))
    return render("bill_read.with_span", draft.language, what=what, span=span)


def _are_of_a_month(held: Slots, spans: set[str]) -> bool:
    """Whether these are figures as a bill prints them, for one period of about a month."""
    plain = all(isinstance(each.value, int | float) and each.source == "document" for each in held.values() if each.raw)
    if not plain or len(spans) != 1 or "annual_kwh" in held or "utility" in held:
        return False
    start, slash, end = next(iter(spans)).partition("/")
    return bool(slash) and (date.fromisoformat(end) - date.fromisoformat(start)).days + 1 in ONE_MONTH


def _show_one(draft: Draft, name: str, value: Any, voice: Voice, plain: bool) -> str:
    if not plain:
        return show_value(draft.flow, name, value, voice)
    return show_money(value, voice) if name == "monthly_bill" else f"{show_number(value, voice)} kWh"
