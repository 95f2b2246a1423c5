"""What a send is refused for: at once with an HTTP error, or later with a failed status."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tools.sandbox.twilio.answers import Refusal
from tools.sandbox.twilio.content_rules import (
    BODY_RICH_MAX,
    DESCRIPTION_MAX,
    ITEM_MAX,
    PAYLOAD_MAX,
    TITLE_MAX,
    VARIABLES_MAX,
)
from tools.sandbox.twilio.records import Content, Homeowner
from tools.sandbox.twilio.rendering import list_placeholders

WINDOW = timedelta(hours=24)
BODY_MAX = 1600
SESSION_BUTTONS_MAX = 3
WHATSAPP_ADDRESS = re.compile(r"whatsapp:(\+[1-9]\d{6,14}|[A-Z]{2}\.\d+)")


@dataclass(slots=True)
class Send:
    """One request to send, as the rules see it; `now` is simulated time."""

    form: dict[str, str]
    media_urls: list[str]
    sender: str
    now: datetime
    content: Content | None = None
    variables: dict[str, str] = field(default_factory=dict)
    homeowner: Homeowner | None = None
    shape: dict[str, Any] = field(default_factory=dict)
    contact_token: bool = True

    @property
    def to(self) -> str:
        return self.form.get("To", "")

    @property
    def body(self) -> str:
        return self.form.get("Body", "")

    @property
    def in_window(self) -> bool:
        last = self.homeowner.last_inbound_at if self.homeowner else None
        return last is not None and self.now - last < WINDOW

    @property
    def approval(self) -> str:
        """State of the template: unsubmitted, received, approved, rejected, paused or disabled."""
        if self.content is None or self.content.approval is None:
            return "unsubmitted"
        return str(self.content.approval["status"])


def need_to(send: Send) -> Refusal | None:
    return None if send.to else Refusal(21604, "A 'To' phone number is required.")


def check_to(send: Send) -> Refusal | None:
    if WHATSAPP_ADDRESS.fullmatch(send.to):
        return None
    return Refusal(21211, f"Invalid 'To' Phone Number: {send.to}")


def need_from(send: Send) -> Refusal | None:
    if send.form.get("From") or send.form.get("MessagingServiceSid"):
        return None
    return Refusal(21603, "A 'From' phone number is required.")


def check_from(send: Send) -> Refusal | None:
    if send.form.get("From", send.sender) == send.sender:
        return None
    return Refusal(63007, "Twilio could not find a Channel with the specified From address")


def forbid_self(send: Send) -> Refusal | None:
    return Refusal(63031, "Message cannot have same To and From") if send.to == send.sender else None


def need_something(send: Send) -> Refusal | None:
    if send.body or send.media_urls or send.form.get("ContentSid"):
        return None
    return Refusal(21619, "A text message body or media urls must be specified.")


def limit_body(send: Send) -> Refusal | None:
    if len(send.body) <= BODY_MAX:
        return None
    return Refusal(21617, f"The concatenated message body exceeds the {BODY_MAX} character limit")


def limit_media_count(send: Send) -> Refusal | None:
    return Refusal(21623, "Number of media files exceeds allowed limit") if len(send.media_urls) > 1 else None


def check_media_urls(send: Send) -> Refusal | None:
    bad = [url for url in send.media_urls if not re.match(r"https?://[^\s/]+", url)]
    return Refusal(21620, f"Invalid media URL(s): {', '.join(bad)}") if bad else None


def know_content(send: Send) -> Refusal | None:
    if send.form.get("ContentSid") and send.content is None:
        return Refusal(21655, "The ContentSid is Invalid")
    return None


def check_variables_json(send: Send) -> Refusal | None:
    raw = send.form.get("ContentVariables")
    if raw is None:
        return None
    try:
        values = json.loads(raw)
    except ValueError:
        values = None
    if isinstance(values, dict) and all(isinstance(value, str) for value in values.values()):
        return None
    return Refusal(21656, "The ContentVariables Parameter is invalid")


def limit_variables(send: Send) -> Refusal | None:
    if len(send.variables) <= VARIABLES_MAX:
        return None
    return Refusal(21656, f"The ContentVariables Parameter is invalid: more than {VARIABLES_MAX} variables")


def respect_opt_out(send: Send) -> Refusal | None:
    if send.homeowner is None or not send.homeowner.opted_out:
        return None
    return Refusal(21610, "Attempt to send to unsubscribed recipient")


INPUT_RULES: tuple[Callable[[Send], Refusal | None], ...] = (
    need_to,
    check_to,
    need_from,
    check_from,
    forbid_self,
    need_something,
    limit_body,
    limit_media_count,
    check_media_urls,
    know_content,
    check_variables_json,
    limit_variables,
    respect_opt_out,
)


def reach_whatsapp(send: Send) -> int | None:
    return 63024 if send.homeowner is not None and not send.homeowner.on_whatsapp else None


def keep_contact_rate(send: Send) -> int | None:
    return None if send.contact_token else 63018


def use_live_template(send: Send) -> int | None:
    """A template that WhatsApp rejected, paused or disabled cannot be sent as one."""
    dead = {"rejected": 63040, "paused": 63041, "disabled": 63042}
    return None if send.in_window else dead.get(send.approval)


def keep_window(send: Send) -> int | None:
    return None if send.in_window or send.approval == "approved" else 63016


def match_placeholders(send: Send) -> int | None:
    if send.content is None:
        return None
    needed = list_placeholders(send.content.types[send.content.kind])
    return 63028 if needed - set(send.variables) - set(send.content.variables) else None


def forbid_empty_variable(send: Send) -> int | None:
    return 63013 if any(not value.strip() for value in send.variables.values()) else None


def forbid_variable_newline(send: Send) -> int | None:
    return 63013 if any(re.search(r"[\n\r\t]", value) for value in send.variables.values()) else None


def forbid_variable_gap(send: Send) -> int | None:
    return 63013 if any(" " * 5 in value for value in send.variables.values()) else None


def limit_rendered_template(send: Send) -> int | None:
    """A template with its values, and any body with buttons or a list, holds 1024 characters in all."""
    plain = send.shape.get("type") == "text"
    if send.content is None or (plain and send.in_window and send.approval != "approved"):
        return 63021 if len(str(send.shape.get("body") or "")) > BODY_MAX else None
    return 63021 if len(str(send.shape.get("body") or "")) > BODY_RICH_MAX else None


def limit_session_buttons(send: Send) -> int | None:
    if send.shape.get("type") != "quick-reply" or send.approval == "approved":
        return None
    return 63021 if len(send.shape["actions"]) > SESSION_BUTTONS_MAX else None


def limit_rendered_buttons(send: Send) -> int | None:
    actions = send.shape.get("actions", ())
    long = any(len(a["title"]) > TITLE_MAX or len(a.get("id") or "") > PAYLOAD_MAX for a in actions)
    return 63021 if long else None


def limit_rendered_items(send: Send) -> int | None:
    items = send.shape.get("items", ())
    long = any(len(i["item"]) > ITEM_MAX or len(i.get("description") or "") > DESCRIPTION_MAX for i in items)
    return 63021 if long else None


DELIVERY_RULES: tuple[Callable[[Send], int | None], ...] = (
    reach_whatsapp,
    use_live_template,
    keep_window,
    keep_contact_rate,
    match_placeholders,
    forbid_empty_variable,
    forbid_variable_newline,
    forbid_variable_gap,
    limit_rendered_template,
    limit_session_buttons,
    limit_rendered_buttons,
    limit_rendered_items,
)


def find_refusal(send: Send) -> Refusal | None:
    return next((refusal for rule in INPUT_RULES if (refusal := rule(send))), None)


def find_failure(send: Send) -> int | None:
    """The channel's error code with which an accepted message will fail; None when it will arrive."""
    return next((code for rule in DELIVERY_RULES if (code := rule(send))), None)
