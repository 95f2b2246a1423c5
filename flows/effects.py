"""What a turn asks for; each effect is carried out by the job of the same name."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Option:
    """Something to tap. `id` comes back as a tap's payload; `title` is at most 20 characters (24 in a list)."""

    id: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class SendMessage:
    """Say something to the contact.

    `text` and `options` are ready wording in `language`. `keys` are the message keys it was merged from. `menu` is the
    list's button title when the options want a list. `template` is the message key whose approved template says it
    outside the 24-hour window, with `variables` in order; empty: it cannot be said there. `unprompted`: nobody is
    waiting for it. `news`: a sentence for staff about a vendor's transition, shown to them where this is never said
    because they took over. `always`: safety words and opt-out or opt-in confirmations, sent though staff own the
    conversation.
    """

    text: str
    language: str
    keys: tuple[str, ...]
    options: tuple[Option, ...] = ()
    menu: str = ""
    template: str = ""
    variables: tuple[str, ...] = ()
    unprompted: bool = False
    always: bool = False
    media_url: str = ""
    news: str = ""


@dataclass(frozen=True, slots=True)
class AlertStaff:
    """Tell staff. `reason` is a short code, `summary` a sentence; `facts` are labelled values in display order."""

    reason: str
    summary: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SyncProject:
    """Bring the project to the vendors. `project` counts the conversation's projects from 1. `force`: also where
    syncing by itself is switched off or nothing has changed."""

    project: int
    force: bool = False


@dataclass(frozen=True, slots=True)
class LookUpIncentives:
    """Look up incentives for the project."""

    project: int


@dataclass(frozen=True, slots=True)
class ApplyForIncentives:
    """The contact agreed that applications are made for the project."""

    project: int


@dataclass(frozen=True, slots=True)
class OrderDesign:
    """Have a vendor design the project. `kind`: design_team, auto_designer or sales_mode; "" as the settings say.
    `target_offset` is percent of consumption."""

    project: int
    kind: str = ""
    target_offset: float = 105.0
    mounting_type: str = ""
    roof_material: str = ""
    notes: str = ""
    preferred_module_id: str = ""
    preferred_inverter_id: str = ""


@dataclass(frozen=True, slots=True)
class NoteDecision:
    """Tell the proposal's vendor what the contact said about it."""

    project: int
    note: str
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class SendProposal:
    """Fetch the proposal as a document; it comes back as news."""

    project: int


@dataclass(frozen=True, slots=True)
class ShareMedia:
    """Pass a file of the contact's on to the project's vendors. `purpose`: bill or photo; `label` names it there."""

    project: int
    media_id: str
    purpose: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class FetchMedia:
    """Fetch a file that the contact sent and keep it encrypted."""

    media_id: str


@dataclass(frozen=True, slots=True)
class ReadBill:
    """Read files as one bill; what they say comes back as `DocumentRead`."""

    media_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadVoice:
    """Have a voice message heard; its words come back as a message, or as `VoiceUnheard`. `language` is ISO 639-1."""

    media_id: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Remind:
    """Put a `TimerFired(kind)` into the inbox at `due_at`, unless another turn came in between; with `about` whatever
    came in between: the turn then sees whether that is still so."""

    kind: str
    due_at: datetime = field()
    about: str = ""


Effect = (
    SendMessage
    | AlertStaff
    | SyncProject
    | LookUpIncentives
    | ApplyForIncentives
    | OrderDesign
    | NoteDecision
    | SendProposal
    | ShareMedia
    | FetchMedia
    | ReadBill
    | ReadVoice
    | Remind
)

SPEAKING = (SendMessage,)
"""Effects that speak to the contact: void once the control epoch has changed, cancelled by STOP."""
