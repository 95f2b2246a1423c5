"""One event in, one turn out: the same state, event and time give the same turn, byte for byte."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flows.asking import ask_next, forget_stale_recap, pending
from flows.commands import (
    Affirm,
    Ask,
    Back,
    Cancel,
    ChangeLanguage,
    Choose,
    Clear,
    Command,
    Correct,
    Deny,
    Handoff,
    OptOut,
    Pause,
    Repeat,
    Restart,
    Set,
    Skip,
    Start,
    Unclear,
)
from flows.definition import Flow
from flows.draft import Draft
from flows.events import (
    DocumentRead,
    Event,
    HandoffReturned,
    HandoffTaken,
    MessageReceived,
    StaffAsked,
    TimerFired,
    VendorEvent,
    VoiceUnheard,
)
from flows.markets import market_of
from flows.merging import merge_bubbles
from flows.patterns import (
    answers,
    documents,
    doubles,
    endings,
    following,
    grievances,
    media,
    moves,
    news,
    optout,
    outcomes,
    people,
    questions,
    reminders,
    replies,
    resets,
    returning,
    voice,
    weighing,
    wishes,
)
from flows.state import State, Turn
from flows.wording import languages

Handle = Callable[[Draft, Any], None]

SETTINGS: dict[type, Handle] = {
    ChangeLanguage: moves.change_language,
    Restart: resets.restart,
    Cancel: resets.cancel,
    Pause: resets.pause,
    Back: moves.go_back,
}
"""What changes the frame of the conversation comes before what fills it."""

ANSWERS: dict[type, Handle] = {
    Set: answers.take_value,
    Correct: answers.take_value,
    Clear: answers.clear_value,
    Choose: replies.choose,
    Affirm: replies.affirm,
    Deny: replies.deny,
    Skip: replies.skip,
}

REMARKS: dict[type, Handle] = {
    Handoff: people.request_person,
    Ask: questions.answer_question,
    Repeat: moves.repeat,
    Start: resets.start,
    Unclear: questions.note_unclear,
}


def advance(flow: Flow, state: State, event: Event, now: datetime) -> Turn:
    """The turn for one event; `now` is UTC. Never raises for any state of this flow and any event."""
    draft = Draft(flow, state, event, now)
    returning.carry_over(draft)
    news.drop_past_questions(draft)
    draft.opening = pending(draft)
    EVENTS[type(event)](draft, event)
    forget_stale_recap(draft)
    messages = merge_bubbles(draft.bubbles, draft.language)
    return Turn(draft.keep_state(), (*messages, *draft.effects))


def receive_message(draft: Draft, message: MessageReceived) -> None:
    """Safety and opt-out first, then, where the bot may speak, everything else that the message was read as."""
    draft.heard_at = draft.now
    _tune_language(draft, message)
    _heed_urgent(draft, message)
    if draft.opted_out:
        return
    media.fetch_media(draft, message)
    if draft.before.control == "staff" or draft.control == "staff":
        return
    if doubles.heed_double(draft, message):
        return
    _welcome(draft, message)
    resets.revive(draft, message)
    if not (resets.heed_another(draft, message) or resets.heed_earlier(draft, message)):
        _heed_message(draft, message)
    doubles.keep_echo(draft, message)
    _close_turn(draft)


def _heed_message(draft: Draft, message: MessageReceived) -> None:
    """The frame, files, answers, remarks; then the ending that is reached, and a sent project that was corrected."""
    message = weighing.weigh_message(draft, message)
    _obey(draft, message.commands, SETTINGS)
    media.keep_media(draft, message)
    grievances.heed_grievance(draft, message)
    _obey(draft, message.commands, ANSWERS)
    wishes.note_wishes(draft, message)
    answers.report_answers(draft)
    outcomes.act_on_answers(draft)
    questions.note_repetition(draft, message)
    _obey(draft, message.commands, REMARKS)
    if message.text and not message.commands:
        replies.return_courtesy(draft)
    endings.reach_ending(draft)
    endings.update_project(draft)
    documents.raise_waiting(draft, still_open=draft.opening is not None and pending(draft) == draft.opening)


def _heed_urgent(draft: Draft, message: MessageReceived) -> None:
    danger = next((each for each in message.commands if isinstance(each, Handoff) and each.reason == "emergency"), None)
    if danger is not None:
        people.warn_of_danger(draft, danger)
    if any(isinstance(each, OptOut) for each in message.commands):
        optout.opt_out(draft)
    elif draft.opted_out and any(isinstance(each, Start) and each.opt_in for each in message.commands):
        optout.opt_in(draft)


def _tune_language(draft: Draft, message: MessageReceived) -> None:
    """A new contact is spoken to in the language of their first words, else in the market's; later as they write."""
    if draft.phase == "new":
        wanted = message.language or market_of(draft.market).languages[0]
        draft.language = wanted if wanted in languages() else draft.language
    else:
        following.follow_language(draft, message)


def _welcome(draft: Draft, message: MessageReceived) -> None:
    """Greet a new contact; a paused conversation goes on."""
    if draft.phase == "paused":
        draft.phase = "open"
    handoffs = [each for each in message.commands if isinstance(each, Handoff)]
    if draft.phase != "new" or any(each.reason == "emergency" or message.on_duty for each in handoffs):
        return
    draft.phase = "open"
    draft.fresh = True
    draft.opening = None
    draft.say("greeting")


def _obey(draft: Draft, commands: Sequence[Command], handlers: dict[type, Handle]) -> None:
    """Carry out the commands that these handlers know, in the handlers' order."""
    for kind, handle in handlers.items():
        for command in commands:
            if type(command) is kind:
                handle(draft, command)


def _close_turn(draft: Draft) -> None:
    """The pending question, unless this turn ends without one, and a reminder for an unfinished request."""
    if draft.control == "staff" or draft.opted_out:
        return
    item = pending(draft)
    if not draft.quiet:
        if item is not None:
            returning.recall_progress(draft, item)
        ask_next(draft)
    if item is not None and draft.phase in ("open", "paused"):
        returning.plan_nudge(draft)


def fire_timer(draft: Draft, timer: TimerFired) -> None:
    """One reminder, if nothing has happened since it was planned; of what is about something, if that is still so."""
    if timer.kind in reminders.REMINDERS:
        reminders.REMINDERS[timer.kind](draft, timer)
        return
    unchanged = draft.before.turn == timer.turn and draft.phase in ("open", "paused")
    may_speak = draft.control == "bot" and not draft.opted_out and draft.nudges < returning.MOST_NUDGES
    if timer.kind == "nudge" and unchanged and may_speak and draft.opening is not None:
        draft.nudges += 1
        returning.speak_unprompted(draft, "nudge", name=returning.call_name(draft))


def take_over(draft: Draft, event: HandoffTaken) -> None:
    """Staff own the conversation; they speak for themselves."""
    draft.control = "staff"


def give_back(draft: Draft, event: HandoffReturned) -> None:
    """The bot goes on: it says so, and asks what is pending."""
    draft.control = "bot"
    returning.adopt_version(draft)
    draft.fresh = True
    if not draft.opted_out:
        news.recap_silenced(draft, event.unsaid)
        if draft.phase != "new":
            draft.asked = None
            _close_turn(draft)


def hear_document(draft: Draft, event: DocumentRead) -> None:
    """What a bill says, then the pending question; a sent project that it completes is updated."""
    speaks = documents.hear_document(draft, event)
    answers.report_answers(draft)
    endings.update_project(draft)
    if speaks:
        draft.echo = ""  # who writes the same again answers what was said since
        _close_turn(draft)


def hear_nothing(draft: Draft, event: VoiceUnheard) -> None:
    """A voice message that cannot be made out, then the pending question."""
    if draft.control == "bot" and not draft.opted_out:
        voice.miss_voice(draft, event)
        _close_turn(draft)


EVENTS: dict[type, Handle] = {
    MessageReceived: receive_message,
    TimerFired: fire_timer,
    HandoffTaken: take_over,
    HandoffReturned: give_back,
    VendorEvent: news.hear_news,
    StaffAsked: news.hear_staff,
    DocumentRead: hear_document,
    VoiceUnheard: hear_nothing,
}
