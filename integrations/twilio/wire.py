"""One exchange with Twilio's API over HTTP: logged, bounded in time, its failures sorted by what they mean."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from integrations.errors import RateLimited, Refused, Unanswered, Unauthorised, Uncertain, Unreachable, VendorError
from integrations.transport import limit_time
from integrations.twilio.codes import rule_for

NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""No byte of the request left this machine. Everything else that httpx raises may have come too late."""

MAX_RETRY_AFTER = 3600.0


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP call, fit for a log: no host's query, no body, no header. `status` 0: no answer, `failure` says why."""

    method: str
    path: str
    status: int
    milliseconds: float
    attempt: int
    failure: str = ""


OnExchange = Callable[[Exchange], None]


class Wire:
    """Calls Twilio with our credentials; safe to share between threads."""

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        timeout: float,
        transport: httpx.BaseTransport,
        on_exchange: OnExchange | None = None,
    ) -> None:
        self._timeout = timeout
        self._on_exchange = on_exchange
        self._http = httpx.Client(
            auth=(account_sid, auth_token),
            # Waiting for a free connection must leave time for the exchange itself.
            timeout=httpx.Timeout(timeout, connect=min(timeout, 5.0), pool=timeout / 4),
            transport=transport,
            trust_env=False,  # no proxy, no .netrc: credentials go where the settings say and nowhere else
            headers={"Accept": "application/json"},
        )

    def close(self) -> None:
        self._http.close()

    def exchange(self, method: str, url: str, attempt: int = 1, **content: Any) -> httpx.Response:
        """The answer, whatever its status. Raises httpx's errors."""
        with Watch(self._on_exchange, method, url, attempt) as seen, limit_time(self._timeout):
            response = self._http.request(method, url, **content)
            seen.status = response.status_code
            return response

    def read_json(self, url: str, params: Mapping[str, str] | None = None) -> dict[str, Any]:
        """GET; asked once more where no answer came, since reading does no harm. Raises VendorError."""
        try:
            return self._ask_json("GET", url, 1, params=params)
        except (Unreachable, Unanswered):
            return self._ask_json("GET", url, 2, params=params)

    def write_json(self, method: str, url: str, **content: Any) -> dict[str, Any]:
        """A call that changes something. Raises VendorError, `Uncertain` where it may have happened."""
        return self._ask_json(method, url, 1, **content)

    def _ask_json(self, method: str, url: str, attempt: int, **content: Any) -> dict[str, Any]:
        harmless = method in ("GET", "DELETE")
        try:
            response = self.exchange(method, url, attempt, **content)
        except httpx.HTTPError as error:
            raise explain_silence(error, harmless) from error
        if response.status_code >= 300:
            raise explain_refusal(response, harmless)
        if not response.content:
            return {}
        answer = read_object(response)
        if answer is None:
            raise (
                Unanswered("Twilio's answer is unreadable.")
                if harmless
                else Uncertain("Twilio's answer is unreadable.")
            )
        return answer


class Watch:
    """Times what happens inside and tells `on_exchange`, also when it raises."""

    def __init__(self, on_exchange: OnExchange | None, method: str, url: str, attempt: int = 1) -> None:
        self.status = 0
        self._tell = on_exchange
        self._facts = (method, redact_url(url))
        self._attempt = attempt

    def __enter__(self) -> "Watch":
        self._started = time.monotonic()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if self._tell is None:
            return
        milliseconds = round((time.monotonic() - self._started) * 1000, 1)
        failure = kind.__name__ if kind else ""
        try:
            self._tell(Exchange(*self._facts, self.status, milliseconds, self._attempt, failure))
        except Exception:  # a broken log must not turn a sent message into an unknown one
            logging.getLogger(__name__).exception("the exchange log failed")


def redact_url(url: str) -> str:
    """The path alone, without query: To and From stand there, and a CDN's signature."""
    return urlsplit(url).path


def read_object(response: httpx.Response) -> dict[str, Any] | None:
    """The JSON object in the body; None when there is none."""
    try:
        answer = response.json()
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


def read_fault(response: httpx.Response) -> tuple[str, str]:
    """(code, Twilio's own words) of a refusal; the HTTP status stands in for a missing code."""
    answer = read_object(response) or {}
    code = answer.get("code")
    return str(code if code else response.status_code), str(answer.get("message") or "")


def read_retry_after(response: httpx.Response) -> float | None:
    """Seconds from the Retry-After header (a number or a date), at most an hour; None without a sound one."""
    value = response.headers.get("Retry-After", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return min(float(value[:6]), MAX_RETRY_AFTER)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return min(max((until - datetime.now(UTC)).total_seconds(), 0.0), MAX_RETRY_AFTER)


def explain_silence(error: httpx.HTTPError, harmless: bool) -> VendorError:
    """What it means that no answer came; `harmless`: the call can be made twice."""
    kind = type(error).__name__
    if isinstance(error, NOTHING_SENT):
        return Unreachable("Twilio cannot be reached.", kind)
    if isinstance(error, httpx.UnsupportedProtocol):
        return Refused("The address of Twilio's API is no web address; check TWILIO_API_URL.", kind)
    if harmless:
        return Unanswered("Twilio did not answer in time.", kind)
    return Uncertain("Twilio did not answer, so nobody knows whether it happened.", kind)


def explain_refusal(response: httpx.Response, harmless: bool) -> VendorError:
    """What an answer other than 2xx means."""
    code, words = read_fault(response)
    status = response.status_code
    if status == 429 or code == "20429":
        return RateLimited("Twilio asks for fewer calls.", code, read_retry_after(response))
    if status in (401, 403):
        return Unauthorised(rule_for("401").sentence, code)
    if status >= 500 or status == 408:
        return (
            Unanswered("Twilio has a fault of its own.", code) if harmless else Uncertain("Twilio failed midway.", code)
        )
    return Refused(f"Twilio refuses this: {words}" if words else "Twilio refuses this.", code)
