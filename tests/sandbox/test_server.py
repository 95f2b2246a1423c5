"""The small HTTP server under the sandbox, spoken to byte by byte."""

from __future__ import annotations

import socket
from collections.abc import Iterable

import pytest

from tests.sandbox.rig import Rig


def exchange(rig: Rig, *pieces: bytes) -> bytes:
    """Send the pieces, then read until the server hangs up."""
    port = int(rig.sandbox.base_url.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as sock:
        for piece in pieces:
            sock.sendall(piece)
        sock.shutdown(socket.SHUT_WR)
        return b"".join(receive(sock))


def receive(sock: socket.socket) -> Iterable[bytes]:
    while chunk := sock.recv(65536):
        yield chunk


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"nonsense\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", b"411"),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", b"413"),
        (b"GET /nowhere HTTP/1.1\r\n\r\n", b"404"),
        (b"DELETE / HTTP/1.1\r\n\r\n", b"405"),
    ],
)
def test_bad_requests_are_answered(rig: Rig, request_bytes: bytes, status: bytes) -> None:
    assert exchange(rig, request_bytes).startswith(b"HTTP/1.1 " + status)


def test_one_connection_serves_several_requests(rig: Rig) -> None:
    body = b'{"phone": "+14155550188", "name": "Noor Haddad"}'
    post = b"POST /sandbox/homeowners HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    whole = post % len(body) + body + b"GET /sandbox/health HTTP/1.1\r\n\r\n"
    answer = exchange(rig, whole[:20], whole[20:90], whole[90:])
    assert answer.count(b"HTTP/1.1 ") == 2
    assert answer.startswith(b"HTTP/1.1 201")
    assert b'"status":"ok"' in answer


def test_head_has_no_body(rig: Rig) -> None:
    answer = exchange(rig, b"HEAD / HTTP/1.1\r\n\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"Content-Length:" in head
    assert body == b""


def test_client_that_leaves_early_harms_nobody(rig: Rig) -> None:
    assert exchange(rig, b"POST / HTTP/1.1\r\nContent-Length: 50\r\n\r\nshort") == b""
    assert rig.open.get("/sandbox/health").status_code == 200
