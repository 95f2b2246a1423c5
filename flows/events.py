"""What can happen to a conversation; one event makes one turn."""

from dataclasses import dataclass, field
from typing import Any

from flows.commands import Command


@dataclass(frozen=True, slots=True)
class Media:
    """A file that came with a message; `media_id` is our id of it, `content_type` as the channel declared it."""

    media_id: str
    content_type: str


@dataclass(frozen=True, slots=True)
class MessageReceived:
    """A contact's message as it was read. `on_duty`: somebody takes handoffs now. `senses`: what is made of files now:
    "bills" are read, "voice" is heard. `voice`: the text was spoken."""

    message_id: str
    text: str
    commands: tuple[Command, ...]
    media: tuple[Media, ...] = ()
    channel: str = "whatsapp"
    profile_name: str = ""
    on_duty: bool = False
    language: str | None = None
    senses: tuple[str, ...] = ()
    voice: bool = False


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A due time that a turn asked for has come. `turn` is the turn that asked, `about` what it was about."""

    kind: str
    turn: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class HandoffTaken:
    """A member of staff took the conversation over."""

    by: str


@dataclass(frozen=True, slots=True)
class HandoffReturned:
    """Staff gave the conversation back to the bot. `unsaid`: templates of news that was on its way to the contact when
    they took over, and was not said."""

    by: str
    unsaid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """One transition of a project. `what` is one of `flows.news.WHATS`, `facts` what is known about it (JSON-native;
    money in cents, energy in kWh, days ISO 8601). `for_staff`: not for the contact's ears."""

    what: str
    facts: dict[str, Any] = field(default_factory=dict)
    for_staff: bool = False


@dataclass(frozen=True, slots=True)
class VendorEvent:
    """What one look at a vendor found new about the conversation's project of that number, in the order in which it
    happens in the life of a project. `on_duty`: somebody takes handoffs now."""

    vendor: str
    project: int
    news: tuple[News, ...]
    on_duty: bool = False


@dataclass(frozen=True, slots=True)
class StaffAsked:
    """Staff want something of the contact that the bot collects. `what`: "assessment"."""

    what: str
    by: str


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """Files that were read as one bill. `bill` has what it says by the names of `flows.reading.bills.types.Bill`,
    JSON-native; `sure` names the fields that need no confirmation, `problems` what stood in the way."""

    media_ids: tuple[str, ...]
    bill: dict[str, Any] = field(default_factory=dict)
    sure: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VoiceUnheard:
    """A voice message in which no words could be made out."""

    media_id: str


Event = (
    MessageReceived
    | TimerFired
    | HandoffTaken
    | HandoffReturned
    | VendorEvent
    | StaffAsked
    | DocumentRead
    | VoiceUnheard
)
