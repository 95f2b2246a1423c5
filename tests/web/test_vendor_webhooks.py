"""A vendor's webhook: verified, kept with its headers, answered after the commit, and never a 500."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.web.limits import RateLimit
from tests.bot.desk import count_statements
from tests.web.caller import Caller, make_settings
from tests.web.vendor_calls import (
    AURORA,
    AURORA_SECRET,
    OLD_SECRET,
    OPENSOLAR,
    SECRET,
    call_aurora,
    deliver,
    event_created,
    list_events,
    project_update,
    sign,
)

DEAD_REDIS = "redis://127.0.0.1:1/0"
DEAD_DATABASE = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
SECRETS = {"opensolar_webhook_secret": (SECRET, OLD_SECRET), "aurora_webhook_secret": (AURORA_SECRET,)}
DOCUMENT = {"event_type": "project.contract_signed", "project": {"id": 11, "status": "contract"}}


@pytest.fixture
def caller(database_url: str, redis_url: str) -> Iterator[Caller]:
    made = Caller(make_settings(database_url, redis_url, **SECRETS))
    yield made
    made.close()


def test_a_delivery_is_kept_as_it_came_and_rung_for(caller: Caller) -> None:
    answer = deliver(caller, event_created(991, 3, event_id=5), **{"User-Agent": "OpenSolar"})
    assert (answer.status_code, answer.get_json()) == (200, {"received": True})
    [row] = list_events(caller)
    assert (row.vendor, row.event, row.status, row.external_id) == ("opensolar", "Event.CREATE", "received", "11")
    assert (row.objects, row.reference, row.facts) == ({"event": "5"}, "hg-1-abc123", None)
    assert row.payload["fields"]["event_type_id"] == 3
    assert row.headers["User-Agent"] == "OpenSolar"
    assert SECRET not in json.dumps(row.headers)
    assert caller.count_jobs("vendors") == 1


def test_a_delivery_costs_one_statement_one_commit_and_one_enqueue(caller: Caller) -> None:
    deliver(caller, project_update(1))
    with count_statements(caller.engine) as counts:
        deliver(caller, project_update(2))
    assert counts == {"statements": 1, "commits": 1}
    assert caller.count_jobs("vendors") == 1


def test_copies_of_a_delivery_are_one_row(caller: Caller) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: deliver(caller, project_update(7)).status_code, range(8)))
    assert answers == [200] * 8
    assert len(list_events(caller)) == 1


def test_the_documents_shape_brings_facts_when_it_is_signed(caller: Caller) -> None:
    assert sign(caller, DOCUMENT).status_code == 200
    assert deliver(caller, DOCUMENT).status_code == 200
    signed, bare = list_events(caller)
    assert signed.facts["sealed"] is True and signed.external_id == "11"
    assert bare.facts is None


def test_each_delivery_without_an_id_is_a_row(caller: Caller) -> None:
    assert [sign(caller, DOCUMENT).status_code for _ in range(2)] == [200, 200]
    assert [row.status for row in list_events(caller)] == ["received", "received"]


def test_an_old_secret_is_good_while_a_new_one_is_brought_in(caller: Caller) -> None:
    assert deliver(caller, project_update(1), token=OLD_SECRET).status_code == 200
    assert sign(caller, DOCUMENT, secret=OLD_SECRET).status_code == 200


@pytest.mark.parametrize("token", ["", "guess", SECRET + "x", "é"])
def test_a_forged_delivery_is_refused(caller: Caller, token: str) -> None:
    assert deliver(caller, project_update(), token=token).status_code == 401
    assert sign(caller, DOCUMENT, secret="another").status_code == 401
    assert call_aurora(caller, "design_created", token=token, design_id="d1").status_code == 401
    assert list_events(caller) == []


def test_an_empty_secret_refuses_everything(database_url: str, redis_url: str) -> None:
    caller = Caller(make_settings(database_url, redis_url))
    answers = [deliver(caller, project_update(), token=""), sign(caller, DOCUMENT, secret="")]
    answers.append(call_aurora(caller, "design_created", token="", design_id="d1"))
    assert [answer.status_code for answer in answers] == [401, 401, 401]
    assert list_events(caller) == []
    caller.close()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"3", b'{"model": 3}', b"\xff\xfe", b"[" * 20_000, b"{}"])
def test_a_malformed_delivery_is_400(caller: Caller, body: bytes) -> None:
    assert deliver(caller, body).status_code == 400
    assert sign(caller, body).status_code == 400
    assert list_events(caller) == []


def test_a_large_delivery_is_taken_and_an_oversized_one_is_413(caller: Caller) -> None:
    assert deliver(caller, project_update(1, notes="x" * 200_000)).status_code == 200
    assert deliver(caller, project_update(2, notes="x" * 600_000)).status_code == 413


def test_what_a_database_cannot_keep_is_cleaned(caller: Caller) -> None:
    body = json.dumps(project_update(1, notes="a\x00b\ud800c")).replace('"id": 11', '"id": 1e999').encode()
    assert deliver(caller, body).status_code == 200
    [row] = list_events(caller)
    assert row.payload["fields"]["notes"] == "ab?c"
    assert row.payload["fields"]["id"] == "inf"


def test_what_is_switched_off_is_kept_and_ignored(database_url: str, redis_url: str) -> None:
    caller = Caller(make_settings(database_url, redis_url, **SECRETS, opensolar_webhook_enabled=False))
    assert deliver(caller, project_update()).status_code == 200
    [row] = list_events(caller)
    assert (row.status, row.error) == ("ignored", "OPENSOLAR_WEBHOOK_ENABLED is false")
    assert caller.count_jobs("vendors") == 0
    caller.close()


def test_models_that_concern_nobody_are_kept_and_ignored(caller: Caller) -> None:
    quote = {**project_update(), "model": "Quote"}
    assert deliver(caller, quote).status_code == 200
    assert [row.status for row in list_events(caller)] == ["ignored"]
    assert caller.count_jobs("vendors") == 0


@pytest.mark.parametrize(
    ("event", "query", "kind"),
    [
        ("design-request-completed", {"design_request_id": "r1", "status": "completed"}, "design_request_completed"),
        ("design-request-rejected", {"design_request_id": "r1", "status": "rejected"}, "design_request_rejected"),
        ("performance-simulation", {"design_id": "d1", "status": "completed"}, "performance_simulation_job_completed"),
        ("design_request_completed", {"design_request_id": "r1", "status": "designer_completed"}, None),
        ("web_proposal_url_created", {"design_id": "d1", "source": "agreement"}, None),
    ],
)
def test_auroras_calls_are_kept(caller: Caller, event: str, query: dict[str, str], kind: str | None) -> None:
    answer = call_aurora(caller, event, **query)
    assert (answer.status_code, answer.get_json()) == (200, {"received": True})
    [row] = list_events(caller)
    assert (row.vendor, row.event, row.status, row.key) == ("aurora", kind or event, "received", None)
    assert row.payload == {"event": event, "query": query}
    assert AURORA_SECRET not in json.dumps(row.headers)
    assert caller.count_jobs("vendors") == 1


@pytest.mark.parametrize(
    ("event", "query"),
    [
        ("design-request-completed", {}),
        ("design-request-completed", {"design_request_id": "r1"}),
        ("design-request-completed", {"design_request_id": "r1", "status": "rejected"}),
        ("design-request-rejected", {"design_request_id": "r1", "status": "completed"}),
        ("performance-simulation", {"status": "completed"}),
    ],
)
def test_the_documents_routes_want_their_parameters(caller: Caller, event: str, query: dict[str, str]) -> None:
    answer = call_aurora(caller, event, **query)
    assert (answer.status_code, answer.get_json()) == (400, {"error": "Missing or invalid params"})
    assert list_events(caller) == []


def test_an_unknown_event_is_kept_and_ignored(caller: Caller) -> None:
    assert call_aurora(caller, "moon_phase_changed", moon_id="m1").status_code == 200
    assert [(row.event, row.status) for row in list_events(caller)] == [("moon_phase_changed", "ignored")]
    assert caller.count_jobs("vendors") == 0


def test_other_methods_are_405(caller: Caller) -> None:
    assert caller.client.get(OPENSOLAR).status_code == 405
    assert caller.client.post(f"{AURORA}/design_created").status_code == 405


def test_a_flood_of_forgeries_does_not_shut_a_vendor_out(sqlite_url: str, redis_url: str) -> None:
    caller = Caller(make_settings(sqlite_url, redis_url, **SECRETS), RateLimit(per_second=0.001, burst=3))
    forged = [deliver(caller, project_update(), token="guess").status_code for _ in range(5)]
    true = [deliver(caller, project_update(number)).status_code for number in range(1, 5)]
    caller.close()
    assert (forged, true) == ([401, 401, 401, 429, 429], [200, 200, 200, 429])


def test_a_lost_redis_costs_a_webhook_nothing(database_url: str) -> None:
    caller = Caller(make_settings(database_url, DEAD_REDIS, **SECRETS))
    started = time.monotonic()
    answers = [deliver(caller, project_update(number)).status_code for number in range(1, 20)]
    assert (set(answers), len(list_events(caller))) == ({200}, 19)
    caller.close()
    assert time.monotonic() - started < 10


def test_a_lost_database_is_503(redis_url: str) -> None:
    caller = Caller(make_settings(DEAD_DATABASE, redis_url, **SECRETS))
    answers = [deliver(caller, project_update()), call_aurora(caller, "design_created", design_id="d1")]
    caller.close()
    assert [answer.status_code for answer in answers] == [503, 503]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = ["model", "model_id", "event", "event_id", "fields", "identifier", "project", "event_type", "timestamp"]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.dictionaries(st.sampled_from(NAMES), values), known=st.booleans())
def test_signed_nonsense_is_never_a_500(caller: Caller, body: dict[str, Any], known: bool) -> None:
    whole = {**project_update(), **body} if known else body
    assert deliver(caller, whole).status_code in (200, 400)
    assert sign(caller, whole).status_code in (200, 400)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    event=st.text(min_size=1, max_size=40).filter(lambda text: "/" not in text and text not in (".", "..")),
    query=st.dictionaries(st.sampled_from(["design_id", "design_request_id", "project_id", "status"]), st.text()),
)
def test_nonsense_of_auroras_is_never_a_500(caller: Caller, event: str, query: dict[str, str]) -> None:
    assert call_aurora(caller, event, **query).status_code in (200, 400, 404)
