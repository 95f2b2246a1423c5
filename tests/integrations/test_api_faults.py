"""What goes wrong on the way to a vendor's API, on real sockets, and which error says so."""

import socket
import threading
import time
from collections.abc import Callable

import pytest

from integrations.api import VendorApi
from integrations.errors import Unanswered, Uncertain, Unreachable, VendorError
from integrations.transport import DeadlineTransport
from tests.integrations.raw_server import Behaviour, find_closed_port, open_raw, read_request, reset
from tests.integrations.stub_api import Answer, open_stub

KEY = {"Authorization": "Bearer key-of-a-test"}


def open_api(url: str, **settings: object) -> VendorApi:
    return VendorApi("opensolar", url, KEY, **{"timeout": 2.0, **settings})  # type: ignore[arg-type]


def hang_up(connection: socket.socket, _: threading.Event) -> None:
    read_request(connection)


def reset_after_reading(connection: socket.socket, _: threading.Event) -> None:
    read_request(connection)
    reset(connection)


def stay_silent(connection: socket.socket, over: threading.Event) -> None:
    read_request(connection)
    over.wait(30)


def speak_another_language(connection: socket.socket, _: threading.Event) -> None:
    read_request(connection)
    connection.sendall(b"220 smtp.example ESMTP\r\n\r\n")


def break_off(connection: socket.socket, _: threading.Event) -> None:
    read_request(connection)
    connection.sendall(b'HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{"id": ')


def answer_bytes(body: bytes, head: bytes = b"") -> Behaviour:
    def behave(connection: socket.socket, _: threading.Event) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s" % (head, len(body), body))

    return behave


def drip(connection: socket.socket, over: threading.Event) -> None:
    read_request(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")
    for _ in range(500):
        connection.sendall(b"1")
        if over.wait(0.05):
            return


FAULTS = [
    hang_up,
    reset_after_reading,
    stay_silent,
    drip,
    speak_another_language,
    break_off,
    answer_bytes(b"<html>hello</html>"),
    answer_bytes(b'{"price": NaN}'),
    answer_bytes(b"[" * 200_000),
    answer_bytes(b"no gzip at all", b"Content-Encoding: gzip\r\n"),
]


@pytest.mark.parametrize("behave", FAULTS)
@pytest.mark.parametrize(("method", "error"), [("GET", Unanswered), ("PUT", Unanswered), ("POST", Uncertain)])
def test_sent_without_a_usable_answer(behave: Behaviour, method: str, error: type[VendorError]) -> None:
    with open_raw(behave) as url:
        started = time.monotonic()
        with pytest.raises(error) as caught:
            open_api(url, timeout=0.4).call(method, "/projects/")
        assert time.monotonic() - started < 3, "a byte now and then must not keep a call alive"
    assert type(caught.value) is error and "Opensolar" in caught.value.sentence


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_listens(method: str) -> None:
    with pytest.raises(Unreachable):
        open_api(f"http://127.0.0.1:{find_closed_port()}").call(method, "/projects/")


def test_no_such_host() -> None:
    with pytest.raises(Unreachable):
        open_api("http://no-such-machine.localhost:9").call("POST", "/projects/")


def test_no_free_connection_means_nothing_was_sent() -> None:
    busy = threading.Event()

    def hold(connection: socket.socket, over: threading.Event) -> None:
        read_request(connection)
        busy.set()
        over.wait(30)

    with open_raw(hold) as url:
        api = open_api(url, timeout=0.8, transport=DeadlineTransport(1))
        first = threading.Thread(target=_expect, args=(Uncertain, lambda: api.call("POST", "/first/")))
        first.start()
        assert busy.wait(5)
        _expect(Unreachable, lambda: api.call("POST", "/second/"))
        first.join()


def _expect(error: type[VendorError], act: Callable[[], object]) -> None:
    with pytest.raises(error):
        act()


def test_an_endless_answer_is_cut() -> None:
    def pour(connection: socket.socket, over: threading.Event) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not over.is_set():
            connection.sendall(b"100000\r\n" + b" " * 0x100000 + b"\r\n")

    with open_raw(pour) as url, pytest.raises(Unanswered) as caught:
        open_api(url, timeout=20).call("GET", "/projects/")
    assert caught.value.code == "ReadError"


def test_no_answer_is_asked_for_again_where_that_does_no_harm() -> None:
    pauses: list[float] = []
    with open_stub() as stub:
        stub.answers = [Answer(503), Answer(504), Answer(200, b"<html>"), Answer(200, {"id": 1})]
        api = open_api(stub.url, retries=3, pause=pauses.append)
        assert api.call("GET", "/projects/1/").read_object() == {"id": 1}
        assert pauses == [0.2, 0.4, 0.8]
        stub.answers = [Answer(503)] * 9
        _expect(Unanswered, lambda: api.call("PATCH", "/projects/1/", harmless=True, json={}))
        assert len(stub.asked) == 4 + 1 + 3
        _expect(Uncertain, lambda: api.call("POST", "/projects/", json={}))
        assert len(stub.asked) == 9


def fail_slowly(connection: socket.socket, over: threading.Event) -> None:
    read_request(connection)
    over.wait(0.3)


@pytest.mark.parametrize("behave", [stay_silent, fail_slowly])
def test_repetitions_take_no_longer_than_one_call(behave: Behaviour) -> None:
    with open_raw(behave) as url:
        started = time.monotonic()
        _expect(Unanswered, lambda: open_api(url, timeout=1.0, retries=10).call("GET", "/projects/"))
        assert time.monotonic() - started < 1.5


def test_a_vendor_that_wants_a_longer_pause_gets_it() -> None:
    with open_stub() as stub:
        stub.answers = [Answer(503, headers={"Retry-After": "40"})]
        with pytest.raises(Unanswered) as caught:
            open_api(stub.url, retries=3).call("GET", "/projects/")
    assert caught.value.retry_after == 40.0
    assert len(stub.asked) == 1
