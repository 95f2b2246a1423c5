"""What each answer of a vendor's API becomes, what staff read, and what is written down."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from integrations.answers import Answer as Reply
from integrations.api import VendorApi
from integrations.errors import (
    NotFound,
    OutOfFunds,
    RateLimited,
    Refused,
    Unanswered,
    Unauthorised,
    Uncertain,
    VendorError,
)
from integrations.exchange import Exchange, record_body, redact_text
from integrations.throttle import parse_retry_after
from tests.integrations.stub_api import Answer, StubApi

KEY = "key-of-a-test-0123456789"


@pytest.fixture
def kept() -> list[Exchange]:
    return []


@pytest.fixture
def vendor(api: StubApi, kept: list[Exchange]) -> VendorApi:
    headers = {"Authorization": f"Bearer {KEY}"}
    return VendorApi("opensolar", f"{api.url}/opensolar", headers, 5.0, title="OpenSolar", on_exchange=kept.append)


def ask(vendor: VendorApi, method: str = "GET", **content: Any) -> VendorError:
    with pytest.raises(VendorError) as caught:
        vendor.call(method, "/projects/", **content)
    return caught.value


def test_a_path_in_the_address_is_kept(vendor: VendorApi, api: StubApi) -> None:
    api.answers = [Answer(200, [{"id": 1}], {"X-Page": "1"})]
    answer = vendor.call("GET", "/projects/", params={"page": 1}, headers={"X-Extra": "a"})
    assert (answer.read_list(), answer.headers["x-page"], answer.status) == ([{"id": 1}], "1", 200)
    (asked,) = api.asked
    assert (asked.path, asked.query, asked.headers["X-Extra"]) == ("/opensolar/projects/", {"page": "1"}, "a")
    assert asked.headers["Authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("url", ["", "ftp://x.example", "https://", "https://u:p@x.example", "https://x.example/?a=1"])
def test_no_web_address(url: str) -> None:
    with pytest.raises(ValueError, match="web address"):
        VendorApi("opensolar", url, {}, 5.0)


@pytest.mark.parametrize(
    ("status", "harmful", "harmless"),
    [
        (301, Refused, Refused),
        (400, Refused, Refused),
        (401, Unauthorised, Unauthorised),
        (402, OutOfFunds, OutOfFunds),
        (403, Unauthorised, Unauthorised),
        (404, NotFound, NotFound),
        (408, Uncertain, Unanswered),
        (409, Refused, Refused),
        (410, NotFound, NotFound),
        (422, Refused, Refused),
        (429, RateLimited, RateLimited),
        (500, Uncertain, Unanswered),
        (502, Uncertain, Unanswered),
        (504, Uncertain, Unanswered),
    ],
)
def test_every_status(
    vendor: VendorApi, api: StubApi, status: int, harmful: type[VendorError], harmless: type[VendorError]
) -> None:
    headers = {"Location": "http://127.0.0.1:1/"}
    api.reply = lambda _: Answer(status, {"detail": "Because."}, headers)
    for method, expected in (("GET", harmless), ("PUT", harmless), ("DELETE", harmless), ("POST", harmful)):
        error = ask(vendor, method) if status != 429 else ask_elsewhere(vendor, method)
        assert type(error) is expected
        assert error.code == str(status)
        assert error.sentence.startswith("OpenSolar") and len(error.sentence) < 200
        assert error.retryable == (expected in (Unanswered, RateLimited))


def ask_elsewhere(vendor: VendorApi, method: str) -> VendorError:
    """A refused bucket is left alone for a while, so each call takes its own."""
    return ask(vendor, method, bucket=method)


def test_an_answer_that_is_expected_is_no_error(vendor: VendorApi, api: StubApi) -> None:
    api.answers = [Answer(404, b"<html>"), Answer(204)]
    assert vendor.call("GET", "/x/", tolerate=(404,)).status == 404
    empty = vendor.call("POST", "/x/")
    assert empty.body is None
    with pytest.raises(Uncertain):
        empty.read_object()


def test_the_wrong_shape_is_no_answer(vendor: VendorApi, api: StubApi) -> None:
    api.reply = lambda _: Answer(200, {"results": []})
    with pytest.raises(Unanswered):
        vendor.call("GET", "/x/").read_list()
    with pytest.raises(Uncertain):
        vendor.call("POST", "/x/").read_list()


def test_files_are_bytes(vendor: VendorApi, api: StubApi) -> None:
    api.answers = [Answer(200, b"%PDF-1.7 \xff", {"Content-Type": "application/pdf"})]
    answer = vendor.call("GET", "/x/", read="bytes")
    assert (answer.content, answer.body) == (b"%PDF-1.7 \xff", None)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"detail": "No such plan."}, "No such plan."),
        ({"email": ["Enter a valid address."], "zip": ["Too long."]}, "email: Enter a valid address.; zip: Too long."),
        ({"non_field_errors": ["One of them is missing."]}, "One of them is missing."),
        ({"errors": [{"message": "Bad device."}]}, "Bad device."),
        ({"detail": "x" * 5000}, "x" * 300 + "…"),
        ({"detail": f"Token {KEY} of ana@mail.example, +1 415 555 0100 is unknown"}, "Token … of a…@…, …00 is unknown"),
        (b"<html>Sorry</html>", "it gives no reason"),
        ([], "it gives no reason"),
    ],
)
def test_what_staff_read(vendor: VendorApi, api: StubApi, body: Any, words: str) -> None:
    api.answers = [Answer(400, body)]
    assert ask(vendor, "POST").sentence == f"OpenSolar refuses this: {words}"


@pytest.mark.parametrize(
    ("header", "low", "high"),
    [
        ("7", 7, 7),
        ("999999999", 3600, 3600),
        (90, 30, 90),
        (-90, 0, 0),
    ],
)
def test_retry_after(vendor: VendorApi, api: StubApi, header: str | int, low: float, high: float) -> None:
    """A number, or a date so many seconds from now."""
    if isinstance(header, int):
        header = format_datetime(datetime.now(UTC) + timedelta(seconds=header), usegmt=True)
    api.answers = [Answer(429, {}, {"Retry-After": header})]
    error = ask(vendor, "POST")
    assert isinstance(error, RateLimited) and error.retry_after is not None
    assert low <= error.retry_after <= high


@pytest.mark.parametrize("header", ["soon", "-5", "", "٣"])
def test_an_unsound_retry_after(header: str) -> None:

    assert parse_retry_after(header) is None


def test_a_vendors_own_reading_comes_first(api: StubApi) -> None:
    def explain(answer: Reply) -> VendorError | None:
        return Unanswered("The map is away.", "GEOCODING") if answer.status == 502 else None

    own = VendorApi("leap", api.url, {}, 5.0, explain=explain)
    api.answers = [Answer(502), Answer(404)]
    assert ask(own, "POST").code == "GEOCODING"
    assert type(ask(own, "POST")) is NotFound


def test_the_record_of_an_exchange(vendor: VendorApi, api: StubApi, kept: list[Exchange]) -> None:
    api.answers = [Answer(201, {"id": 5, "phone": "+14155550100", "share_link": "https://o.example/p/5?t=abc"})]
    sheet = {
        "identifier": "p-1",
        "address": "12 Sample Rd",
        "notes": "fridge",
        "lat": "-33.86",
        "contacts_new": [{"first_name": "Ana", "family_name": "Diaz", "email": "ana@mail.example"}],
        "webhook_token": "abc",
        "headers": '{"X-Webhook-Token": "abc"}',
    }
    vendor.call("POST", "/projects/", json=sheet, params={"q": "ana@mail.example"})
    (one,) = kept
    assert (one.vendor, one.method, one.path, one.status) == ("opensolar", "POST", "/opensolar/projects/", 201)
    assert (one.attempt, one.failure) == (1, "") and one.milliseconds >= 0
    assert abs((datetime.now(UTC) - one.started_at).total_seconds()) < 60
    assert one.request == (
        '{"params": {"q": "a…@…"}}{"identifier": "p-1", "address": "1…", "notes": "f…", "lat": "…", "contacts_new": '
        '[{"first_name": "A…", "family_name": "D…", "email": "a…"}], "webhook_token": "…", "headers": "…"}'
    ).replace('"lat": "…"', '"lat": "-…"')
    assert one.answer == '{"id": 5, "phone": "…00", "share_link": "h…"}'


def test_every_attempt_is_recorded(api: StubApi, kept: list[Exchange]) -> None:
    vendor = VendorApi("aurora", api.url, {}, 5.0, retries=2, on_exchange=kept.append, pause=lambda _: None)
    api.answers = [Answer(500), Answer(200, b"{"), Answer(403, {"detail": "No."})]
    ask(vendor)
    assert [(one.attempt, one.status, one.failure) for one in kept] == [
        (1, 500, "Unanswered 500"),
        (2, 200, "Unanswered garbage"),
        (3, 403, "Unauthorised 403"),
    ]


def test_a_broken_log_breaks_no_call(api: StubApi, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: Exchange) -> None:
        raise RuntimeError("the disk is full")

    api.answers = [Answer(201, {"id": 7})]
    vendor = VendorApi("opensolar", api.url, {}, 5.0, on_exchange=fail)
    assert vendor.call("POST", "/projects/").read_object() == {"id": 7}
    assert "the exchange log failed" in caplog.text


def test_records_are_bounded() -> None:
    assert len(record_body(b'{"a": "' + b"x" * 100_000 + b'"}')) < 1100
    assert len(record_body(str([{"k": "v" * 900}] * 1000).replace("'", '"').encode())) <= 4000
    assert record_body(b'{"a":' * 5000 + b"1" + b"}" * 5000)
    assert record_body(b"\x00" * 9, "application/pdf") == "<9 bytes of application/pdf>"
    assert record_body(b"<p>ana@mail.example</p>", "text/html; charset=utf-8") == "<p>a…@…</p>"
    assert record_body(b"") == ""


def test_numbers_that_are_no_telephone_stay() -> None:
    text = "kWh 8547 in 2026-12-01, id 123456, price 9800.00"
    assert redact_text(text) == text


def test_whatever_comes_can_be_stored(vendor: VendorApi, api: StubApi, kept: list[Exchange]) -> None:
    body = b'{"na\\u0000me": ["a\\ud800b", "\\ud83d\\ude00", "\\\\u0000"]}'
    api.answers = [Answer(200, body), Answer(400, b'{"detail": "a\\u0000b \\udc00"}'), Answer(502, b"<p>\x00\xff</p>")]
    assert vendor.call("GET", "/x/").body == {"name": ["a?b", "😀", "\\u0000"]}
    assert ask(vendor).sentence == "OpenSolar refuses this: ab ?"
    ask(vendor)
    texts = [text for one in kept for text in (one.request, one.answer)]
    assert not [text for text in texts if "\x00" in text] and [text.encode() for text in texts]
