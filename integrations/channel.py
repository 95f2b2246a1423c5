"""What a messaging channel is: one folder implements this contract, and nothing above it knows which.

The web process needs `verify` and `parse` only (an adapter's `webhook` module, free of HTTP clients); jobs need the
rest (its `client` module). Outcomes are data, not exceptions, because every one of them is an ordinary day's work.

Meta's Cloud API, SMS and web chat fit the same contract: other capabilities (no buttons means numbered text, no window
means `window_seconds` of zero) and other mappings, see docs/channel.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

Outcome = Literal["sent", "retry", "fail", "stop", "window", "unknown", "template", "unreachable"]
"""sent: accepted. retry: certainly not sent, later. fail: certainly not sent, never will be. stop: opted out.
window: outside the 24-hour window. unknown: nobody knows. template: the template is at fault. unreachable: the
identifier is not on this channel."""

FAILURES = frozenset({"failed", "undelivered", "canceled"})
ARRIVED = frozenset({"delivered", "read"})
"""Statuses of messages that did not arrive, and of those that did; an adapter maps its own words to these."""

Remedy = Literal["", "resend_as_template", "retry_then_link"]
"""What can still bring the words across: an approved template; the file once more, then its link in a text."""


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
class Rule:
    """What to do about one of the channel's error codes, whether a send was refused or a status callback brought it.

    `alert`: who is told ("staff", "operator" or nobody). `stop_template`: send this template no more.
    `stop_menu`: the same for buttons or a list; the words go out with numbered lines. `mark_identifier`: the address
    does not work on this channel.
    """

    outcome: Outcome
    sentence: str
    remedy: Remedy = ""
    alert: Literal["", "staff", "operator"] = ""
    stop_template: bool = False
    stop_menu: bool = False
    mark_identifier: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """A message made to fit. `key` names what has to lie at the vendor before it can be sent, and is the same for all
    menus that can share it; empty where nothing has to. `content` is that thing as the vendor takes it."""

    message: Outbound
    language: str
    key: str = ""
    content: Mapping[str, Any] = field(default_factory=dict)


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
    """The part of an adapter that talks to the vendor. `status_path`: where below PUBLIC_URL our web process hears of
    its statuses. Everything but `send` may raise VendorError."""

    name: str
    capabilities: Capabilities
    status_path: str

    def send(self, message: Outbound) -> SendResult: ...

    def rule_for(self, code: str, detail: str = "") -> Rule: ...

    def prepare_menu(self, message: Outbound, language: str) -> Menu:
        """Makes options fit, in words where the channel has nothing better. ValueError where that cannot be done."""
        ...

    def create_content(self, menu: Menu) -> str:
        """Stores what `menu` needs at the vendor; its id there."""
        ...

    def fill_menu(self, menu: Menu, content_id: str) -> Outbound:
        """The message to send once `content_id` is there."""
        ...

    def number_options(self, message: Outbound) -> Outbound:
        """The message with its options as numbered lines: a menu for everywhere."""
        ...

    def show_typing(self, external_id: str) -> None: ...

    def list_messages(self, since: datetime, to: str = "", sender: str = "") -> Iterator[Listed]: ...

    def recover(self, listed: Listed) -> Inbound:
        """The message of a contact that was listed but never arrived; ValueError when it is none."""
        ...

    def fetch_media(self, url: str, limit: int) -> tuple[bytes, str]: ...

    def delete_media(self, url: str) -> None: ...

    def close(self) -> None: ...
