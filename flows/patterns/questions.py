"""Questions in the middle, and words that nothing explains."""

import re

from flows.asking import LADDER, pending
from flows.commands import Ask, Correct, Set, Unclear
from flows.draft import Draft
from flows.events import MessageReceived
from flows.facts import label_of
from flows.kinds import KINDS
from flows.patterns.answers import doubt_value, report_answers
from flows.patterns.remarks import may_answer, strip_lead
from flows.patterns.status import answer_status
from flows.pending import question_of, split_item
from flows.state import SlotValue

_NEXT = re.compile(
    r"\b(?:call|contact|hear from|hear back|get back|reach out|happens?|what(?:'s| is)? next|how long|when"
    r"|llam\w+|contact\w+|escrib\w+|cu[aá]ndo|qu[eé] pasa)\b",
    re.IGNORECASE,
)
"""Words of a question about how a sent request goes on."""

_NEXT_STEP = re.compile(
    r"\b(?:call me|contact me|hear (?:from|back)|get back|happens? (?:now|next|then)|what(?:'s| is)? next|next steps?"
    r"|qu[eé] pasa (?:ahora|luego)|siguiente paso|me (?:llam|contact|escrib)\w+)\b",
    re.IGNORECASE,
)

_NOTHING = re.compile(
    r"\b(?:nothing|no changes?|as (?:it )?is|send it"
    r"|(?:it'?s|all|everything'?s?|is) (?:fine|good|right|correct|ok(?:ay)?)"
    r"|nada|sin cambios|as[ií] (?:est[aá]|va)|(?:est[aá]|todo) (?:todo )?bien|env[ií]al[ao]|m[aá]ndal[ao])\b",
    re.IGNORECASE,
)
"""Words of somebody who wants nothing changed after all; looked at only where they were asked what."""

_ABOUT_HOME = re.compile(
    r"\broof (?:is |has been )?(?:leak\w*|sag\w*|falling|in bad shape|old)\b|\bleaky roof\b"
    r"|\b(?:trees?|shade|shadow)\b(?: \w+){0,4} (?:house|home|roof|yard)\b"
    r"|\b(?:might|may|will|going to|plan to|planning to) (?:move|sell)\b"
    r"|\btejado (?:tiene|con) goteras\b|\bgoteras\b|\b[aá]rbol(?:es)?\b(?: \w+){0,4} (?:casa|tejado|techo)\b"
    r"|\b(?:vamos a|voy a|quiz[aá]s? nos) (?:mud\w+|vender)\b",
    re.IGNORECASE,
)
"""What a designer should know of the home, though nothing asks for it."""

HALF_SURE = 0.5
MOST_OFFERS = 2
"""How often a slot offers unexplained words back before its ladder takes over."""


def answer_question(draft: Draft, command: Ask) -> None:
    """The answer, else the honest word that a colleague will give it; the pending question follows in short."""
    if draft.heard:
        return
    draft.understood = True
    if answer_status(draft, command.topic, command.answer):
        return
    if command.answer and _is_told(draft, command.topic):
        draft.say("answer_again")
    elif command.answer:
        draft.say("answer", answer=command.answer)
    elif command.topic == "help":
        draft.say("help")
    elif draft.phase == "submitted" and _asks_next(draft, command.question):
        if not answer_status(draft, "status"):
            draft.vary("submitted.next")
    else:
        draft.alert("question", f"{draft.name} asks: {command.question}")
        draft.vary("question.passed_on")


def _asks_next(draft: Draft, question: str) -> bool:
    """How it goes on; once facts were told "when" and "how long" may well be about something else."""
    has_news = any(draft.slot(name).told for name in draft.slots if name in draft.flow.by_name)
    return bool((_NEXT_STEP if has_news else _NEXT).search(question))


def _is_told(draft: Draft, topic: str | None) -> bool:
    """Whether the same answer was given the last time, in this language; every other time it is given in full."""
    told = f"told:{draft.language}:{topic}"
    times = draft.attempts.get(told, 0)
    draft.attempts[told] = times + 1
    return topic is not None and times % 2 == 1


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
    elif draft.follows(split_item(draft.opening)[1]):
        _pass_words_on(draft, command.words)
    elif _ABOUT_HOME.search(command.words):
        draft.understood = True
        draft.alert("note", f"{draft.name} wrote: {command.words}")
        draft.vary("idle.passed_on")
    else:
        _try_words(draft, command.words)


def _pass_words_on(draft: Draft, words: str) -> None:
    """Words beside what news asked for: a colleague reads them, and the question is put once more, then left alone."""
    draft.alert("note", f"{draft.name} wrote: {words}")
    draft.vary("idle.passed_on")
    draft.missed = True


def note_repetition(draft: Draft, message: MessageReceived) -> None:
    """A message that says only what is on file already was meant as an answer that the reading did not see."""
    only_values = bool(message.commands) and all(isinstance(each, Set | Correct) for each in message.commands)
    told = draft.has_news or draft.doubts != draft.before.doubts or bool(message.media) or draft.heard
    told = told or any(map(draft.follows, draft.touched))
    if only_values and not told and _repeats_mail(draft, message):
        return
    if only_values and not told and draft.opening is not None and pending(draft) == draft.opening:
        _try_words(draft, message.text)


def _repeats_mail(draft: Draft, message: MessageReceived) -> bool:
    """An address that was given before, put in clearer letters: it is there, and answers nothing else."""
    slots = [each.slot for each in message.commands if isinstance(each, Set | Correct)]
    if slots != ["email"] or "email" not in draft.slots or draft.opening == "email":
        return False
    draft.understood = True
    draft.say("noted", lines=f"• {label_of('email', draft.language)}: {draft.slots['email'].value}")
    return True


def _try_words(draft: Draft, words: str) -> None:
    """Words that may be the answer are offered back; said again they are it, and others are a miss."""
    if draft.opening == "change" and _NOTHING.search(words):
        draft.understood = True
        draft.settle("change")
    elif not _take_words(draft, words):
        draft.missed = True
    elif draft.touched:
        report_answers(draft)


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
    target = name if sort == "confirm" or not name else draft.slot(name).words_to
    if not target:
        return False
    slot, asking = draft.slot(target), question_of(draft.flow, target)
    words = strip_lead(words)
    try:
        value = KINDS[slot.kind](words)
    except ValueError:
        return False
    doubted = draft.doubts.get(target) if sort == "confirm" else None
    offers = draft.attempts.get(f"words:{target}", 0)
    if doubted is None or str(doubted.value).casefold() != str(value).casefold():
        insists = draft.attempts.get(asking, 0) > 0
        if offers == MOST_OFFERS or not may_answer(slot, words, insists):
            return False
        draft.attempts[f"words:{target}"] = offers + 1
        draft.count_miss(asking, len(LADDER) - 1)
    doubt_value(draft, slot, SlotValue(value, words, "rule", HALF_SURE, False, draft.message_id, draft.now))
    return True
