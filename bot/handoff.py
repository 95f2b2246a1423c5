"""Staff take a conversation over, answer in it, and give it back to the bot."""

import time
import uuid

from sqlalchemy import Engine

from bot.failpoints import reach
from bot.outbox import KINDS
from db.handoffs import insert_event, list_unsaid_news, own_conversation, read_conversation
from db.outbox import insert_effect
from db.sends import is_being_sent
from flows.codec import dump
from flows.effects import SendMessage
from flows.events import HandoffReturned, HandoffTaken, StaffAsked
from flows.merging import split_text

LONGEST_BODY = 1600  # characters of one message
SILENCE_SECONDS = 3.0  # how long a call that was on its way is waited for
POLL_SECONDS = 0.02
LONGEST_IN_TEMPLATE = 900  # a template has at most 1,024 characters with its own words
TEMPLATE = "staff_reply"  # says it outside the 24-hour window


class HandoffRefused(ValueError):
    """What was asked cannot be done; the message says why."""


def take(engine: Engine, conversation_id: int, by: str) -> bool:
    """`by` owns the replies from this commit on; what the bot has queued is not said any more.

    Returns when nothing of the bot's is on its way to the contact, or after a few seconds.
    """
    with engine.begin() as connection:
        if own_conversation(connection, conversation_id, "staff", by) is None:
            raise HandoffRefused(f"There is no conversation {conversation_id}.")
        insert_event(connection, conversation_id, "staff", dump(HandoffTaken(by)), done=True)
        reach("handoff.before_commit")
    reach("handoff.after_commit")
    return await_silence(engine, conversation_id)


def await_silence(engine: Engine, conversation_id: int, seconds: float = SILENCE_SECONDS) -> bool:
    """Waits while a message to the contact is being handed to the channel; False if one still is after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        with engine.connect() as connection:
            if not is_being_sent(connection, conversation_id):
                return True
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)  # the pause of a poll with a deadline


def reply(engine: Engine, conversation_id: int, text: str) -> int:
    """Queues `text` for the contact, in as many messages as it needs; how many. Ring `sends` afterwards."""
    pieces = split_text(text, LONGEST_BODY)
    with engine.begin() as connection:
        held = read_conversation(connection, conversation_id)
        if held is None:
            raise HandoffRefused(f"There is no conversation {conversation_id}.")
        if held.control != "staff":
            raise HandoffRefused("The bot owns this conversation: take it first.")
        if held.opted_out_at is not None:
            raise HandoffRefused("The contact wrote STOP: nothing may be sent until they write START.")
        if not pieces:
            raise HandoffRefused("There is nothing to say.")
        language = (held.state or {}).get("language", "en")
        name = uuid.uuid4().hex
        for index, piece in enumerate(pieces):
            insert_effect(
                connection,
                key=f"staff:{name}:{index}",
                conversation_id=conversation_id,
                kind=KINDS[SendMessage],
                payload=dump(build_reply(piece, language)),
                epoch=None,  # a person's word stands whoever owns the replies by the time it goes out
            )
        reach("handoff.before_commit")
    reach("handoff.after_commit")
    return len(pieces)


def build_reply(text: str, language: str) -> SendMessage:
    """The words as they are, or inside the approved template once the window is closed."""
    fits = len(text) <= LONGEST_IN_TEMPLATE
    return SendMessage(
        text,
        language,
        (TEMPLATE,),
        template=TEMPLATE if fits else "",
        variables=(text,) if fits else (),
        unprompted=True,
    )


def give_back(engine: Engine, conversation_id: int, by: str) -> None:
    """The bot owns the replies again, and its next turn says so. Ring `turns` afterwards."""
    with engine.begin() as connection:
        held = read_conversation(connection, conversation_id)
        if held is None:
            raise HandoffRefused(f"There is no conversation {conversation_id}.")
        if held.control != "staff":
            raise HandoffRefused("The bot owns this conversation already.")
        unsaid = list_unsaid_news(connection, conversation_id)
        own_conversation(connection, conversation_id, "bot", "")
        insert_event(connection, conversation_id, "staff", dump(HandoffReturned(by, tuple(unsaid))))
        reach("handoff.before_commit")
    reach("handoff.after_commit")


def ask_assessment(engine: Engine, conversation_id: int, by: str) -> None:
    """The bot asks the contact for what a design needs from the spot: day, contact, photos, pin. Ring `turns`
    afterwards. While staff own the conversation it waits until they give it back."""
    with engine.begin() as connection:
        held = read_conversation(connection, conversation_id)
        if held is None:
            raise HandoffRefused(f"There is no conversation {conversation_id}.")
        if held.opted_out_at is not None:
            raise HandoffRefused("The contact wrote STOP: nothing may be sent until they write START.")
        if (held.state or {}).get("phase") != "submitted":
            raise HandoffRefused("There is no confirmed project in this conversation to assess a site for.")
        insert_event(connection, conversation_id, "staff", dump(StaffAsked("assessment", by)))
        reach("handoff.before_commit")
    reach("handoff.after_commit")
