"""What can happen to a conversation; one event makes one turn."""

from dataclasses import dataclass

from flows.commands import Command


@dataclass(frozen=True, slots=True)
class Media:
    """A file that came with a message; `media_id` is our id of it, `content_type` as the channel declared it."""

    media_id: str
    content_type: str


@dataclass(frozen=True, slots=True)
class MessageReceived:
    """A contact's message as it was read. `on_duty`: somebody takes handoffs now."""

    message_id: str
    text: str
    commands: tuple[Command, ...]
    media: tuple[Media, ...] = ()
    channel: str = "whatsapp"
    profile_name: str = ""
    on_duty: bool = False
    language: str | None = None


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A due time that a turn asked for has come. `turn` is the turn that asked."""

    kind: str
    turn: int


@dataclass(frozen=True, slots=True)
class HandoffTaken:
    """A member of staff took the conversation over."""

    by: str


@dataclass(frozen=True, slots=True)
class HandoffReturned:
    """Staff gave the conversation back to the bot."""

    by: str


Event = MessageReceived | TimerFired | HandoffTaken | HandoffReturned
