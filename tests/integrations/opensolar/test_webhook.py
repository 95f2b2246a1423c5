"""OpenSolar's deliveries and the documents' shape: who sent it, and what does it hint at."""

import hashlib
import hmac
import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.opensolar.webhook import parse, verify
from integrations.vendor import Hint
from tests.source import ROOT

BODY = b'{"model": "Project"}'
SECRETS = ("new-secret", "old-secret")


def sign(secret: str, body: bytes = BODY) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


@pytest.mark.parametrize(
    ("headers", "proof"),
    [
        ({"X-Webhook-Token": "new-secret"}, "token"),
        ({"x-webhook-token": "old-secret"}, "token"),
        ({"X-Webhook-Token": "newer-secret"}, ""),
        ({"X-Webhook-Token": ""}, ""),
        ({"X-Webhook-Token": "né-secret"}, ""),
        ({}, ""),
        ({"X-OpenSolar-Signature": sign("new-secret")}, "signature"),
        ({"x-opensolar-signature": "sha256=" + sign("old-secret").upper()}, "signature"),
        ({"X-OpenSolar-Signature": sign("other")}, ""),
        ({"X-OpenSolar-Signature": sign("new-secret", BODY + b" ")}, ""),
        ({"X-OpenSolar-Signature": "new-secret"}, ""),
        ({"X-Webhook-Token": sign("new-secret")}, ""),
        ({"X-OpenSolar-Signature": sign("new-secret"), "X-Webhook-Token": "wrong"}, "signature"),
    ],
)
def test_who_sent_it(headers: dict[str, str], proof: str) -> None:
    assert verify(SECRETS, headers, BODY) == proof


@pytest.mark.parametrize("secrets", [(), ("",)])
def test_without_a_secret_everything_is_refused(secrets: tuple[str, ...]) -> None:
    assert verify(secrets, {"X-Webhook-Token": "", "X-OpenSolar-Signature": sign("")}, BODY) == ""


def read(content: Any, proof: Any = "token") -> Hint:
    return parse(json.dumps(content).encode(), proof)


def delivery(model: str = "Project", event: str = "UPDATE", **values: Any) -> dict[str, Any]:
    common = {"timestamp": "1795200000", "model_id": 12, "identifier": "hg-1-a1b2c3", "event_id": 992, "fields": {}}
    return {"model": model, "event": event, **common, **values}


def test_a_project() -> None:
    hint = read(delivery(fields={"id": 12, "installation_date": "2026-12-01"}))
    assert hint == Hint("Project.UPDATE", "opensolar:Project:12:UPDATE:992", "12", "hg-1-a1b2c3")


@pytest.mark.parametrize(
    "project", ["/api/orgs/15/projects/11/", "https://api.opensolar.com/api/orgs/15/projects/11/", 11]
)
def test_an_event(project: Any) -> None:
    fields = {"id": 5, "event_type_id": 3, "project": project, "contact": "/api/orgs/15/contacts/6/"}
    hint = read(delivery("Event", "CREATE", model_id=5, event_id=991, fields=fields))
    assert (hint.key, hint.project_id, hint.objects) == ("opensolar:Event:5:CREATE:991", "11", {"event": "5"})
    assert (hint.ignored, hint.facts) == ("", None)


def test_a_deletion_has_no_fields() -> None:
    content = delivery("Event", "DELETE", model_id=5)
    del content["fields"]
    hint = read(content)
    assert (hint.project_id, hint.objects, hint.ignored) == ("", {"event": "5"}, "")


@pytest.mark.parametrize("model", ["Contact", "Quote", "QuoteActivityLog", "SomethingNew"])
def test_what_concerns_no_homeowner_is_ignored(model: str) -> None:
    hint = read(delivery(model))
    assert hint.ignored.endswith(".") and hint.project_id == ""


def test_facts_need_a_signature_of_their_own_shape() -> None:
    assert read(delivery(), "signature").facts is None
    assert read({"event_type": "project.contract_signed", "project": {"id": 1}}, "token").facts is None


def test_no_event_id_no_key() -> None:
    for missing in (None, "", "abc", True):
        assert read(delivery(event_id=missing)).key == ""


PROJECT = {"id": 11, "status": "proposal", "proposal_url": "https://o.example/p/1?t=2", "installation_date": None}


@pytest.mark.parametrize(
    ("event", "project", "facts"),
    [
        ("project.status_changed", {"status": "contract"}, {"status": "scheduled"}),
        ("project.status_changed", {"status": "installation"}, {"status": "in_progress"}),
        ("project.status_changed", {"status": "on the moon"}, {}),
        ("project.design_complete", {"system_size_kw": "6.2"}, {"design": {"kw": 6.2}, "status": "pending"}),
        ("project.design_complete", {"status": "design"}, {"design": {}, "status": "pending"}),
        ("project.proposal_sent", {}, {"proposal": PROJECT["proposal_url"], "status": "pending"}),
        ("project.proposal_viewed", {"proposal_url": ""}, {"viewed": True, "status": "pending"}),
        ("project.contract_signed", {"status": "", "proposal_url": None}, {"sealed": True, "status": "scheduled"}),
        (
            "project.installation_scheduled",
            {"status": "", "installation_date": "2026-12-01T08:00:00Z"},
            {"installation_date": "2026-12-01"},
        ),
        ("project.installation_complete", {"status": ""}, {"installed": True, "status": "completed"}),
        ("project.payment_received", {"status": "", "payment": 1}, {"payments": ["ev-7"]}),
        ("", {"status": ""}, {"proposal": PROJECT["proposal_url"]}),
    ],
)
def test_the_documents_shape(event: str, project: dict[str, Any], facts: dict[str, Any]) -> None:
    content = {"event_type": event, "event_id": "ev-7", "project": {**PROJECT, **project}}
    hint = read(content, "signature")
    assert (hint.facts, hint.project_id, hint.ignored) == (facts, "11", "")
    assert hint.key == f"sig:{hashlib.sha256(json.dumps(content).encode()).hexdigest()}"
    assert read({name: value for name, value in content.items() if name != "event_id"}, "signature").key == ""


def test_the_same_payment_twice_is_one() -> None:
    content = {"event_type": "project.payment_received", "project": {"id": 11}}
    first, second = read(content, "signature").facts, read(content, "signature").facts
    assert first == second and first and len(first["payments"]) == 1
    named = read({**content, "payment": {"id": 31}}, "signature").facts
    assert named == {"payments": ["31"]}


def test_an_event_nobody_knows_is_ignored() -> None:
    hint = read({"event_type": "project.on_fire", "project": {"id": 11}}, "signature")
    assert hint.ignored and hint.facts is None


MALFORMED: list[Any] = [
    [],
    "text",
    7,
    None,
    {},
    {"project": {}},
    {"project": [1]},
    {"project": {"id": "x/y"}},
    {"project": {"id": True}},
    {"event_type": 5, "project": {"id": 1}},
    {"event_type": "project.proposal_sent", "project": {"id": 1, "proposal_url": "javascript:alert(1)"}},
    {"project": {"id": 1, "installation_date": "01.12.2026"}},
    delivery(model=7),
    delivery(model=""),
    delivery(event="EXPLODE"),
    delivery(model_id="../1"),
    delivery(model_id=None),
]


@pytest.mark.parametrize("content", MALFORMED)
def test_malformed(content: Any) -> None:
    with pytest.raises(ValueError):
        read(content, "signature")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"[" * 700 + b"]" * 700, b"<xml/>"])
def test_no_json(body: bytes) -> None:
    with pytest.raises(ValueError):
        parse(body, "token")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NAMES = ("model", "model_id", "event", "event_id", "identifier", "fields", "project", "event_type", "payment", "id")


@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING), st.sampled_from(["token", "signature"]))
def test_whatever_comes_is_a_hint_or_malformed(content: dict[str, Any], proof: Any) -> None:
    try:
        hint = read(content, proof)
    except ValueError:
        return
    assert isinstance(hint, Hint) and hint.project_id.isdigit() | (hint.project_id == "")


def test_the_web_process_needs_no_http_client() -> None:
    program = "import json, sys, integrations.opensolar.webhook; print(json.dumps(sorted(sys.modules)))"
    output = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    assert not {"httpx", "httpcore", "phonenumbers", "integrations.api"} & set(json.loads(output))


def test_texts_that_no_database_takes() -> None:
    hint = parse(b'{"model": "Project", "model_id": 1, "event": "UPDATE", "identifier": "hg\\u0000-1\\ud800"}', "token")
    assert hint.reference == "hg-1?"
    with pytest.raises(ValueError):
        read({"event_type": "a\nb", "project": {"id": 1}}, "signature")
