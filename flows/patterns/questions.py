"""Questions in the middle, and words that nothing explains."""

from flows.commands import Ask, Unclear
from flows.draft import Draft
from flows.kinds import KINDS, takes_words
from flows.patterns.answers import doubt_value
from flows.pending import split_item
from flows.state import SlotValue

HALF_SURE = 0.5
MOST_OFFERS = 2
"""How often a slot offers unexplained words back before its ladder takes over."""


def answer_question(draft: Draft, command: Ask) -> None:
    """The answer, else the honest word that a colleague will give it; the pending question follows in short."""
    draft.understood = True
    if command.answer:
        draft.say("answer", answer=command.answer)
    elif command.topic == "help":
        draft.say("help")
    else:
        draft.alert("question", f"{draft.name} asks: {command.question}")
        draft.vary("question.passed_on")


def note_unclear(draft: Draft, command: Unclear) -> None:
    """Words left over: with a file or an answer beside them they are let be; alone they are a miss."""
    if command.injection:
        draft.missed = draft.missed or not draft.understood
        if draft.before.asked is None or not draft.attempts.get(draft.before.asked.item):
            draft.say("scope")
        return
    if draft.understood or (draft.message and draft.message.media):
        return
    if draft.opening is None:
        _note_idle(draft, command)
    elif not _take_words(draft, command.words):
        draft.missed = True


def _note_idle(draft: Draft, command: Unclear) -> None:
    """Nothing is asked: a finished request passes the words on, any other says how to go on."""
    draft.understood = True
    if draft.phase == "submitted":
        draft.alert("note", f"{draft.name} wrote: {command.words}")
        draft.vary("idle.passed_on")
    elif draft.phase in ("cancelled", "closed"):
        draft.idle()


def _take_words(draft: Draft, words: str) -> bool:
    """Offer the words themselves as the answer, where the slot takes free text; False when they cannot be one."""
    sort, name = split_item(draft.opening or "change")
    target = draft.slot(name).words_to if name else ""
    offers = draft.attempts.get(f"words:{target}", 0)
    if not target or sort == "confirm" or offers == MOST_OFFERS:
        return False
    slot = draft.slot(target)
    try:
        value = KINDS[slot.kind](words)
    except ValueError:
        return False
    if not takes_words(slot.kind, words):
        return False
    draft.attempts[f"words:{target}"] = offers + 1
    doubt_value(draft, slot, SlotValue(value, words, "rule", HALF_SURE, False, draft.message_id, draft.now))
    return True
