"""Outgoing HTTP: webhooks to the app, now or later, with Twilio's documented retries."""

from __future__ import annotations

import heapq
import http.client
import itertools
import socket
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

TIMEOUT_SECONDS = 15.0
USER_AGENT = "TwilioProxy/1.1"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One POST: its HTTP status, or what failed: `connect` (nothing was sent), `timeout` or `broken` (unknown)."""

    number: int
    status: int | None
    failure: str | None
    seconds: float
    body: str = ""

    @property
    def acknowledged(self) -> bool:
        return self.status == 200


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and on what a webhook is tried again (Twilio's connection overrides `#rc=…&rp=…`)."""

    retries: int = 1
    causes: frozenset[str] = frozenset({"ct"})

    def wants_retry(self, attempt: Attempt) -> bool:
        cause = _name_cause(attempt)
        return cause is not None and (cause in self.causes or "all" in self.causes)


def read_policy(url: str) -> RetryPolicy:
    """The overrides in the URL's fragment; by default one retry on connection failures only."""
    values = parse_qs(urlsplit(url).fragment)
    retries = int(values.get("rc", ["1"])[0])
    causes = frozenset(values.get("rp", ["ct"])[0].split(","))
    return RetryPolicy(retries=max(0, min(retries, 5)), causes=causes)


def strip_fragment(url: str) -> str:
    return urlunsplit(urlsplit(url)._replace(fragment=""))


def post_form(
    url: str, fields: dict[str, str], headers: dict[str, str], *, number: int = 1, timeout: float = TIMEOUT_SECONDS
) -> Attempt:
    """POST `fields` as a form, as Twilio does."""
    sent = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8", "User-Agent": USER_AGENT, **headers}
    return send_request("POST", url, urlencode(fields).encode(), sent, number=number, timeout=timeout)


def send_request(
    method: str, url: str, body: bytes, headers: dict[str, str], *, number: int = 1, timeout: float = TIMEOUT_SECONDS
) -> Attempt:
    """One request; never raises for what the other side does. `timeout` covers the whole exchange."""
    started = time.monotonic()
    parts = urlsplit(url)
    connection = _open(parts.scheme, parts.netloc, timeout)
    try:
        try:
            connection.connect()
        except OSError:
            return Attempt(number, None, "connect", time.monotonic() - started)
        path = parts.path or "/"
        target = f"{path}?{parts.query}" if parts.query else path
        # No body means none: http.client would announce one of length 0 for a GET otherwise.
        connection.request(method, target, body or None, headers)
        status, answer = _read_answer(connection, started + timeout)
        return Attempt(number, status, None, time.monotonic() - started, answer)
    except TimeoutError:
        return Attempt(number, None, "timeout", time.monotonic() - started)
    except (OSError, http.client.HTTPException):
        return Attempt(number, None, "broken", time.monotonic() - started)
    finally:
        connection.close()


def _read_answer(connection: http.client.HTTPConnection, deadline: float) -> tuple[int, str]:
    if isinstance(connection.sock, socket.socket):
        connection.sock.settimeout(max(0.05, deadline - time.monotonic()))
    response = connection.getresponse()
    return response.status, response.read(4096).decode("utf-8", "replace")


def _open(scheme: str, netloc: str, timeout: float) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(netloc, timeout=timeout)
    return http.client.HTTPConnection(netloc, timeout=timeout)


def _name_cause(attempt: Attempt) -> str | None:
    if attempt.failure == "connect":
        return "ct"
    if attempt.failure is not None:
        return "rt"
    if attempt.status is not None and attempt.status >= 500:
        return "5xx"
    if attempt.status is not None and attempt.status >= 400:
        return "4xx"
    return None


class Courier:
    """Runs jobs on a few threads, each not before its time."""

    def __init__(self, threads: int, name: str) -> None:
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._wake = threading.Condition()
        self._stopped = False
        self._waiter: int | None = None
        self._threads = [threading.Thread(target=self._work, name=f"{name}-{n}", daemon=True) for n in range(threads)]
        for thread in self._threads:
            thread.start()

    def schedule(self, job: Callable[[], None], delay: float = 0.0) -> None:
        with self._wake:
            entry = (time.monotonic() + delay, next(self._order), job)
            heapq.heappush(self._due, entry)
            if self._due[0] is entry:
                self._waiter = None
                self._wake.notify()

    def stop(self) -> None:
        with self._wake:
            self._stopped = True
            self._wake.notify_all()
        for thread in self._threads:
            thread.join(timeout=2)

    def _work(self) -> None:
        while (job := self._next_job()) is not None:
            try:
                job()
            except Exception:
                # A fault in one delivery must not end the thread that all others need.
                traceback.print_exc()

    def _next_job(self) -> Callable[[], None] | None:
        with self._wake:
            while not self._stopped:
                wait = self._due[0][0] - time.monotonic() if self._due else None
                if wait is not None and wait <= 0:
                    return self._take_first()
                self._wait_turn(wait)
        return None

    def _take_first(self) -> Callable[[], None]:
        job = heapq.heappop(self._due)[2]
        if self._due and self._waiter is None:
            self._wake.notify()
        return job

    def _wait_turn(self, wait: float | None) -> None:
        """Only one thread waits for the clock, the others for a word; else each due time would wake them all."""
        me = threading.get_ident()
        if wait is None or self._waiter is not None:
            self._wake.wait()
            return
        self._waiter = me
        try:
            self._wake.wait(wait)
        finally:
            if self._waiter == me:
                self._waiter = None
