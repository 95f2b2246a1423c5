"""A vendor's answer over HTTP, and what each kind of answer or silence means."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from integrations.errors import (
    NotFound,
    OutOfFunds,
    RateLimited,
    Refused,
    Unanswered,
    Unauthorised,
    Uncertain,
    Unreachable,
    VendorError,
)
from integrations.exchange import redact_text
from integrations.storable import make_storable, may_be_odd
from integrations.throttle import parse_retry_after

NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""No byte of the request left this machine. Everything else that httpx raises may have come too late."""

MAX_WORDS = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is the parsed JSON, None when empty or not JSON; `content` the bytes; `headers` in lower case.

    `title` is the vendor's name for staff, `harmless` whether the call can be made twice.
    """

    status: int
    body: Any = None
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    title: str = "The vendor"
    harmless: bool = True

    def read_object(self) -> dict[str, Any]:
        """The JSON object. Unanswered or Uncertain where the answer is none."""
        if not isinstance(self.body, dict):
            raise self.doubt()
        return self.body

    def read_list(self) -> list[Any]:
        """The JSON array. Unanswered or Uncertain where the answer is none."""
        if not isinstance(self.body, list):
            raise self.doubt()
        return self.body

    def doubt(self) -> VendorError:
        """What an unusable answer means: ask again, or nobody knows."""
        sentence = f"{self.title}'s answer is unreadable."
        return Unanswered(sentence, "garbage") if self.harmless else Uncertain(sentence, "garbage")


Explain = Callable[[Answer], VendorError | None]
"""A vendor folder's own reading of an answer that is no 2xx; None leaves it to `explain_refusal`."""


def parse_json(content: bytes) -> Any:
    """ValueError for anything that is not strictly JSON. Its texts can be stored."""
    try:
        value = json.loads(content, parse_constant=_refuse_constant)
        return make_storable(value) if may_be_odd(content) else value
    except RecursionError as error:
        raise ValueError("too deep") from error


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def read_words(body: Any) -> str:
    """The vendor's own words about a fault, redacted: `detail`, `message`, `error`, or `{"field": ["…"]}`."""
    return redact_text(_join_words(body, 0), MAX_WORDS)


def _join_words(body: Any, depth: int) -> str:
    if isinstance(body, str):
        return body
    if depth > 3 or not isinstance(body, (dict, list)):
        return ""
    if isinstance(body, list):
        return " ".join(filter(None, (_join_words(item, depth + 1) for item in body[:5])))
    for key in ("detail", "message", "error_message", "error", "errors", "title", "non_field_errors"):
        if words := _join_words(body.get(key), depth + 1):
            return words
    found = [(str(key), _join_words(value, depth + 1)) for key, value in list(body.items())[:5]]
    return "; ".join(f"{key}: {words}" for key, words in found if words)


def explain_silence(error: httpx.HTTPError, title: str, harmless: bool) -> VendorError:
    """What it means that no answer came."""
    kind = type(error).__name__
    if isinstance(error, NOTHING_SENT):
        return Unreachable(f"{title} cannot be reached.", kind)
    if isinstance(error, httpx.UnsupportedProtocol):
        return Refused(f"The address of {title}'s API is no web address; check the settings.", kind)
    if harmless:
        return Unanswered(f"{title} gave no usable answer in time.", kind)
    return Uncertain(f"{title} gave no usable answer, so nobody knows whether it happened.", kind)


def explain_refusal(answer: Answer) -> VendorError:
    """What an answer other than 2xx means."""
    title, status, code = answer.title, answer.status, str(answer.status)
    words = read_words(answer.body)
    said = f" ({words})" if words else ""
    later = parse_retry_after(answer.headers.get("retry-after", ""))
    if status == 429:
        return RateLimited(f"{title} asks for fewer calls.", code, later)
    if status == 401:
        return Unauthorised(f"{title} does not accept our credentials; check its key in the settings.{said}", code)
    if status == 403:
        return Unauthorised(f"{title} does not let our credentials do this.{said}", code)
    if status == 402:
        return OutOfFunds(f"{title}'s account does not pay for this: check its wallet and plan.{said}", code)
    if status in (404, 410):
        return NotFound(f"{title} knows no such thing.{said}", code)
    if status >= 500 or status == 408:
        if answer.harmless:
            return Unanswered(f"{title} has a fault of its own.{said}", code, later)
        return Uncertain(f"{title} failed midway, so nobody knows whether it happened.{said}", code, later)
    if 300 <= status < 400:
        return Refused(f"{title} sends us elsewhere; check its address in the settings.", code)
    return Refused(f"{title} refuses this: {words or 'it gives no reason'}", code)
