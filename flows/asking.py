"""How the next question is put: in full, in short, or one rung further down the ladder when it was not understood."""

from typing import Any

from flows.consent import consent_sentence
from flows.definition import Slot
from flows.draft import Draft
from flows.facts import label_of, list_facts, show_row, show_value, sum_up
from flows.patterns.bill_values import pass_reading
from flows.patterns.bill_words import list_doubt_params, prefix_doubt
from flows.patterns.documents import keep_waiting
from flows.patterns.gaps import leave_open
from flows.patterns.people import begin_handoff
from flows.patterns.told import show_facts
from flows.pending import list_options, next_item, question_of, split_item
from flows.state import Asked
from flows.wording import has_text, render

LADDER = ("ask", "rephrase", "example", "other_way")
"""Rungs of a slot's question; after the last one it is left open where it may be, else a person is called."""

SETTLING = ("ask", "rephrase")
"""Rungs of an agenda item; after the last one it is dropped and the flow goes on."""

KEPT_WORDS = 2
"""How often a stuck contact hears that their words are kept; then the bot is silent until it understands."""

MOST_RETURNS = 2
"""How often a question about a proposal, a day or incentives comes back beside other matters."""

MOST_BUTTONS = 3


def pending(draft: Draft) -> str | None:
    """What the draft's slots and agenda ask for now."""
    last = draft.asked.item if draft.asked else ""
    return next_item(draft.flow, draft.slots, draft.skipped, draft.agenda, draft.phase, draft.market, last)


def ask_next(draft: Draft) -> None:
    """Ask the pending question, if there is one."""
    item = pending(draft)
    if item is None:
        draft.asked = None
        return
    if keep_waiting(draft, item):
        return
    sort, name = split_item(item)
    if draft.form and has_text(f"{item}.{draft.form}", draft.language):
        _put(draft, item, draft.form)
    elif (not draft.missed or draft.fresh) and _is_pressing(draft, item):
        draft.asked = draft.before.asked if _is_same(draft, item) else None
    elif not _is_same(draft, item):
        _put(draft, item, "ask")
    elif not draft.missed or draft.fresh:
        _put(draft, item, _choose_form(draft, item))
    elif sort == "ask":
        _climb_down(draft, draft.slot(name))
    else:
        _settle_item(draft, item)


def _is_pressing(draft: Draft, item: str) -> bool:
    """Whether a question that came after submission was put often enough beside other matters: it stays open, and is
    not brought up again until there is news about it."""
    if not draft.follows(item) or "assessment" in draft.slot(item).depends_on:  # a visit is being prepared together
        return False
    times = draft.attempts.get(f"again:{item}", 0)
    draft.attempts[f"again:{item}"] = min(times + 1, MOST_RETURNS)
    return times >= MOST_RETURNS


def forget_stale_recap(draft: Draft) -> None:
    """A recap that answers have overtaken without a new one asks for nothing any more."""
    asked = draft.asked
    if asked is not None and asked is draft.before.asked and draft.asks_consent(asked.item) and draft.has_news:
        draft.asked = None


def _is_same(draft: Draft, item: str) -> bool:
    asked = draft.before.asked
    return asked is not None and asked.item == item and draft.language == draft.before.language


def _choose_form(draft: Draft, item: str) -> str:
    """The form for a question that is still open after something else was dealt with; never the last one again."""
    asked = draft.before.asked
    last = asked.key.rpartition(".")[2] if asked else ""
    if draft.asks_consent(item) and (draft.has_news or (draft.fresh and last != "again")):
        return "again"
    if draft.repeat:
        return "short" if last == "repeat" else "repeat"
    return "ask" if last == "short" or (draft.fresh and last != "ask") else "short"


def _climb_down(draft: Draft, slot: Slot) -> None:
    """The next rung for a slot whose question was not answered."""
    misses = draft.count_miss(slot.name, len(LADDER) + KEPT_WORDS + 1)
    rungs = SETTLING if slot.optional or draft.follows(slot.name) else LADDER
    if misses < len(rungs):
        _put(draft, slot.name, rungs[misses])
    elif draft.follows(slot.name) and not slot.optional:
        draft.quiet = True  # it stays open: nobody is pressed about a proposal or a day
    elif slot.optional:
        draft.skipped.append(slot.name)
        draft.vary("stuck.skipped")
        ask_next(draft)
    elif slot.later:
        leave_open(draft, slot)
        ask_next(draft)
    elif misses > len(LADDER) + KEPT_WORDS:
        draft.quiet = True
    elif misses > len(LADDER):
        draft.vary("stuck.kept")
    elif draft.on_duty:
        begin_handoff(draft, "stuck")
    else:
        draft.alert("stuck", f"{draft.name} could not answer the question about {slot.name}.")
        draft.say("stuck.nobody")


def _settle_item(draft: Draft, item: str) -> None:
    """The next rung for an agenda item, or on without it: what was on file stays."""
    sort, name = split_item(item)
    if sort == "confirm":
        draft.count_miss(question_of(draft.flow, name), len(LADDER) - 1)
    misses = draft.count_miss(item, len(SETTLING))
    if misses < len(SETTLING):
        _put(draft, item, SETTLING[misses])
        return
    if sort == "confirm" and draft.doubts[name].source == "document":
        pass_reading(draft, name)
    draft.settle(item)
    draft.missed = False
    if sort == "confirm" and pending(draft) == question_of(draft.flow, name) and _is_last_rung(draft, pending(draft)):
        _climb_down(draft, draft.slot(question_of(draft.flow, name)))
    else:
        ask_next(draft)


def _is_last_rung(draft: Draft, name: str | None) -> bool:
    return draft.attempts.get(name or "", 0) >= len(LADDER) - 1


def _put(draft: Draft, item: str, form: str) -> None:
    """Say the question and remember it as asked."""
    sort, name = split_item(item)
    if sort == "ask":
        if name not in draft.trail and not draft.follows(name):
            draft.trail.append(name)
        if draft.asks_consent(name):
            _say_recap(draft, name, form)
    prefix = _prefix(draft, sort, name)
    options = draft.offer(*list_options(draft.flow, draft.slots, item, draft.market))
    menu = render(f"menu.{name or sort}", draft.language) if len(options) > MOST_BUTTONS else ""
    if form == "repeat":
        draft.say("once_more")
    draft.say(f"{prefix}.{'ask' if form == 'repeat' else form}", options, menu, **_params(draft, sort, name))
    draft.asked = Asked(name, options, draft.attempts.get(item, 0), draft.now, item, f"{prefix}.{form}")


def _prefix(draft: Draft, sort: str, name: str) -> str:
    if sort == "more":
        return f"more.{name}"
    if sort == "confirm" and draft.doubts[name].source == "document":
        return prefix_doubt(draft, name)
    if sort != "ask":
        return sort
    for condition, variant in draft.slot(name).variants:
        if condition.holds(draft.slots, draft.market):
            return f"{name}.{variant}"
    return name


def _params(draft: Draft, sort: str, name: str) -> dict[str, Any]:
    if sort == "change":
        return {}
    slot = draft.slot(name)
    if draft.asks_consent(name):
        return {"sentence": consent_sentence(draft.language)}
    if sort == "ask":
        return show_facts(draft) if draft.follows(name) else {}
    if sort == "confirm" and draft.doubts[name].source == "document":
        return list_doubt_params(draft, name)
    if sort == "confirm":
        value = show_value(draft.flow, name, draft.doubts[name].value, draft.voice)
    else:
        value = show_row(draft.flow, name, draft.slots, draft.voice)
    return {"label": label_of(slot.fact_row, draft.language), "value": value}


def _say_recap(draft: Draft, name: str, form: str) -> None:
    """Everything on file before consent is asked for: in full the first time, later in short."""
    rows = list_facts(draft.flow, draft.slots, draft.voice, draft.skipped)
    if form == "ask" and name not in draft.before.trail:
        draft.say("recap.full", lines="\n".join(f"• {label}: {text}" for label, text in rows))
    elif form in ("ask", "again"):
        draft.say("recap.short", lines=sum_up(draft.flow, draft.slots, draft.voice, draft.skipped))
