"""What the simulated Twilio remembers."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

RANK = {"accepted": 0, "queued": 0, "sent": 1, "delivered": 2, "read": 3, "undelivered": 4, "failed": 4}


def make_sid(prefix: str) -> str:
    return prefix + secrets.token_hex(16)


@dataclass(slots=True)
class Media:
    """A file of a message; `token` is its address on the simulated CDN."""

    sid: str
    content_type: str
    data: bytes
    created_at: datetime
    name: str = ""
    token: str = field(default_factory=lambda: secrets.token_hex(20))


@dataclass(slots=True)
class Message:
    """One message in either direction; times are simulated ones. `shape` is what a phone draws."""

    sid: str
    direction: str
    sender: str
    to: str
    body: str
    created_at: datetime
    status: str
    order: int = 0
    sent_at: datetime | None = None
    updated_at: datetime | None = None
    error_code: int | None = None
    error_message: str | None = None
    media: list[Media] = field(default_factory=list)
    shape: dict[str, Any] = field(default_factory=dict)
    status_callback: str = ""
    in_window: bool = True
    fields: dict[str, str] = field(default_factory=dict)
    replied_to: str = ""
    acknowledged: bool = False
    attempts: int = 0

    @property
    def inbound(self) -> bool:
        return self.direction == "inbound"

    @property
    def contact(self) -> str:
        """The homeowner's address, `whatsapp:+…`."""
        return self.sender if self.inbound else self.to


@dataclass(slots=True)
class Content:
    """A Content resource and what WhatsApp said of it as a template."""

    sid: str
    friendly_name: str
    language: str
    variables: dict[str, str]
    types: dict[str, dict[str, Any]]
    created_at: datetime
    approval: dict[str, Any] | None = None
    decided_at: datetime | None = None

    @property
    def kind(self) -> str:
        """The type that WhatsApp is sent: the richest one."""
        richest = [name for name in self.types if name != "twilio/text"]
        return richest[0] if richest else next(iter(self.types))


@dataclass(slots=True)
class Homeowner:
    """An invented person with a phone; `blocked` and `on_whatsapp` decide how sends to it end."""

    phone: str
    name: str
    on_whatsapp: bool = True
    opted_out: bool = False
    auto_read: bool = False
    last_inbound_at: datetime | None = None
    typing_until: datetime | None = None
