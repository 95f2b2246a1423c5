"""What an answer that came after submission asks for: of staff, of vendors, and in words."""

from collections.abc import Callable

from flows.assessment import ASSESSMENT
from flows.commands import Set
from flows.draft import Draft
from flows.effects import ApplyForIncentives, NoteDecision, SyncProject
from flows.patterns.answers import take_value
from flows.patterns.reminders import plan_proposal
from flows.patterns.told import show_facts
from flows.pending import is_open
from flows.reading.praise import sounds_bad

BAD_RATING = 2
SITE = tuple(slot.name for slot in ASSESSMENT if not slot.told)


def act_on_answers(draft: Draft) -> None:
    """After all values of a message: each new answer to a question that news raised."""
    given = [name for name in draft.flow.by_name if name in draft.touched and draft.follows(name)]
    fresh = [name for name in given if name in draft.added or name in draft.changed]
    for name in fresh:
        if name in OUTCOMES and name in draft.slots:
            OUTCOMES[name](draft)
    if given and not fresh:
        draft.vary("follow_up.known")
    end_assessment(draft)


def _decide(draft: Draft) -> None:
    match draft.slots["decision"].value:
        case "accept":
            _accept(draft)
        case "change" if "change_wish" not in draft.touched:
            draft.alert("proposal_change", f"{draft.name} wants something changed in the proposal.")
        case "later" if _was_accepted(draft):
            draft.alert("proposal_change", f"{draft.name} takes the acceptance of the proposal back.")
            draft.do(NoteDecision(draft.project, "The homeowner takes the acceptance back."))
            draft.say("decision.taken_back")
        case "later":
            plan_proposal(draft)
            draft.say("decision.later")


def _was_accepted(draft: Draft) -> bool:
    """Whether this turn takes an acceptance back."""
    old = draft.changed.get("decision")
    return old is not None and old.value == "accept"


def _accept(draft: Draft) -> None:
    """Noted here; the signature itself is given in the vendor's proposal."""
    draft.alert("proposal_accepted", f"{draft.name} accepts the proposal.")
    draft.do(NoteDecision(draft.project, "The homeowner accepted the proposal in the chat.", accepted=True))
    draft.say("decision.accepted", url=show_facts(draft)["url"])


def _wish_change(draft: Draft) -> None:
    words = draft.slots["change_wish"].raw or str(draft.slots["change_wish"].value)
    back = "takes the acceptance back and " if _was_accepted(draft) else ""
    draft.alert("proposal_change", f"{draft.name} {back}wants the proposal changed: {words}")
    draft.do(NoteDecision(draft.project, f"The homeowner asks for a change: {words}"))
    draft.say("change_wish.noted")


def _answer_day(draft: Draft) -> None:
    if draft.slots["day_ok"].value is True:
        draft.alert("installation_day", f"{draft.name} confirms the installation on {_show_day(draft)}.")
        draft.say("day_ok.confirmed")
    elif "other_day" not in draft.touched:
        draft.alert("installation_day", f"The installation on {_show_day(draft)} does not suit {draft.name}.")


def _wish_day(draft: Draft) -> None:
    words = draft.slots["other_day"].raw or str(draft.slots["other_day"].value)
    draft.alert("installation_day", f"{draft.name} asks for another day than {_show_day(draft)}: {words}")
    draft.say("other_day.noted")


def _show_day(draft: Draft) -> str:
    return str(draft.slots["installation_day"].value)


def _rate(draft: Draft) -> None:
    stars = draft.slots["rating"].value
    if stars <= BAD_RATING:
        words = f" In their words: {draft.slots['feedback'].raw}" if "feedback" in draft.touched else ""
        draft.alert("feedback", f"{draft.name} gives the installation {stars} of 5.{words}")
        draft.say("rating.sorry")
    elif "feedback" not in draft.touched:
        draft.say("rating.thanks")


def _comment(draft: Draft) -> None:
    """Words about the installation: bad ones are for staff at once."""
    words = draft.slots["feedback"].raw or str(draft.slots["feedback"].value)
    rating = draft.slots.get("rating")
    is_low = rating is not None and rating.value <= BAD_RATING
    if is_low and "rating" in draft.touched:
        return  # said with the rating
    is_bad = is_low or sounds_bad(words)
    draft.alert("feedback" if is_bad else "note", f"{draft.name} about the installation: {words}")
    draft.say("feedback.sorry" if is_bad and not is_low else "feedback.thanks")


def _apply(draft: Draft) -> None:
    if draft.slots["apply"].value is True:
        draft.do(ApplyForIncentives(draft.project))
        draft.say("apply.agreed")
    else:
        draft.say("apply.declined")


def _note_visit(draft: Draft) -> None:
    words = draft.slots["visit_day"].raw or str(draft.slots["visit_day"].value)
    draft.alert("assessment", f"{draft.name} about a day for the visit: {words}")


def _keep_pin(draft: Draft) -> None:
    """The exact spot goes to the vendors; the address on file stays."""
    draft.slots["location"] = draft.slots["site_pin"]
    draft.do(SyncProject(draft.project))


def end_assessment(draft: Draft) -> None:
    """The last question about the spot has been dealt with in this turn."""
    asked_now = {*draft.touched, *(set(draft.skipped) - set(draft.before.skipped))} & set(SITE)
    if not asked_now or "assessment" not in draft.slots:
        return
    left = [name for name in SITE if name not in draft.skipped and is_open(draft.slot(name), draft.slots, draft.market)]
    if not left:
        draft.alert("assessment", f"{draft.name} has answered what the site assessment asks.")
        draft.say("assessment.done")


def put_off(draft: Draft, name: str) -> None:
    """ "Not now" to a question that news raised: of the proposal it is an answer, any other stays open unasked."""
    draft.understood = True
    if name == "decision":
        take_value(draft, Set("decision", "later", raw="later"))
        return
    draft.quiet = True
    draft.vary("follow_up.whenever")


OUTCOMES: dict[str, Callable[[Draft], None]] = {
    "decision": _decide,
    "change_wish": _wish_change,
    "day_ok": _answer_day,
    "other_day": _wish_day,
    "rating": _rate,
    "feedback": _comment,
    "apply": _apply,
    "visit_day": _note_visit,
    "site_pin": _keep_pin,
}
