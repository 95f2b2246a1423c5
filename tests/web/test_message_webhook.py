"""A message webhook: verified, kept once, answered after the commit, and never a 500."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from twilio.request_validator import RequestValidator

from bot.web.limits import RateLimit
from db.conversations import Conversation
from tests.bot.desk import Desk, count_statements
from tests.web.caller import MESSAGE, TOKEN, Caller, make_settings, message

DEAD_REDIS = "redis://127.0.0.1:1/0"
DEAD_DATABASE = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"


def test_a_message_is_kept_and_rung_for(caller: Caller) -> None:
    answer = caller.post(MESSAGE, message())
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")
    assert answer.text.endswith("<Response/>")
    [row] = Desk(caller.engine).inbox()
    assert row.payload["raw"]["Unannounced"] == ""
    assert caller.count_jobs("turns") == 1


def test_a_message_costs_one_commit_and_one_enqueue(caller: Caller) -> None:
    caller.post(MESSAGE, message(1))
    caller.parts.bell.redis.flushdb()
    with count_statements(caller.engine) as counts:
        caller.post(MESSAGE, message(2))
    assert counts == {"statements": 2, "commits": 1}
    assert caller.count_jobs("turns") == 1


def test_a_repeated_message_does_nothing(caller: Caller) -> None:
    assert [caller.post(MESSAGE, message()).status_code for _ in range(3)] == [200, 200, 200]
    assert len(Desk(caller.engine).inbox()) == 1


def test_ten_parallel_copies_are_one_message(caller: Caller) -> None:
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: caller.post(MESSAGE, message()).status_code, range(10)))
    assert answers == [200] * 10
    assert len(Desk(caller.engine).inbox()) == 1


@pytest.mark.parametrize("prefix", ["", "/whatsapp/bot"])
def test_a_public_path_may_be_stripped_by_the_proxy_or_not(sqlite_url: str, redis_url: str, prefix: str) -> None:
    public = "https://solar.example.com/whatsapp/bot"
    caller = Caller(make_settings(sqlite_url, redis_url, public_url=public))
    signature = RequestValidator(TOKEN).compute_signature(public + MESSAGE, message())
    answer = caller.client.post(prefix + MESSAGE, data=message(), headers={"X-Twilio-Signature": signature})
    caller.close()
    assert answer.status_code == 200


@pytest.mark.parametrize("token", ["another-token", ""])
def test_a_forged_message_is_refused(caller: Caller, token: str) -> None:
    assert caller.post(MESSAGE, message(), token=token).status_code == 403
    assert Desk(caller.engine).inbox() == []


def test_an_unsigned_message_is_refused(caller: Caller) -> None:
    answer = caller.client.post(MESSAGE, data=message())
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
    assert answer.get_json(force=True)["status"] == 403


def test_a_message_signed_for_other_words_is_refused(caller: Caller) -> None:
    signed = caller.post(MESSAGE, message()).request.headers["X-Twilio-Signature"]
    answer = caller.client.post(MESSAGE, data=message(Body="bye"), headers={"X-Twilio-Signature": signed})
    assert answer.status_code == 403


@pytest.mark.parametrize("form", [{}, {"MessageSid": "SM1"}, {"Body": "hi"}, message(From=""), message(MessageSid="x")])
def test_a_malformed_message_is_400(caller: Caller, form: dict[str, str]) -> None:
    assert caller.post(MESSAGE, form).status_code == 400


def test_an_oversized_message_is_413(caller: Caller) -> None:
    assert caller.post(MESSAGE, message(Body="x" * 70_000)).status_code == 413


def test_other_methods_are_405(caller: Caller) -> None:
    assert caller.client.get(MESSAGE).status_code == 405


def test_too_many_messages_are_429(sqlite_url: str, redis_url: str) -> None:
    caller = Caller(make_settings(sqlite_url, redis_url), RateLimit(per_second=0.001, burst=3))
    answers = [caller.post(MESSAGE, message(number)).status_code for number in range(5)]
    caller.close()
    assert answers == [200, 200, 200, 429, 429]


def test_a_flood_of_forgeries_does_not_shut_twilio_out(sqlite_url: str, redis_url: str) -> None:
    caller = Caller(make_settings(sqlite_url, redis_url), RateLimit(per_second=0.001, burst=3))
    forged = [caller.post(MESSAGE, message(), token="another-token").status_code for _ in range(5)]
    signed = caller.post(MESSAGE, message()).status_code
    caller.close()
    assert (forged, signed) == ([403, 403, 403, 429, 429], 200)


def test_a_lost_redis_costs_a_message_nothing(database_url: str) -> None:
    caller = Caller(make_settings(database_url, DEAD_REDIS))
    started = time.monotonic()
    answers = [caller.post(MESSAGE, message(number)).status_code for number in range(20)]
    caller.close()
    assert answers == [200] * 20
    assert time.monotonic() - started < 10


def test_a_lost_database_is_503(redis_url: str) -> None:
    caller = Caller(make_settings(DEAD_DATABASE, redis_url))
    answer = caller.post(MESSAGE, message())
    caller.close()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_a_locked_conversation_is_503_before_twilio_gives_up(postgres_url: str, redis_url: str) -> None:
    caller = Caller(make_settings(postgres_url, redis_url))
    caller.post(MESSAGE, message(1))
    started = time.monotonic()
    with caller.engine.begin() as connection:
        connection.execute(select(Conversation.id).with_for_update())
        answer = caller.post(MESSAGE, message(2))
    assert answer.status_code == 503
    assert time.monotonic() - started < 12
    assert caller.post(MESSAGE, message(2)).status_code == 200
    caller.close()


def test_a_locked_database_is_503_before_twilio_gives_up(sqlite_url: str, redis_url: str) -> None:
    caller = Caller(make_settings(sqlite_url, redis_url))
    started = time.monotonic()
    with caller.engine.begin():
        answer = caller.post(MESSAGE, message())
    caller.close()
    assert answer.status_code == 503
    assert time.monotonic() - started < 12


def test_several_tokens_are_active_while_rotating(sqlite_url: str, redis_url: str) -> None:
    caller = Caller(make_settings(sqlite_url, redis_url, twilio_auth_token=("a-new-token", TOKEN)))
    answers = [
        caller.post(MESSAGE, message(number), token=token) for number, token in enumerate(("a-new-token", TOKEN))
    ]
    caller.close()
    assert [answer.status_code for answer in answers] == [200, 200]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fields=st.dictionaries(
        st.sampled_from(["Body", "From", "To", "MessageSid", "NumMedia", "MediaUrl0", "Latitude", "ButtonText"]),
        st.text(max_size=40),
    )
)
def test_signed_nonsense_is_never_a_500(caller: Caller, fields: dict[str, str]) -> None:
    assert caller.post(MESSAGE, message(**fields)).status_code in (200, 400)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=300), kind=st.sampled_from(["application/json", "application/x-www-form-urlencoded", ""])
)
def test_unsigned_nonsense_is_never_a_500(caller: Caller, body: bytes, kind: str) -> None:
    assert caller.client.post(MESSAGE, data=body, content_type=kind).status_code == 403
