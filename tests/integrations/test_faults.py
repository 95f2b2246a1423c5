"""What goes wrong below HTTP, on real sockets, and what a send makes of it."""

import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from integrations.channel import Outbound
from integrations.errors import Uncertain, Unreachable
from integrations.twilio.wire import Exchange
from tests.integrations.certificates import make_tls
from tests.integrations.conftest import OpenChannel
from tests.integrations.raw_server import find_closed_port, open_raw, read_request, reset
from tests.integrations.stub_api import Answer, StubApi, open_stub

HELLO = Outbound(to="+14155550101", text="Hello")
SID = "SM" + "a" * 32


def reset_after_one_byte(connection: socket.socket, _: threading.Event) -> None:
    connection.recv(1)
    reset(connection)


def reset_after_reading(connection: socket.socket, _: threading.Event) -> None:
    read_request(connection)
    reset(connection)


def hang_up_after_reading(connection: socket.socket, _: threading.Event) -> None:
    read_request(connection)


def stay_silent(connection: socket.socket, over: threading.Event) -> None:
    read_request(connection)
    over.wait(30)


def speak_another_language(connection: socket.socket, _: threading.Event) -> None:
    read_request(connection)
    connection.sendall(b"220 smtp.example ESMTP\r\n\r\n")


def break_off_inside_the_body(connection: socket.socket, _: threading.Event) -> None:
    read_request(connection)
    connection.sendall(b'HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{"sid": "')


def answer_with_garbage(connection: socket.socket, _: threading.Event) -> None:
    read_request(connection)
    connection.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\n\x00\xff{]")


@pytest.mark.parametrize(
    "behave",
    [
        reset_after_one_byte,
        reset_after_reading,
        hang_up_after_reading,
        speak_another_language,
        break_off_inside_the_body,
        answer_with_garbage,
    ],
)
def test_nobody_knows(behave: Callable[[socket.socket, threading.Event], None], open_channel: OpenChannel) -> None:
    with open_raw(behave) as url:
        result = open_channel(url).send(HELLO)
    assert (result.outcome, result.external_id) == ("unknown", "")


def drip_the_head(connection: socket.socket, over: threading.Event) -> None:
    read_request(connection)
    drip(connection, over, b"HTTP/1.1 201 Created\r\n" + b"X-Long: " + b"x" * 500)


def drip_the_body(connection: socket.socket, over: threading.Event) -> None:
    read_request(connection)
    connection.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n")
    drip(connection, over, b"x" * 500)


def drip(connection: socket.socket, over: threading.Event, data: bytes) -> None:
    for byte in data:
        connection.sendall(bytes([byte]))
        if over.wait(0.05):
            return


@pytest.mark.parametrize("behave", [stay_silent, drip_the_head, drip_the_body])
def test_the_deadline_covers_the_whole_exchange(
    behave: Callable[[socket.socket, threading.Event], None], open_channel: OpenChannel
) -> None:
    with open_raw(behave) as url:
        started = time.monotonic()
        result = open_channel(url, timeout=0.4).send(HELLO)
        took = time.monotonic() - started
    assert result.outcome == "unknown"
    assert took < 3, "a byte now and then must not keep the send alive"


def test_nobody_listens(open_channel: OpenChannel) -> None:
    channel = open_channel(f"http://127.0.0.1:{find_closed_port()}")
    assert channel.send(HELLO).outcome == "retry"
    with pytest.raises(Unreachable):
        channel.show_typing(SID)


def test_no_such_host(open_channel: OpenChannel) -> None:
    assert open_channel("http://no-such-machine.localhost:9").send(HELLO).outcome == "retry"


def test_no_free_connection_means_nothing_was_sent(open_channel: OpenChannel) -> None:
    busy = threading.Event()
    results = []

    def hold(connection: socket.socket, over: threading.Event) -> None:
        read_request(connection)
        busy.set()
        over.wait(30)

    with open_raw(hold) as url:
        channel = open_channel(url, timeout=2, connections=1)
        first = threading.Thread(target=lambda: results.append(channel.send(HELLO)))
        first.start()
        assert busy.wait(5)
        second = channel.send(HELLO)
    first.join()
    assert (second.outcome, second.code) == ("retry", "PoolTimeout")
    assert results[0].outcome == "unknown"


def test_a_connection_is_used_again(api: StubApi, open_channel: OpenChannel) -> None:
    api.reply = lambda _: Answer(201, {"sid": SID})
    channel = open_channel(api.url)
    assert [channel.send(HELLO).outcome for _ in range(3)] == ["sent"] * 3
    assert len({asked.client for asked in api.asked}) == 1


def test_a_connection_that_the_other_side_closed_is_not_used_again(open_channel: OpenChannel) -> None:
    closed = threading.Semaphore(0)
    body = b'{"sid": "' + SID.encode() + b'"}'

    def answer_once(connection: socket.socket, _: threading.Event) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        connection.close()
        closed.release()

    with open_raw(answer_once) as url:
        channel = open_channel(url)
        for _ in range(3):
            assert channel.send(HELLO).outcome == "sent"
            assert closed.acquire(timeout=5)


def test_a_handshake_without_end_sends_nothing(open_channel: OpenChannel) -> None:
    with open_raw(lambda _, over: over.wait(30)) as url:
        result = open_channel(url.replace("http:", "https:"), timeout=0.4).send(HELLO)
    assert (result.outcome, result.code) == ("retry", "ConnectTimeout")


def test_a_certificate_that_nobody_vouches_for(open_channel: OpenChannel, tmp_path: Path) -> None:
    server_tls, _ = make_tls("localhost", tmp_path)
    with open_stub(server_tls) as stub:
        result = open_channel(stub.url.replace("http://127.0.0.1", "https://localhost")).send(HELLO)
        assert (result.outcome, stub.asked) == ("retry", [])


def test_writes_are_uncertain(open_channel: OpenChannel) -> None:
    with open_raw(reset_after_reading) as url, pytest.raises(Uncertain):
        open_channel(url).show_typing(SID)


def test_exchange_log_is_redacted(api: StubApi, open_channel: OpenChannel) -> None:
    seen: list[Exchange] = []
    api.answers = [Answer(201, {"sid": SID}), Answer(200, {"messages": []})]
    channel = open_channel(api.url, on_exchange=seen.append)
    channel.send(HELLO)
    list(channel.list_messages(datetime(2026, 11, 1, tzinfo=UTC), sender="+14155550101"))
    assert [(call.method, call.status, call.attempt) for call in seen] == [("POST", 201, 1), ("GET", 200, 1)]
    assert all(call.milliseconds >= 0 for call in seen)
    told = repr(seen)
    assert "4155550101" not in told and "Hello" not in told and "token-of-a-test" not in told


def test_exchange_log_hears_of_failures(open_channel: OpenChannel) -> None:
    seen: list[Exchange] = []
    open_channel(f"http://127.0.0.1:{find_closed_port()}", on_exchange=seen.append).send(HELLO)
    assert [(call.status, call.failure) for call in seen] == [(0, "ConnectError")]


def test_a_broken_log_does_not_change_the_outcome(
    api: StubApi, open_channel: OpenChannel, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(_: Exchange) -> None:
        raise RuntimeError("disk full")

    api.answers = [Answer(201, {"sid": SID})]
    assert open_channel(api.url, on_exchange=break_down).send(HELLO).outcome == "sent"
    assert "exchange log" in caplog.text
