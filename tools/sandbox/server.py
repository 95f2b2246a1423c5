"""A small threaded HTTP/1.1 server for one WSGI app that can also misbehave on the wire when told to."""

from __future__ import annotations

import contextlib
import io
import socket
import socketserver
import struct
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterable
from typing import Any

MAX_HEAD = 64 * 1024
MAX_BODY = 40 * 1024 * 1024
IDLE_SECONDS = 120.0
CONNECTION_KEY = "sandbox.connection"

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class RequestBroken(Exception):
    """What arrived is not a request that can be answered; the text is the status line to send."""


class Connection:
    """The client's socket, handed to the app so that it can cut it."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.dropped = False
        self.drip_seconds = 0.0

    def reset(self) -> None:
        """Cut the connection with a TCP reset; nothing that is answered afterwards reaches the client."""
        self.dropped = True
        with contextlib.suppress(OSError):
            self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def drip(self, seconds: float) -> None:
        """Let the body of this answer trickle: one byte, then a pause of `seconds`."""
        self.drip_seconds = seconds

    def send(self, head: bytes, body: bytes) -> None:
        if not self.drip_seconds:
            self._sock.sendall(head + body)
            return
        self._sock.sendall(head)
        for number in range(len(body)):
            self._sock.sendall(body[number : number + 1])
            time.sleep(self.drip_seconds)


class LeanServer(socketserver.ThreadingTCPServer):
    """One thread per connection, keep-alive, requests with a Content-Length only."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 512

    def __init__(self, address: tuple[str, int], app: WsgiApp) -> None:
        self.app = app
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__(address, _Exchange)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def close_all(self) -> None:
        """Stop accepting and cut what is open."""
        self.shutdown()
        self.server_close()
        with self._guard:
            left = list(self._open)
        for sock in left:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            self._open.discard(request)
        if not _lingers_zero(request):
            with contextlib.suppress(OSError):
                request.shutdown(socket.SHUT_WR)
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


def _lingers_zero(sock: socket.socket) -> bool:
    try:
        on, seconds = struct.unpack("ii", sock.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8))
    except OSError:
        return True
    return bool(on) and seconds == 0


class _Exchange(socketserver.BaseRequestHandler):
    server: LeanServer

    def setup(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        self.request.settimeout(IDLE_SECONDS)
        self.connection = Connection(self.request)
        self.pending = b""

    def handle(self) -> None:
        try:
            while (environ := self._read_request()) is not None:
                keep = self._answer(environ)
                if not keep or self.connection.dropped:
                    return
        except RequestBroken as broken:
            self.request.sendall(f"HTTP/1.1 {broken}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        except OSError:
            # The client went away, or nothing came for too long: there is nobody left to tell.
            return

    def _read_request(self) -> dict[str, Any] | None:
        head = self._read_head()
        if head is None:
            return None
        environ = _parse_head(head, self.server.port)
        environ["wsgi.input"] = io.BytesIO(self._read_body(environ))
        environ[CONNECTION_KEY] = self.connection
        return environ

    def _read_head(self) -> str | None:
        while b"\r\n\r\n" not in self.pending:
            chunk = self.request.recv(65536)
            if not chunk:
                return None
            self.pending += chunk
            if len(self.pending) > MAX_HEAD + MAX_BODY:
                raise RequestBroken("431 Request Header Fields Too Large")
        head, self.pending = self.pending.split(b"\r\n\r\n", 1)
        return head.decode("latin-1")

    def _read_body(self, environ: dict[str, Any]) -> bytes:
        if environ.get("HTTP_TRANSFER_ENCODING"):
            raise RequestBroken("411 Length Required")
        size = int(environ.get("CONTENT_LENGTH") or 0)
        if size > MAX_BODY:
            raise RequestBroken("413 Content Too Large")
        if environ.get("HTTP_EXPECT", "").lower() == "100-continue":
            self.request.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        parts, have = [self.pending], len(self.pending)
        while have < size:
            chunk = self.request.recv(262144)
            if not chunk:
                raise ConnectionError("the request ended early")
            parts.append(chunk)
            have += len(chunk)
        whole = b"".join(parts)
        self.pending = whole[size:]
        return whole[:size]

    def _answer(self, environ: dict[str, Any]) -> bool:
        told: list[Any] = []
        body = self.server.app(environ, lambda status, headers, exc_info=None: told.append((status, headers)))
        try:
            payload = b"".join(body)
        finally:
            close = getattr(body, "close", None)
            if close is not None:
                close()
        if self.connection.dropped:
            return False
        status, headers = told[-1]
        keep: bool = environ.get("HTTP_CONNECTION", "").lower() != "close" and environ["SERVER_PROTOCOL"] == "HTTP/1.1"
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
        if not any(name.lower() == "content-length" for name, _ in headers):
            lines.append(f"Content-Length: {len(payload)}")
        lines.append("Connection: keep-alive" if keep else "Connection: close")
        head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
        self.connection.send(head, b"" if environ["REQUEST_METHOD"] == "HEAD" else payload)
        self.connection.drip_seconds = 0.0
        return keep


def _parse_head(head: str, port: int) -> dict[str, Any]:
    first, *lines = head.split("\r\n")
    try:
        method, target, protocol = first.split(" ")
    except ValueError as error:
        raise RequestBroken("400 Bad Request") from error
    path, _, query = target.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": urllib.parse.unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": protocol,
        "REQUEST_URI": target,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for line in lines:
        name, _, value = line.partition(":")
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value.strip()
    if not str(environ.get("CONTENT_LENGTH", "0")).isdigit():
        raise RequestBroken("400 Bad Request")
    return environ
