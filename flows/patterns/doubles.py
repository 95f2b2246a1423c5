"""The same message twice: what somebody sends again at once, by mistake or in impatience, is answered once."""

from datetime import timedelta

from flows.asking import pending
from flows.commands import Affirm, Choose, Command, Deny
from flows.draft import Draft
from flows.events import MessageReceived
from flows.reading.segments import fold

AT_ONCE = timedelta(minutes=3)
LONGEST, FEWEST = 300, 3
"""Characters that are compared, and letters or digits below which a message says too little to be known again."""

CLOSED = frozenset({"yes_no", "renter", "consent", "decision", "rating"})
"""Kinds whose answers are short words that may well answer the next question too."""


def heed_double(draft: Draft, message: MessageReceived) -> bool:
    """True: it says, within minutes, exactly what the one before it was understood to say; nothing is answered."""
    before = draft.before
    same = bool(before.echo) and spell_echo(message.text) == before.echo and not message.media
    if not same or before.heard_at is None or draft.now - before.heard_at > AT_ONCE:
        return False
    draft.understood = draft.quiet = True
    return True


def keep_echo(draft: Draft, message: MessageReceived) -> None:
    """Remember a message that gave a new value in words and answered what was asked, and forget any other: who says
    the same again to the same question insists."""
    if any(map(_says_yes_or_no, message.commands)):  # the next question may want it too
        draft.echo = ""
        return
    is_answer = draft.opening is None or pending(draft) != draft.opening
    given = (
        draft.has_news
        and is_answer
        and any(name in draft.slots and draft.slot(name).kind not in CLOSED for name in draft.touched)
    )
    echo = spell_echo(message.text)
    draft.echo = echo if given and sum(map(str.isalnum, echo)) >= FEWEST else ""


def _says_yes_or_no(command: Command) -> bool:
    is_tap = isinstance(command, Choose) and command.option in ("confirm=yes", "confirm=no", "keep", "done", "skip")
    return is_tap or isinstance(command, Affirm | Deny)


def spell_echo(text: str) -> str:
    return " ".join(fold(text).split())[:LONGEST]
