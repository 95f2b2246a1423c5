"""Keys from the command line: shown once, listed without their secret, revoked."""

import pytest

from tests.web.caller import make_settings
from tools import api_keys


@pytest.fixture(autouse=True)
def ours(database_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tool reads its settings as any process does."""
    settings = make_settings(database_url, redis_url)
    monkeypatch.setenv("DATABASE_URL", settings.database_url)


def test_a_key_is_made_listed_and_revoked(capsys: pytest.CaptureFixture[str]) -> None:
    assert api_keys.main(["create", "Sunny Homes", "--scope", "incentives", "--company", "sunny", "--days", "30"]) == 0
    key = capsys.readouterr().out.strip()
    assert key.startswith("hg_live_")
    assert api_keys.main(["list"]) == 0
    listed = capsys.readouterr().out
    assert "Sunny Homes  incentives  expires" in listed
    assert key not in listed
    number = listed.split()[0]
    assert [api_keys.main(["revoke", number]), api_keys.main(["revoke", number])] == [0, 1]
    assert f"no key {number}" in capsys.readouterr().err


def test_a_wrong_network_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert api_keys.main(["create", "x", "--ip", "not-a-network"]) == 1
    assert "not-a-network" in capsys.readouterr().err
