"""What a messaging channel is: one folder implements this contract, and nothing above it knows which.

The web process needs `verify` and `parse` only (an adapter's `webhook` module, free of HTTP clients); jobs need the
rest (its `client` module). Outcomes are data, not exceptions, because every one of them is an ordinary day's work.

Meta's Cloud API, SMS and web chat fit the same contract: other capabilities (no buttons means numbered text, no window
means `window_seconds` of zero) and other mappings, see docs/channel.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

Outcome = Literal["sent", "retry", "fail", "stop", "window", "unknown", "template", "unreachable"]
"""sent: accepted. retry: certainly not sent, later. fail: certainly not sent, never will be. stop: opted out.
window: outside the 24-hour window. unknown: nobody knows. template: the template is at fault. unreachable: the
identifier is not on this channel."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the channel can show; lengths in characters, zero where it cannot."""

    body: int
    buttons: int
    button_title: int
    rows: int
    row_title: int
    row_description: int
    menu_body: int
    location: bool
    typing: bool
    window_seconds: int


@dataclass(frozen=True, slots=True)
class InboundMedia:
    url: str
    content_type: str


@dataclass(frozen=True, slots=True)
class Tap:
    """A button or list row: `payload` is the option's id where the channel carries it."""

    payload: str
    title: str


@dataclass(frozen=True, slots=True)
class Pin:
    """A shared location, WGS 84 degrees."""

    latitude: float
    longitude: float
    address: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Inbound:
    """A message from a contact. `identifiers` are (kind, value), strongest first; `raw` holds every field received.

    `sender` is the address to answer, as the channel spelt it. `kind`: text, button, interactive, location, contacts,
    image, audio, video, document, sticker, reaction, or a word that is new to us. A reaction's `text` is the emoji,
    empty when it was taken back, and `reply_to` the message that it is on.
    """

    external_id: str
    identifiers: tuple[tuple[str, str], ...]
    to: str
    text: str
    kind: str
    media: tuple[InboundMedia, ...] = ()
    tap: Tap | None = None
    pin: Pin | None = None
    reply_to: str = ""
    forwarded: bool = False
    referral: Mapping[str, str] = field(default_factory=dict)
    profile_name: str = ""
    sender: str = ""
    raw: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StatusUpdate:
    """A message's new status. `message_id` is our own id from the callback URL, empty when it carries none."""

    external_id: str
    status: str
    code: str = ""
    detail: str = ""
    message_id: str = ""
    raw: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutOption:
    id: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Outbound:
    """A message to send. Outside the window `template` (a Content id) and `variables` replace text and options."""

    to: str
    text: str = ""
    options: tuple[OutOption, ...] = ()
    menu: str = ""
    media_url: str = ""
    content_id: str = ""
    variables: tuple[str, ...] = ()
    status_callback: str = ""


@dataclass(frozen=True, slots=True)
class SendResult:
    """How a send ended. `external_id` only when sent; `code` and `sentence` explain the rest to staff."""

    outcome: Outcome
    external_id: str = ""
    code: str = ""
    sentence: str = ""
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A message as the channel's own list shows it; `direction` is "inbound" or "outbound"."""

    external_id: str
    direction: str
    to: str
    sender: str
    body: str
    status: str
    created_at: datetime
    raw: Mapping[str, str] = field(default_factory=dict)


class Channel(Protocol):
    """The part of an adapter that talks to the vendor."""

    name: str
    capabilities: Capabilities

    def send(self, message: Outbound) -> SendResult: ...

    def show_typing(self, external_id: str) -> None: ...

    def list_messages(self, since: datetime, to: str = "", sender: str = "") -> Iterator[Listed]: ...

    def fetch_media(self, url: str, limit: int) -> tuple[bytes, str]: ...

    def delete_media(self, url: str) -> None: ...
