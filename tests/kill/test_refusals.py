"""What is not Twilio's, or not fit to be read, is refused by the real web process, which goes on working."""

import json
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx
import pytest

from tests.kill.grammar import correction, hello
from tests.kill.stack import Stack
from tests.kill.watching import new_phone, watch
from tools.sandbox.options import AUTH_TOKEN
from tools.sandbox.twilio.webhooks import sign_form

PATH = "/webhooks/twilio/message"


@dataclass(frozen=True)
class Call:
    """A request to the message webhook, and the status that it must get."""

    status: int
    fields: Mapping[str, str]
    signature: str | None
    body: bytes | None = None
    kind: str = "application/x-www-form-urlencoded"


def forge(url: str, fields: dict[str, str]) -> Call:
    return Call(403, fields, sign_form("a-token-of-somebody-else", url, fields))


def leave_unsigned(url: str, fields: dict[str, str]) -> Call:
    return Call(403, fields, None)


def change_words(url: str, fields: dict[str, str]) -> Call:
    return Call(403, {**fields, "Body": "my bill is 1"}, sign_form(AUTH_TOKEN, url, fields))


def sign_other_address(url: str, fields: dict[str, str]) -> Call:
    return Call(403, fields, sign_form(AUTH_TOKEN, url.replace("/message", "/status"), fields))


def leave_out_the_id(url: str, fields: dict[str, str]) -> Call:
    cut = {name: value for name, value in fields.items() if name not in ("MessageSid", "SmsSid", "SmsMessageSid")}
    return Call(400, cut, sign_form(AUTH_TOKEN, url, cut))


def write_too_much(url: str, fields: dict[str, str]) -> Call:
    long = {**fields, "Body": "x" * 80_000}
    return Call(413, long, sign_form(AUTH_TOKEN, url, long))


def send_json(url: str, fields: dict[str, str]) -> Call:
    body = json.dumps(fields).encode()
    return Call(403, {}, sign_form(AUTH_TOKEN, url, fields), body, "application/json")


def send_bytes(url: str, fields: dict[str, str]) -> Call:
    return Call(403, {}, "no signature at all", b"\x00\xff%%%=&&&\r\n", "multipart/form-data; boundary=\xff")


REFUSED = (
    forge, leave_unsigned, change_words, sign_other_address, leave_out_the_id, write_too_much, send_json, send_bytes,
)  # fmt: skip


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__)
def test_refused(stack: Stack, make: Callable[[str, dict[str, str]], Call]) -> None:
    view = watch(stack)
    phone = new_phone()
    view.write(phone, hello(300))
    view.await_answers()
    fields = {**find_fields(stack, phone), "MessageSid": f"SM{'0' * 31}1", "Body": correction(301)}
    call = make(f"{stack.web_url}{PATH}", fields)
    answer = post(stack, call)
    assert answer.status_code == call.status
    view.await_rest()
    assert not view.judge().violations, "a refused message was answered"


def test_a_replayed_message_does_nothing(stack: Stack) -> None:
    view = watch(stack)
    phone = new_phone()
    view.write(phone, hello(300))
    view.await_answers()
    fields = find_fields(stack, phone)
    for _ in range(3):
        answer = post(stack, Call(200, fields, sign_form(AUTH_TOKEN, f"{stack.web_url}{PATH}", fields)))
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
        assert answer.text.endswith("<Response/>")
    view.write(phone, correction(301))
    view.await_answers()
    view.await_rest()
    assert not view.judge().violations


@pytest.mark.parametrize(
    "raw",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"POST " + PATH.encode() + b" HTTP/9.9\r\n\r\n",
        b"POST " + PATH.encode() + b" HTTP/1.1\r\nContent-Length: many\r\n\r\n",
        b"POST " + PATH.encode() + b" HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 70_000 + b"\r\n\r\n",
        b"POST " + PATH.encode() + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na=b",
        b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=["tls", "version", "length", "header", "half a body", "address"],
)
def test_what_is_not_http_is_no_500(stack: Stack, raw: bytes) -> None:
    answer = send_raw(stack, raw)
    assert not answer or b" 4" in answer.split(b"\r\n")[0], answer[:200]
    assert httpx.get(f"{stack.web_url}/healthz", trust_env=False).status_code == 200


def find_fields(stack: Stack, phone: str) -> dict[str, str]:
    """The webhook of this homeowner's first message, as Twilio sent it."""
    lines = [line for line in stack.read_ledger() if line["kind"] == "inbound_created"]
    return dict(next(line["fields"] for line in lines if line["sender"] == f"whatsapp:{phone}"))


def post(stack: Stack, call: Call) -> httpx.Response:
    headers = {"X-Twilio-Signature": call.signature} if call.signature is not None else {}
    url = f"{stack.web_url}{PATH}"
    if call.body is None:
        return httpx.post(url, data=dict(call.fields), headers=headers, trust_env=False, timeout=20)
    sent = {k.encode(): v.encode("latin-1") for k, v in {**headers, "Content-Type": call.kind}.items()}
    return httpx.post(url, content=call.body, headers=sent, trust_env=False, timeout=20)


def send_raw(stack: Stack, raw: bytes) -> bytes:
    """What comes back for these bytes, then silence from us; empty where the connection is simply closed."""
    with socket.create_connection(("127.0.0.1", stack.port), timeout=20) as connection:
        try:
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
            return connection.recv(4096)
        except (ConnectionResetError, BrokenPipeError):
            return b""
