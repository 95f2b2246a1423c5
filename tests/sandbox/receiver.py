"""A stand-in for the product: keeps every form that is POSTed to it and answers as told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

WEBHOOK_PATH = "/webhooks/twilio/message"
STATUS_PATH = "/webhooks/twilio/status?message=41"


@dataclass(frozen=True)
class Received:
    path: str
    fields: dict[str, str]
    headers: dict[str, str]
    at: float


class Receiver:
    """`answers` maps a path to a function that gives the HTTP status, or None to hang up; `files` are served."""

    def __init__(self) -> None:
        self.calls: list[Received] = []
        self.answers: dict[str, Callable[[Received], int | None]] = {}
        self.files: dict[str, tuple[str, str, bytes]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._make_handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)

    @property
    def webhooks(self) -> list[Received]:
        return [call for call in self.calls if call.path == WEBHOOK_PATH]

    @property
    def statuses(self) -> list[str]:
        return [call.fields["MessageStatus"] for call in self.calls if "MessageStatus" in call.fields]

    def _make_handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
                fields = dict(parse_qsl(raw, keep_blank_values=True))
                received = Received(self.path, fields, dict(self.headers.items()), time.monotonic())
                answer = receiver.answers.get(self.path, lambda _: 200)
                receiver.calls.append(received)
                status = answer(received)
                if status is None:
                    self.close_connection = True
                    return
                self._reply(status, "text/xml", b"<Response/>")

            def do_GET(self) -> None:
                _, content_type, data = receiver.files[self.path]
                self._reply(200, content_type, data)

            def do_HEAD(self) -> None:
                content_type, _, _ = receiver.files[self.path]
                self._reply(200, content_type, b"")

            def _reply(self, status: int, content_type: str, data: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *arguments: object) -> None:
                return

        return Handler


def wait_until(condition: Callable[[], object], what: str, seconds: float = 8.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.01)
