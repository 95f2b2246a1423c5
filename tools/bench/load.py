"""A client that is cheap on CPU: ready-made bytes over raw sockets, from a few threads."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

TIMEOUT_SECONDS = 30.0
Item = TypeVar("Item")


class Refused(RuntimeError):
    """An answer that was not the expected status; the message begins with its status line."""


def post_all(port: int, requests: Sequence[bytes], threads: int) -> float:
    """Sends every request on a connection of its own, `threads` at a time; the seconds it took.

    Raises Refused unless each is answered with 200.
    """
    pending = iter(requests)
    guard = threading.Lock()
    failures: list[Exception] = []

    def work() -> None:
        try:
            while not failures and (request := _take(pending, guard)) is not None:
                _require(post_once(port, request), b"200")
        except (OSError, Refused) as failure:
            failures.append(failure)

    began = time.monotonic()
    _run_threads(work, threads)
    if failures:
        raise failures[0]
    return time.monotonic() - began


def time_all(port: int, requests: Sequence[bytes], threads: int) -> list[float]:
    """The same, with the seconds that each request took."""
    pending = iter(requests)
    guard = threading.Lock()
    times: list[float] = []
    failures: list[Exception] = []

    def work() -> None:
        try:
            while not failures and (request := _take(pending, guard)) is not None:
                began = time.monotonic()
                _require(post_once(port, request), b"200")
                times.append(time.monotonic() - began)
        except (OSError, Refused) as failure:
            failures.append(failure)

    _run_threads(work, threads)
    if failures:
        raise failures[0]
    return times


def post_once(port: int, request: bytes) -> bytes:
    """The whole answer to one request; the server closes the connection."""
    with socket.create_connection(("127.0.0.1", port), TIMEOUT_SECONDS) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


class KeptConnection:
    """One connection that is kept open, for answers with a Content-Length."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), TIMEOUT_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)

    def post(self, request: bytes) -> None:
        """Sends a request and reads its answer; raises Refused unless it is 201."""
        self._socket.sendall(request)
        answer = self._read()
        while b"\r\n\r\n" not in answer:
            answer += self._read()
        head, _, body = answer.partition(b"\r\n\r\n")
        _require(head, b"201")
        size = int(head.lower().partition(b"content-length:")[2].split()[0])
        while len(body) < size:
            body += self._read()

    def _read(self) -> bytes:
        part = self._socket.recv(65536)
        if not part:
            raise Refused("the connection was closed")
        return part

    def close(self) -> None:
        self._socket.close()


def post_at_rate(port: int, requests: Sequence[bytes], per_second: float, threads: int) -> float:
    """Sends each request when it is due, whatever became of those before; the longest delay in seconds.

    Raises Refused unless each is answered with 201.
    """
    pending = enumerate(requests)
    guard = threading.Lock()
    late = [0.0]
    failures: list[Exception] = []
    began = time.monotonic() + 0.1

    def work() -> None:
        connection = KeptConnection(port)
        try:
            while not failures and (item := _take(pending, guard)) is not None:
                number, request = item
                delay = time.monotonic() - (began + number / per_second)
                if delay < 0:
                    time.sleep(-delay)  # until it is due
                late[0] = max(late[0], delay)
                connection.post(request)
        except (OSError, Refused) as failure:
            failures.append(failure)
        finally:
            connection.close()

    _run_threads(work, threads)
    if failures:
        raise failures[0]
    return late[0]


def _take(pending: Iterator[Item], guard: threading.Lock) -> Item | None:
    with guard:
        return next(pending, None)


def _require(answer: bytes, status: bytes) -> None:
    first = answer.partition(b"\r\n")[0]
    if first.split(b" ")[1:2] != [status]:
        raise Refused(f"{first.decode('latin-1')}: {answer[-300:].decode('latin-1')}")


def _run_threads(work: Callable[[], None], count: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
