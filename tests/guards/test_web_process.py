"""The web process is light, and every one of its routes says how its caller is known."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from bot.app import create_app
from bot.settings import load_settings
from bot.web.auth import WAYS, authenticated_by
from tests.source import ROOT

HEAVY = (
    *("langchain", "langchain_core", "langsmith", "openai", "anthropic", "httpx2", "pandas", "twilio.rest", "aiohttp"),
    *("numpy", "usaddress"),
)
SHOW_MODULES = "import json, sys, wsgi; print(json.dumps(sorted(sys.modules)))"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    environ = {"SECRET_KEY": "0123456789abcdef", "DATABASE_URL": f"sqlite:///{tmp_path / 'web.db'}"}
    yield create_app(load_settings(environ))


def test_the_web_process_loads_nothing_heavy(tmp_path: Path) -> None:
    environ = {**os.environ, "SECRET_KEY": "0123456789abcdef", "DATABASE_URL": f"sqlite:///{tmp_path / 'web.db'}"}
    answer = subprocess.run(
        [sys.executable, "-c", SHOW_MODULES], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    modules = json.loads(answer.stdout)
    assert "flask" in modules
    assert not [module for module in modules if module in HEAVY or module.startswith("langchain")]


def test_every_route_declares_its_authentication(app: Flask) -> None:
    rules = list(app.url_map.iter_rules())
    assert {"/webhooks/twilio/message", "/healthz"} <= {rule.rule for rule in rules}
    declared = {rule.rule: getattr(app.view_functions[rule.endpoint], "authenticated_by", None) for rule in rules}
    assert not [rule for rule, way in declared.items() if way not in WAYS]


def test_only_health_is_public(app: Flask) -> None:
    """What is public is listed here, so that opening a route is a decision."""
    public = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], "authenticated_by", None) == "public"
    }
    assert public == {"/healthz", "/readyz", "/metrics"}


def test_unsigned_requests_are_refused_where_a_signature_is_declared(app: Flask) -> None:
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        if getattr(app.view_functions[rule.endpoint], "authenticated_by", None) == "twilio-signature":
            assert client.post(rule.rule, data={"MessageSid": "SM1"}).status_code == 403


@pytest.mark.parametrize("way", ["opensolar-token", "aurora-token"])
def test_vendors_without_their_token_are_refused(app: Flask, way: str) -> None:
    client = app.test_client()
    rules = [rule for rule in app.url_map.iter_rules() if _names_way(app, rule.endpoint) == way]
    assert rules
    for rule in rules:
        path = rule.rule.replace("<event>", "design_created")
        assert client.open(path, method="POST" if "POST" in (rule.methods or ()) else "GET").status_code == 401


def _names_way(app: Flask, endpoint: str) -> object:
    return getattr(app.view_functions[endpoint], "authenticated_by", None)


def test_an_unknown_way_is_refused() -> None:
    with pytest.raises(ValueError, match="hope"):
        authenticated_by("hope")
