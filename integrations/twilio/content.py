"""Content: the structure of a message with buttons or a list, and its fingerprint.

The words of the body go in as variables, one for each line, so that a structure holds nothing of the contact and the
same menu under other words is the same Content: {{1}} is the first line that is not blank. No line can hold a newline
or be empty, which is all that Twilio asks of a variable.
"""

import hashlib
import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from integrations.channel import Outbound, OutOption
from integrations.twilio.render import MAX_VARIABLES, WHATSAPP, sanitise_variable

Structure = dict[str, Any]
"""The `types` of a Content: {"twilio/quick-reply": {"body": …, "actions": […]}} and the like."""


def structure_of(message: Outbound, literal: bool = False) -> Structure:
    """The Content type of a message already made to fit (`render.fit`): at most three options quick-reply, with `menu`
    or more a list-picker, none plain text. `literal`: the body stands in it word for word instead of as variables.
    ValueError for what does not fit."""
    body = escape_braces(message.text) if literal else _number_lines(message.text)
    if not message.text.strip():
        raise ValueError("a menu needs a body")
    if not message.options:
        return {"twilio/text": {"body": body}}
    if len(message.text) > WHATSAPP.menu_body:
        raise ValueError(f"a body with a menu has at most {WHATSAPP.menu_body} characters")
    if message.media_url:
        return {"twilio/card": _build_card(message, body)}
    if message.menu or len(message.options) > WHATSAPP.buttons:
        return {"twilio/list-picker": _build_list(message, body)}
    return {"twilio/quick-reply": _build_buttons(message, body)}


def _build_buttons(message: Outbound, body: str) -> Structure:
    if any(len(option.title) > WHATSAPP.button_title for option in message.options):
        raise ValueError(f"a button's title has at most {WHATSAPP.button_title} characters")
    return {"body": body, "actions": [{"title": escape_braces(o.title), "id": o.id} for o in message.options]}


def _build_card(message: Outbound, body: str) -> Structure:
    """A picture over the words and at most three buttons. Its address after the host is a variable, the last one, so
    that all pictures of one host share a Content."""
    if message.menu or len(message.options) > WHATSAPP.buttons:
        raise ValueError(f"beside a file there are at most {WHATSAPP.buttons} buttons")
    host, _ = _split_address(message.media_url)
    media = f"{host}{{{{{count_variables(body) + 1}}}}}"
    actions = [{"type": "QUICK_REPLY", **action} for action in _build_buttons(message, body)["actions"]]
    return {"title": body, "media": [media], "actions": actions}


def _split_address(url: str) -> tuple[str, str]:
    """ "https://host/" and what stands behind it; ValueError for what is no web address."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or not parts.path.strip("/"):
        raise ValueError("a file needs a web address")
    host = f"{parts.scheme}://{parts.netloc}/"
    return host, url[len(host) :]


def _build_list(message: Outbound, body: str) -> Structure:
    if not message.menu or len(message.menu) > WHATSAPP.button_title:
        raise ValueError(f"a list's button has 1 to {WHATSAPP.button_title} characters")
    if len(message.options) > WHATSAPP.rows or any(len(o.title) > WHATSAPP.row_title for o in message.options):
        raise ValueError(f"a list has at most {WHATSAPP.rows} rows of {WHATSAPP.row_title} characters")
    items = [{"item": escape_braces(o.title), "id": o.id, **_describe(o)} for o in message.options]
    return {"body": body, "button": message.menu, "items": items}


def _describe(option: OutOption) -> Structure:
    return {"description": escape_braces(option.description)} if option.description else {}


def variables_of(message: Outbound) -> tuple[str, ...]:
    """The values for the body of `structure_of(message)`, in order; of a card the file's address is the last."""
    lines = tuple(sanitise_variable(line) for line in _list_lines(message.text) if line.strip())
    return (*lines, _split_address(message.media_url)[1]) if message.media_url and message.options else lines


def with_content(message: Outbound, content_id: str) -> Outbound:
    """The message to send once `content_id` stands for `structure_of(message)`."""
    variables = variables_of(message)
    return replace(message, content_id=content_id, variables=variables, text="", options=(), menu="", media_url="")


def hash_structure(structure: Structure, language: str) -> str:
    """64 hex digits, the same for the same structure and language whatever the order of keys: the cache's key."""
    canonical = json.dumps([language, structure], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def escape_braces(text: str) -> str:
    """`text` without "{{", which Content would take for a variable; no longer than it was."""
    return re.sub(r"\{{2,}", "{", text)


def count_variables(body: str) -> int:
    """The highest number among the {{n}} of `body`."""
    return max((int(number) for number in re.findall(r"\{\{\s*([0-9]{1,3})\s*\}\}", body)), default=0)


def _list_lines(text: str) -> list[str]:
    return text.strip().splitlines()


def _number_lines(text: str) -> str:
    lines, number = [], 0
    for line in _list_lines(text):
        number += bool(line.strip())
        lines.append(f"{{{{{number}}}}}" if line.strip() else "")
    if number > MAX_VARIABLES:
        raise ValueError(f"a body has at most {MAX_VARIABLES} lines")
    return "\n".join(lines)
