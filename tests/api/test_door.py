"""Who is let in, and in which words the others are refused."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.api_keys import is_allowed, make_key
from bot.web.limits import RateLimit
from db.api_key_rows import find_key, list_keys, revoke_key
from db.api_keys import ApiKey
from tests.api.holder import Holder


def test_a_key_opens(holder: Holder) -> None:
    assert holder.call("GET", "/status").status_code == 200
    with holder.engine.connect() as connection:
        key = list_keys(connection)[0]
    assert key.last_used_at is not None
    assert holder.key not in str(key)


def test_both_headers_are_refused(holder: Holder) -> None:
    answer = holder.call("GET", "/status", Authorization="Bearer x")
    assert (answer.status_code, answer.json) == (400, {"error": "Provide either x-api-key OR Authorization, not both."})


def test_no_key_is_refused(holder: Holder) -> None:
    answer = holder.call("GET", "/status", x_api_key="")
    assert (answer.status_code, answer.json) == (401, {"error": "Missing x-api-key header"})


def test_a_wrong_key_is_refused(holder: Holder) -> None:
    answer = holder.call("GET", "/status", x_api_key=holder.key[:-1])
    assert (answer.status_code, answer.json) == (403, {"error": "Invalid API key"})


def test_a_revoked_key_is_refused(holder: Holder) -> None:
    with holder.engine.begin() as connection:
        assert revoke_key(connection, connection.execute(select(ApiKey.id)).scalar_one())
    assert holder.call("GET", "/status").json == {"error": "Invalid API key"}


def test_an_expired_key_is_refused(holder: Holder) -> None:
    holder.key = make_key(holder.engine, "old", ["status"], expires_at=datetime.now(UTC) - timedelta(seconds=1))
    answer = holder.call("GET", "/status")
    assert (answer.status_code, answer.json) == (403, {"error": "API key has expired"})


def test_another_address_is_refused(holder: Holder) -> None:
    holder.key = make_key(holder.engine, "far", ["status"], allowed_ips=["192.0.2.0/24"])
    answer = holder.call("GET", "/status")
    assert (answer.status_code, answer.json) == (403, {"error": "IP address not allowed"})


def test_a_key_without_the_scope_is_refused(holder: Holder) -> None:
    holder.key = make_key(holder.engine, "narrow", ["incentives"])
    answer = holder.call("GET", "/status")
    assert (answer.status_code, answer.json) == (403, {"error": "API key lacks the scope status"})


def test_a_stranger_is_slowed_down(holder: Holder) -> None:
    statuses = {holder.call("GET", "/status", x_api_key="wrong").status_code for _ in range(300)}
    assert statuses == {403, 429}


@pytest.mark.parametrize(
    ("address", "networks", "allowed"),
    [
        ("192.0.2.7", [], True),
        ("192.0.2.7", ["192.0.2.0/24"], True),
        ("::ffff:192.0.2.7", ["192.0.2.7/32"], True),
        ("198.51.100.1", ["192.0.2.0/24", "2001:db8::/32"], False),
        ("2001:db8::1", ["192.0.2.0/24", "2001:db8::/32"], True),
        ("", ["192.0.2.0/24"], False),
    ],
)
def test_networks(address: str, networks: list[str], allowed: bool) -> None:
    assert is_allowed(address, networks) is allowed


def test_keys_want_known_scopes_and_real_networks(holder: Holder) -> None:
    with pytest.raises(ValueError, match="no scope everything"):
        make_key(holder.engine, "x", ["everything"])
    with pytest.raises(ValueError, match="at least one scope"):
        make_key(holder.engine, "x", [])
    with pytest.raises(ValueError, match=r"192\.0\.2\.300"):
        make_key(holder.engine, "x", ["status"], allowed_ips=["192.0.2.300"])


def test_an_unknown_digest_finds_nothing(holder: Holder) -> None:
    with holder.engine.connect() as connection:
        assert find_key(connection, "0" * 64) is None


def test_limits_are_per_source() -> None:
    limit = RateLimit(per_second=0.0, burst=1.0)
    assert [limit.allows("a"), limit.allows("a"), limit.allows("b")] == [True, False, True]


@pytest.mark.parametrize("path", ["/projects/{}", "/operations/{}"])
def test_a_number_beyond_any_id_is_404(holder: Holder, path: str) -> None:
    assert holder.call("GET", path.format(2**63)).status_code == 404
