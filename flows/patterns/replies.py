"""Yes, no, a tap and "skip": replies that mean something only beside what was asked."""

from collections.abc import Callable
from dataclasses import replace

from flows.commands import Affirm, Choose, Command, Correct, Deny, Handoff, Set, Skip
from flows.consent import consent_record
from flows.definition import Slot
from flows.draft import Draft
from flows.events import MessageReceived
from flows.facts import show_row
from flows.options import read_option
from flows.patterns.afterthoughts import hear_afterthought
from flows.patterns.answers import store_value, take_value
from flows.patterns.bill_values import accept_reading, pass_reading, refuse_reading
from flows.patterns.gaps import leave_open
from flows.patterns.other_homes import hear_other_home
from flows.patterns.outcomes import put_off
from flows.patterns.people import request_person
from flows.patterns.resets import reopen, undo_reset
from flows.pending import split_item
from flows.state import SlotValue

OTHER_WAY = 3
"""The rung of the ladder that offers another way."""


def affirm(draft: Draft, command: Affirm) -> None:
    """Yes to what was pending when the message came."""
    sort, name = _open_item(draft)
    if not sort:
        _nod(draft)
    elif sort == "confirm":
        accept_doubt(draft, name)
    elif sort == "review":
        keep_value(draft)
    elif sort == "change":  # "ok, send it" to what should be different: nothing should
        _settle_opening(draft)
    elif sort == "ask" and draft.asks_consent(name):
        give_consent(draft)
    elif sort == "ask" and draft.slot(name).yes:
        take_value(draft, Set(name, draft.slot(name).yes[0], raw="yes"))
    else:
        _miss(draft)


def deny(draft: Draft, command: Deny) -> None:
    """No to what was pending when the message came."""
    sort, name = _open_item(draft)
    for listed in draft.touched:
        draft.trail.append(f"more:{listed}")  # "a pool pump, that's all": the list has ended
    if not sort:
        _nod(draft)
    elif sort == "confirm" and draft.doubts[name].source == "document":
        refuse_reading(draft, name)
    elif sort in ("confirm", "more", "change"):
        _settle_opening(draft)
    elif sort == "ask" and draft.asks_consent(name):
        draft.understood = True
        if not draft.touched:  # "no, the bill is 210" has said what should be different
            draft.raise_item("change")
    elif sort == "ask" and draft.slot(name).no:
        take_value(draft, Set(name, draft.slot(name).no[0], raw="no"))
    elif sort == "ask" and draft.slot(name).optional:
        skip_slot(draft, name)
    else:
        _miss(draft)


def hear_denial(draft: Draft, message: MessageReceived) -> MessageReceived:
    """A bare no to "did I get this right?" is one, though to the slot's own question it would mean none at all."""
    message = hear_afterthought(draft, hear_other_home(draft, message))
    if _open_item(draft)[0] != "confirm":
        return message
    return replace(message, commands=tuple(Deny() if _is_bare_no(draft, each) else each for each in message.commands))


def _is_bare_no(draft: Draft, command: Command) -> bool:
    if not isinstance(command, Set) or command.slot not in draft.flow.by_name or len(command.raw.split()) != 1:
        return False
    slot = draft.slot(command.slot)
    return slot.kind == "devices" and command.value in slot.no


def skip(draft: Draft, command: Skip) -> None:
    """Leave an optional question out; of a required one, say why it is asked and offer another way."""
    sort, name = _open_item(draft)
    if not sort:
        _nod(draft)
    elif sort == "confirm" and draft.doubts[name].source == "document":
        draft.understood = True
        pass_reading(draft, name)
    elif sort != "ask":
        _settle_opening(draft)
    elif draft.slot(name).optional:
        skip_slot(draft, name)
    elif draft.follows(name):
        put_off(draft, name)
    elif not draft.understood:
        _excuse(draft, draft.slot(name))


def _excuse(draft: Draft, slot: Slot) -> None:
    """Of a needed answer: say what it is for and offer another way; the second time leave it open where it may be."""
    explained = draft.attempts.get(f"why:{slot.name}")
    if explained and slot.later:
        draft.understood = True
        leave_open(draft, slot)
        return
    if not explained:
        draft.say(f"{slot.name}.why")
    draft.attempts[f"why:{slot.name}"] = 1
    if slot.later:
        draft.attempts[slot.name] = max(draft.attempts.get(slot.name, 0), OTHER_WAY - 1)
    draft.missed = True


def choose(draft: Draft, command: Choose) -> None:
    """An option by its id: a command of its own, or "slot=value"; one that no longer fits is not taken."""
    if command.option in CHOICES:
        CHOICES[command.option](draft)
        return
    name, equals, text = command.option.partition("=")
    if equals and name == "change" and text in draft.flow.by_name:
        review_slot(draft, text)
    elif equals and name in draft.flow.by_name:
        take_value(draft, Correct(name, read_option(draft.slot(name), text), raw=text))
        draft.missed = draft.missed or not draft.understood
    else:
        _miss(draft)


def review_slot(draft: Draft, name: str) -> None:
    """Show what is on file for a slot and ask what it should be; one without a value is simply asked for."""
    draft.understood = True
    draft.settle("change")
    if name in draft.skipped:
        draft.skipped.remove(name)
    if show_row(draft.flow, name, draft.slots, draft.voice):
        draft.raise_item(f"review:{name}")


def accept_doubt(draft: Draft, name: str) -> None:
    """What was proposed is meant."""
    held = draft.doubts.get(name)
    if held is None:
        return
    if held.source == "document":
        accept_reading(draft, name)
    else:
        store_value(draft, draft.slot(name), replace(held, confirmed=True))


def keep_value(draft: Draft) -> None:
    """What was on file stays."""
    _settle_opening(draft)
    draft.say("review.kept")


def give_consent(draft: Draft) -> None:
    """Consent, only in answer to a recap that was shown and that nothing in this message changes."""
    asked, message = draft.before.asked, draft.message
    is_plain = not draft.understood and not draft.touched and not draft.has_news
    if message is not None and message.voice:  # a sound may be misheard: what is sent to others is agreed to in writing
        draft.missed = True
        return
    draft.understood = True
    if asked is not None and message is not None and is_plain and draft.asks_consent(asked.item):
        record = consent_record(draft.language, message.channel, draft.message_id, draft.now)
        draft.slots[asked.item] = SlotValue(record, message.text, "rule", 1.0, True, draft.message_id, draft.now)


def skip_slot(draft: Draft, name: str) -> None:
    """An optional question left out."""
    draft.understood = True
    draft.attempts.pop(name, None)
    if name not in draft.skipped:
        draft.skipped.append(name)
    draft.vary("skipped")


def _open_item(draft: Draft) -> tuple[str, str]:
    """Sort and slot of what a yes or no is about; ("", "") when nothing is pending, or it has just been answered."""
    item = draft.opening
    if item is None or draft.quiet or (item.partition(":")[1] and item not in draft.agenda):
        return "", ""
    sort, name = split_item(item)
    if sort == "ask" and (_is_settled(draft, name) or (draft.follows(name) and not _was_asked(draft, name))):
        return "", ""
    return sort, name


def _is_settled(draft: Draft, name: str) -> bool:
    """Answered in this message, or not wanted any more by what it says: "no, I own it" is no no to the landlord."""
    when = draft.slot(name).when
    return name in draft.slots or (when is not None and not when.holds(draft.slots, draft.market))


def _was_asked(draft: Draft, name: str) -> bool:
    """A plain yes or no is an answer to what was asked last, and to nothing that news came in between."""
    return draft.before.asked is not None and draft.before.asked.item == name


def _settle_opening(draft: Draft) -> None:
    draft.understood = True
    if draft.opening:
        draft.settle(draft.opening)


def _miss(draft: Draft) -> None:
    if not draft.understood:
        draft.missed = True


def _nod(draft: Draft) -> None:
    """A yes, no or thanks when nothing is asked: a friendly word, and nothing is opened again."""
    if not draft.understood and (draft.opening is None or draft.follows(draft.opening)) and not draft.fresh:
        draft.quiet = draft.quiet or draft.opening is not None
        if draft.phase in ("cancelled", "closed"):
            draft.idle()
        else:
            draft.vary("idle.welcome")
    draft.understood = True


def return_courtesy(draft: Draft) -> None:
    """Thanks and goodbyes: read as no command at all."""
    _nod(draft)


def _call_person(draft: Draft) -> None:
    request_person(draft, Handoff("asked"))


def _choose_change(draft: Draft) -> None:
    draft.understood = True
    draft.raise_item("change")


def _begin_again(draft: Draft) -> None:
    draft.understood = True
    reopen(draft)


def _tap(draft: Draft, answer: Callable[[Draft], None]) -> None:
    """A yes or no tapped on another question's message is none to what news asked for since."""
    if draft.opening is not None and draft.follows(draft.opening):
        draft.understood = True
    else:
        answer(draft)


CHOICES: dict[str, Callable[[Draft], None]] = {
    "human": _call_person,
    "undo": undo_reset,
    "start": _begin_again,
    "skip": lambda draft: skip(draft, Skip()),
    "done": lambda draft: _tap(draft, lambda each: deny(each, Deny())),
    "keep": lambda draft: _tap(draft, lambda each: affirm(each, Affirm())),
    "confirm=yes": lambda draft: _tap(draft, lambda each: affirm(each, Affirm())),
    "confirm=no": lambda draft: _tap(draft, lambda each: deny(each, Deny())),
    "consent=yes": give_consent,
    "change": _choose_change,
}
"""Options that are not "slot=value"."""
