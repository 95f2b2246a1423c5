"""What is written down of an HTTP exchange: no secret, nobody's address or number in full, and not without end."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from integrations.storable import make_storable

MAX_RECORD = 4000
MAX_ITEMS = 20
MAX_DEPTH = 8
MAX_TEXT = 1000
HIDDEN = "…"

SECRET = re.compile(
    r"token|secret|password|passwd|authorization|header_auth|api[-_]?key|credential|signature|cookie|^headers$", re.I
)
PERSONAL = re.compile(
    r"e?_?mail$|phone|mobile|fax|(first|last|family|middle|full|customer|contact|display|owner)_?name"
    r"|address|street|^(lat|lon|lng|latitude|longitude)$|birth|gender|account_(number|holder)|meter_(id|identifier)"
    r"|custom_contact_info|signatory|^notes?$|share_link|connect_url",
    re.I,
)
NAMING = re.compile(r"^(name|title)$", re.I)
_MAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(r"(?<![\w.])\+?\d[\d ().-]{7,17}\d(?![\w.])")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_URL_EXTRA = re.compile(r"(https?://[^\s\"'?#]{1,500})[?#][^\s\"']*")
_BEARER = re.compile(r"(?i)\b(bearer|token|basic)\s+[\w.~+/=-]{6,}")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP call, fit for a log. `path` has no query. `status` 0: no answer. `failure`: the VendorError's name and
    code, empty for what went well. `request` and `answer` are redacted and cut to about 4 kB. `attempt` counts from 1
    within one call."""

    vendor: str
    method: str
    path: str
    status: int
    milliseconds: float
    attempt: int
    failure: str
    request: str
    answer: str
    started_at: datetime


OnExchange = Callable[[Exchange], None]


def record_body(content: bytes | None, content_type: str = "") -> str:
    """The record of a body as it went over the wire: JSON or text redacted, anything else by its size and kind."""
    if not content:
        return ""
    kind = content_type.partition(";")[0].strip().lower()
    if content[:1] in (b"{", b"[") or "json" in kind:
        return _record_json(content)
    if kind.startswith("text/"):
        return redact_text(content[: MAX_TEXT * 4].decode("utf-8", "replace"))
    return f"<{len(content)} bytes of {kind or 'unknown kind'}>"


def record_value(value: Any) -> str:
    """The record of something JSON-native."""
    text: str = make_storable(json.dumps(redact(value), ensure_ascii=False, default=str)[:MAX_RECORD])
    return text


def _record_json(content: bytes) -> str:
    try:
        return record_value(json.loads(content))
    except (ValueError, RecursionError):
        return redact_text(content[: MAX_TEXT * 4].decode("utf-8", "replace"))


def redact(value: Any, depth: int = 0) -> Any:
    """A copy without secrets, with what is personal reduced to its first character, cut in width and depth."""
    if isinstance(value, Mapping):
        return HIDDEN if depth >= MAX_DEPTH else _redact_fields(value, depth)
    if isinstance(value, (list, tuple)):
        if depth >= MAX_DEPTH:
            return HIDDEN
        kept = [redact(item, depth + 1) for item in value[:MAX_ITEMS]]
        return kept if len(value) <= MAX_ITEMS else [*kept, f"{HIDDEN} {len(value) - MAX_ITEMS} more"]
    return redact_text(value) if isinstance(value, str) else value


def _redact_fields(fields: Mapping[Any, Any], depth: int) -> dict[str, Any]:
    """A name, title or note counts as personal where it stands beside something that is."""
    of_somebody = any(PERSONAL.search(str(key)) for key in fields)
    found: dict[str, Any] = {}
    for key, value in list(fields.items())[: MAX_ITEMS * 4]:
        name = str(key)
        if SECRET.search(name):
            found[name] = HIDDEN
        elif PERSONAL.search(name) or (of_somebody and NAMING.search(name)):
            found[name] = _mask(value, depth + 1)
        else:
            found[name] = redact(value, depth + 1)
    return found


def _mask(value: Any, depth: int) -> Any:
    """First character of a text, last two digits of a number's text; inside objects and lists every text."""
    if isinstance(value, Mapping) and depth < MAX_DEPTH:
        return {str(key): _mask(item, depth + 1) for key, item in list(value.items())[: MAX_ITEMS * 4]}
    if isinstance(value, (list, tuple)) and depth < MAX_DEPTH:
        return [_mask(item, depth + 1) for item in value[:MAX_ITEMS]]
    if value is None or isinstance(value, bool) or value == "":
        return value
    text = str(value)
    digits = re.sub(r"\D", "", text)
    if len(digits) >= 7 and len(digits) * 2 > len(text):
        return HIDDEN + digits[-2:]
    return text[:1] + HIDDEN


def redact_text(text: str, limit: int = MAX_TEXT) -> str:
    """Words without e-mail addresses, telephone numbers, tokens and what follows a link's path; cut at `limit`."""
    text = make_storable(text[: limit * 4])
    text = _URL_EXTRA.sub(r"\1", text)
    text = _BEARER.sub(rf"\1 {HIDDEN}", text)
    text = _MAIL.sub(lambda found: f"{found.group()[0]}{HIDDEN}@{HIDDEN}", text)
    text = _PHONE.sub(_mask_number, text)
    return text if len(text) <= limit else text[:limit] + HIDDEN


def _mask_number(found: re.Match[str]) -> str:
    """Dates and short numbers stay."""
    text = found.group()
    digits = re.sub(r"\D", "", text)
    return text if len(digits) < 9 or _DATE.match(text) else HIDDEN + digits[-2:]
