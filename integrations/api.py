"""Calls to a vendor's API over HTTP: bounded, limited, written down, and their failures sorted by what they mean."""

import logging
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import urlsplit

import httpx

from integrations.answers import Answer, Explain, explain_refusal, explain_silence, parse_json
from integrations.errors import (
    RateLimited,
    Resting,
    Throttled,
    Unanswered,
    Uncertain,
    Unreachable,
    VendorError,
)
from integrations.exchange import HIDDEN, SECRET, Exchange, OnExchange, record_body, record_value
from integrations.stint import Stint, find_stint
from integrations.throttle import Breaker, Limiter, Unlimited, Waits
from integrations.transport import DeadlineTransport, limit_time

MAX_ANSWER = 32_000_000  # bytes
TROUBLE = (Unreachable, Unanswered, Uncertain)
"""Failures that say the vendor is unwell, rather than that it does not want this."""

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 2.0
WAIT_AFTER_429 = 5.0  # where the vendor does not say how long

Read = Literal["json", "bytes"]


class VendorApi:
    """Calls the API at `base_url` (a path prefix is kept); safe to share between threads, not across a fork.

    `vendor` is its key, `title` its name for staff. `headers` go with every call and are never written down. `timeout`
    is in seconds for a whole call, its repetitions included. `retries`: how often a
    harmless call without a usable answer is repeated on the spot. `limiter` knows the vendor's buckets. `on_exchange`
    hears of every HTTP exchange; when it fails, the call does not. ValueError for an address that is no web address.
    """

    def __init__(
        self,
        vendor: str,
        base_url: str,
        headers: Mapping[str, str],
        timeout: float,
        *,
        title: str = "",
        retries: int = 0,
        transport: httpx.BaseTransport | None = None,
        limiter: Limiter | None = None,
        breaker: Breaker | None = None,
        on_exchange: OnExchange | None = None,
        explain: Explain | None = None,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        self.vendor = vendor
        self.title = title or vendor.capitalize()
        self._base = read_base(base_url)
        self._timeout = timeout
        self._retries = retries
        self._limiter = limiter or Unlimited()
        self._breaker = breaker or Breaker()
        self._waits = Waits()
        self._on_exchange = on_exchange
        self._explain = explain
        self._pause = pause
        self._secrets = _list_secrets(headers)
        self._http = httpx.Client(
            # Waiting for a free connection must leave time for the exchange itself.
            timeout=httpx.Timeout(timeout, connect=min(timeout, 5.0), pool=timeout / 4),
            transport=transport or DeadlineTransport(20),
            trust_env=False,  # no proxy, no .netrc: credentials go where the settings say and nowhere else
            headers={"Accept": "application/json", **headers},
        )

    def close(self) -> None:
        self._http.close()

    def call(
        self,
        method: str,
        path: str,
        *,
        harmless: bool | None = None,
        bucket: str = "",
        tolerate: Collection[int] = (),
        read: Read = "json",
        **content: Any,
    ) -> Answer:
        """One call; `content` is httpx's own (params, json, files, content, headers). The answer is a 2xx or one of
        `tolerate`. Raises VendorError.

        `harmless`: whether it can be made twice; by default GET, PUT and DELETE are. `bucket` is the vendor's limit
        that it counts against. `read` is "bytes" for what is no JSON.
        """
        may_repeat = method in ("GET", "HEAD", "PUT", "DELETE") if harmless is None else harmless
        call = Call(method, path, may_repeat, bucket, tolerate, read, content)
        stint = find_stint()
        stint.before_call()
        if rest := self._breaker.admit():
            raise Resting(f"{self.title} failed several times and is left alone for a moment.", "resting", rest)
        try:
            answer = self._repeat(call, stint)
        except Throttled:
            self._breaker.forgo()
            raise
        except TROUBLE:
            self._breaker.note_failure()
            raise
        except VendorError:
            self._breaker.note_success()
            raise
        self._breaker.note_success()
        return answer

    def _repeat(self, call: "Call", stint: Stint) -> Answer:
        until = time.monotonic() + self._timeout
        attempt = 1
        while True:
            until += self._take_place(call, stint)
            stint.calls += 1
            try:
                return self._try(call, attempt, until - time.monotonic())
            except (Unreachable, Unanswered) as error:
                pause = min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE)
                spent = attempt > self._retries or time.monotonic() + pause >= until
                if not call.harmless or spent or (error.retry_after or 0.0) > pause:
                    raise
            self._pause(pause)
            attempt += 1

    def _take_place(self, call: "Call", stint: Stint) -> float:
        """Seconds that it took. Raises Throttled where it would take longer than the stint may wait."""
        waited = 0.0
        while shortage := self._find_shortage(call):
            if not stint.wait_for(shortage.retry_after or 0.0):
                raise shortage
            self._pause(shortage.retry_after or 0.0)
            waited += shortage.retry_after or 0.0
        return waited

    def _find_shortage(self, call: "Call") -> Throttled | None:
        """Why there is no place now; None, and it is taken, where there is one."""
        if asked := self._waits.seconds_left(call.bucket):
            return Throttled(f"{self.title} asked for fewer calls; waiting.", "throttled", asked)
        if wait := self._limiter.take(self.vendor, call.bucket):
            return Throttled(f"{self.title} takes only so many calls; waiting for a place.", "throttled", wait)
        return None

    def _try(self, call: "Call", attempt: int, seconds: float) -> Answer:
        try:
            return self._exchange(call, attempt, seconds)
        except RateLimited as error:
            wait = WAIT_AFTER_429 if error.retry_after is None else error.retry_after
            self._waits.wait(call.bucket, wait)
            self._limiter.hold_back(self.vendor, call.bucket, wait)
            raise

    def _exchange(self, call: "Call", attempt: int, seconds: float) -> Answer:
        started_at, started = datetime.now(UTC), time.monotonic()
        request = self._http.build_request(call.method, self._base + call.path, **call.content)
        answer = Answer(0)
        failure = "interrupted"
        try:
            answer = self._send(request, call, seconds)
            self._judge(answer, call)
            failure = ""
        except VendorError as error:
            failure = f"{type(error).__name__} {error.code}".strip()
            raise
        finally:
            milliseconds = round((time.monotonic() - started) * 1000, 1)
            facts = (call.method, request.url.path, answer.status, milliseconds, attempt, failure)
            self._tell(lambda: Exchange(self.vendor, *facts, *self._record(call, request, answer), started_at))
        return answer

    def _send(self, request: httpx.Request, call: "Call", seconds: float) -> Answer:
        try:
            with limit_time(seconds):
                response = self._http.send(request, stream=True)
                try:
                    content = _read_capped(response)
                finally:
                    response.close()
        except httpx.HTTPError as error:
            raise explain_silence(error, self.title, call.harmless) from error
        # What a vendor says about a refusal is shown to staff, and some repeat the credentials.
        if response.status_code >= 300:
            content = self._hide(content.decode("utf-8", "replace")).encode()
        headers = {name.lower(): value for name, value in response.headers.items()}
        body = _read_json(content, call.read)
        return Answer(response.status_code, body, content, headers, self.title, call.harmless)

    def _judge(self, answer: Answer, call: "Call") -> None:
        """Raises VendorError for what is no success."""
        if answer.status in call.tolerate:
            return
        if not 200 <= answer.status < 300:
            raise (self._explain(answer) if self._explain else None) or explain_refusal(answer)
        if call.read == "json" and answer.content and answer.body is None:
            raise answer.doubt()

    def _record(self, call: "Call", request: httpx.Request, answer: Answer) -> tuple[str, str]:
        """(request, answer) as they may be kept."""
        params = call.content.get("params")
        sent = record_value({"params": dict(params)}) if params else ""
        if "files" in call.content:
            sent += f"<{len(call.content['files'])} file(s)>"
        elif call.content.keys() & {"content", "json", "data"}:
            sent += record_body(request.read(), request.headers.get("Content-Type", ""))
        if answer.body is not None:
            got = record_value(answer.body)
        else:
            got = record_body(answer.content, answer.headers.get("content-type", ""))
        return self._hide(sent), self._hide(got)

    def _hide(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return text

    def _tell(self, describe: Callable[[], Exchange]) -> None:
        if self._on_exchange is None:
            return
        try:
            self._on_exchange(describe())
        except Exception:  # a broken log must not turn a project that was made into one that may have been
            logging.getLogger(__name__).exception("the exchange log failed")


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked, the same in every attempt."""

    method: str
    path: str
    harmless: bool
    bucket: str
    tolerate: Collection[int]
    read: Read
    content: Mapping[str, Any]


def read_base(url: str) -> str:
    """The address without a slash at its end; ValueError when it is no web address."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        sound = sound and not (parts.query or parts.fragment or parts.username or parts.password)
    except ValueError:
        sound = False
    if not sound:
        raise ValueError(f"not a web address: {url!r}")
    return url.rstrip("/")


def _list_secrets(headers: Mapping[str, str]) -> tuple[str, ...]:
    """What the headers hold that nobody may read, longest first."""
    values = [value for name, value in headers.items() if SECRET.search(name)]
    found = {part for value in values for part in (value, *value.split()) if len(part) >= 8}
    return tuple(sorted(found, key=len, reverse=True))


def _read_capped(response: httpx.Response) -> bytes:
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > MAX_ANSWER:
            raise httpx.ReadError("the answer is too large")
    return bytes(content)


def _read_json(content: bytes, read: Read) -> Any:
    """The JSON, None where it has none: a file is not searched for it."""
    if not content or (read == "bytes" and content[0] not in b'{["0123456789'):
        return None
    try:
        return parse_json(content)
    except ValueError:
        return None
