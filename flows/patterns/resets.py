"""Begin, pause, cancel and restart: what a reset throws away is kept for a day, to be brought back by "undo"."""

import re
from datetime import timedelta
from typing import Literal

from flows.commands import Cancel, Choose, Clear, Correct, Handoff, OptOut, Pause, Restart, Set, Start
from flows.draft import Draft
from flows.events import MessageReceived
from flows.patterns.outcomes import put_off
from flows.patterns.status import LIFE, answer_status
from flows.state import Undo

UNDO_FOR = timedelta(hours=24)

_WISH = re.compile(
    r"\b(?:(?:do|still|i|we) want|would (?:still )?like|i'd (?:still )?like|go on|carry on|keep going|continue"
    r"|let'?s do|don'?t cancel|not cancel|maybe|(?:si|sí|aún|aun|todavía) (?:lo )?quiero|lo quiero|sigamos|seguimos"
    r"|seguir|no (?:lo )?canceles)\b",
    re.IGNORECASE,
)
"""Words of somebody who wants the request after all; looked at only after a cancel."""


_ANOTHER = re.compile(
    r"^(?=.*\b(?:also|too|solar|quotes?|want|like|need|can (?:we|you|i)|do|tambi[eé]n|quiero|paneles|cotizaci[oó]n)\b)"
    r".*\b(?:(?:second|2nd|another|other) (?:house|home|property|place)"
    r"|(?:segunda|otra) (?:casa|vivienda|propiedad))\b",
    re.IGNORECASE | re.DOTALL,
)
_BEGIN_ANOTHER = re.compile(
    r"^\W*(?:(?:a )?(?:new|another) (?:project|request)|nuev[oa] (?:proyecto|solicitud))\W*$", re.IGNORECASE
)
"""One more home, in words; looked at only after a request was sent."""


_EARLIER = re.compile(
    r"\b(?:(?:first|1st|earlier|previous) (?:one|request|project|quote|application|house)|the request i sent"
    r"|(?:primer[ao]?|anterior) (?:solicitud|proyecto|pedido|casa)|(?:solicitud|proyecto|pedido) anterior"
    r"|l[ao] (?:primer[ao]|anterior))\b",
    re.IGNORECASE,
)
"""The request that was sent before; looked at only while another one is being taken down."""


def heed_earlier(draft: Draft, message: MessageReceived) -> bool:
    """Words about a request that was sent, said while the next one is being taken down, are for staff: nothing of them
    belongs to this one. True: the message is dealt with, but for its questions, which a colleague answers."""
    steers = any(isinstance(each, Restart | Cancel | Choose | Handoff | OptOut) for each in message.commands)
    if not draft.project or draft.phase != "open" or steers or not _EARLIER.search(message.text):
        return False
    draft.understood = True
    draft.alert("note", f"{draft.name} wrote of an earlier request: {message.text}")
    draft.vary("another.earlier")
    return True


def heed_another(draft: Draft, message: MessageReceived) -> bool:
    """One more home is a project of its own, begun by those words alone; what is said of it changes nothing of the one
    that was sent. True: the message is dealt with."""
    if draft.phase != "submitted" or any(isinstance(command, Restart) for command in message.commands):
        return False
    if _BEGIN_ANOTHER.search(message.text):
        restart(draft, Restart())
        return True
    if not _ANOTHER.search(message.text):
        return False
    draft.understood = True
    draft.alert("note", f"{draft.name} wrote of another home: {message.text}")
    draft.say("another.how")
    return True


def start(draft: Draft, command: Start) -> None:
    """A greeting: nothing is lost by it, and a finished or cancelled request is not opened by it alone."""
    if draft.understood or draft.fresh:
        return
    draft.understood = True
    if draft.phase == "cancelled":
        reopen(draft)
    elif draft.opening is None and any(name in draft.slots for name in LIFE):
        draft.say("hello_again")
        answer_status(draft, "status")
    elif draft.opening is None:
        draft.idle()
    else:
        draft.say("hello_again")


def reopen(draft: Draft) -> None:
    """Begin anew after a cancel."""
    if draft.phase == "cancelled":
        draft.phase = "open"
        draft.fresh = True
        draft.say("start_again")


def revive(draft: Draft, message: MessageReceived) -> None:
    """After a cancel, an answer or a wish to go on brings everything back before it is heard."""
    if draft.phase != "cancelled" or draft.undo is None or draft.undo.what != "cancel" or not has_undo(draft):
        return
    kinds = {type(command) for command in message.commands}
    gives = bool(kinds & {Set, Correct, Clear}) or bool(_WISH.search(message.text))
    if gives and not kinds & {Cancel, Restart, Start, Choose, Handoff, OptOut}:
        undo_reset(draft)
        draft.opening = None


def pause(draft: Draft, command: Pause) -> None:
    """Not now: everything is kept, and the next message goes on."""
    draft.understood = True
    if draft.opening is not None and draft.follows(draft.opening):
        put_off(draft, draft.opening)
    elif draft.phase == "open":
        draft.phase = "paused"
        draft.quiet = True
        draft.say("paused")


def cancel(draft: Draft, command: Cancel) -> None:
    """Give the request up, with an undo; one that was sent already is for staff to withdraw."""
    draft.understood = True
    if draft.phase == "submitted":
        draft.alert("cancel", f"{draft.name} wants to cancel the project.")
        draft.say("cancel.submitted")
        draft.quiet = draft.quiet or draft.follows(draft.opening)
    elif draft.phase == "cancelled":
        draft.idle()
    else:
        _throw_away(draft, "cancel")
        draft.phase = "cancelled"
        draft.say("cancel.done", draft.offer("undo"))


def restart(draft: Draft, command: Restart) -> None:
    """Empty the answers and ask from the top; after submission it begins another project of the same contact."""
    draft.understood = draft.fresh = True
    again = draft.phase == "submitted"
    kept = {slot.name: draft.slots[slot.name] for slot in draft.flow.slots if slot.kept and slot.name in draft.slots}
    _throw_away(draft, "restart")
    if again:
        draft.slots = kept
        draft.nudges = 0
    draft.phase = "open"
    draft.say("restart.another" if again else "restart.done", draft.offer("undo"))


def _throw_away(draft: Draft, what: Literal["cancel", "restart"]) -> None:
    if draft.slots or not has_undo(draft):
        draft.undo = Undo(what, draft.slots, tuple(draft.skipped), draft.phase, draft.now)
    draft.slots, draft.attempts, draft.doubts = {}, {}, {}
    draft.agenda, draft.skipped, draft.trail = [], [], []
    draft.files = None


def has_undo(draft: Draft) -> bool:
    return draft.undo is not None and draft.now - draft.undo.at <= UNDO_FOR


def undo_reset(draft: Draft) -> None:
    """Bring back what the last reset threw away; what was given since stays where the old answers have a gap."""
    draft.understood = True
    if draft.undo is None or not has_undo(draft):
        draft.say("undo.nothing")
        return
    draft.slots = {**draft.slots, **draft.undo.slots}
    draft.skipped = [name for name in draft.undo.skipped if name not in draft.slots]
    draft.phase = "open" if draft.undo.phase in ("new", "paused") else draft.undo.phase
    draft.undo = None
    draft.fresh = True
    draft.say("undo.done")
