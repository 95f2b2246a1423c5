"""Each rule that refuses a send at once, and what lies just inside it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.rig import MAYA, Rig
from tools.sandbox.options import SENDER
from tools.sandbox.twilio.send_rules import INPUT_RULES

# rule: (form that is refused, code, form that is accepted)
CASES: dict[str, tuple[dict[str, Any], int, dict[str, Any]]] = {
    "need_to": ({"To": None, "Body": "x"}, 21604, {"Body": "x"}),
    "check_to": ({"To": "whatsapp:+1", "Body": "x"}, 21211, {"To": "whatsapp:+14155550199", "Body": "x"}),
    "need_from": ({"From": None, "Body": "x"}, 21603, {"From": None, "MessagingServiceSid": "MG1", "Body": "x"}),
    "check_from": ({"From": "whatsapp:+14155550101", "Body": "x"}, 63007, {"From": SENDER, "Body": "x"}),
    "forbid_self": ({"To": SENDER, "Body": "x"}, 63031, {"Body": "x"}),
    "need_something": ({}, 21619, {"Body": "x"}),
    "limit_body": ({"Body": "x" * 1601}, 21617, {"Body": "x" * 1600}),
    "limit_media_count": ({"MediaUrl": ["http://a.example/1", "http://a.example/2"]}, 21623, {"Body": "x"}),
    "check_media_urls": ({"MediaUrl": "ftp://a.example/1"}, 21620, {"MediaUrl": "http://127.0.0.1:9/1"}),
    "know_content": ({"ContentSid": "HX" + "0" * 32}, 21655, {"ContentSid": "made"}),
    "check_variables_json": (
        {"ContentSid": "made", "ContentVariables": "{'1': 'x'}"},
        21656,
        {"ContentSid": "made", "ContentVariables": '{"1": "x"}'},
    ),
    "limit_variables": (
        {"ContentSid": "made", "ContentVariables": json.dumps({str(n): "x" for n in range(101)})},
        21656,
        {"ContentSid": "made", "ContentVariables": json.dumps({str(n): "x" for n in range(100)})},
    ),
    "respect_opt_out": ({"To": "whatsapp:+16025550173", "Body": "x"}, 21610, {"Body": "x"}),
}


@pytest.fixture
def ready(talk: Rig) -> Rig:
    talk.open.post("/sandbox/homeowners", json={"phone": "+16025550173", "opted_out": True})
    return talk


def fill(rig: Rig, form: dict[str, Any]) -> dict[str, Any]:
    if form.get("ContentSid") != "made":
        return form
    return {**form, "ContentSid": rig.make_content({"twilio/text": {"body": "Hi {{1}}"}}, variables={"1": "Ada"})}


@pytest.mark.parametrize("rule", CASES)
def test_refused_at_once(ready: Rig, rule: str) -> None:
    form, code, _ = CASES[rule]
    answer = ready.send(**fill(ready, form))
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["status"]) == (400, code, 400)
    assert problem["message"]
    assert problem["more_info"] == f"https://www.twilio.com/docs/errors/{code}"
    assert ready.ledger("message_accepted") == []


@pytest.mark.parametrize("rule", CASES)
def test_accepted_just_inside(ready: Rig, rule: str) -> None:
    answer = ready.send(**fill(ready, CASES[rule][2]))
    assert answer.status_code == 201, answer.text


def test_every_rule_has_its_case() -> None:
    assert {rule.__name__ for rule in INPUT_RULES} == set(CASES)


def test_accepted_message_has_twilios_shape(talk: Rig) -> None:
    message = talk.send(Body="Hello").json()
    assert message["sid"].startswith("SM")
    assert len(message["sid"]) == 34
    assert (message["status"], message["direction"], message["body"]) == ("queued", "outbound-api", "Hello")
    assert (message["to"], message["from"], message["num_media"]) == (f"whatsapp:{MAYA}", SENDER, "0")
    assert message["error_code"] is None
    assert message["uri"].endswith(f"/Messages/{message['sid']}.json")


def test_wrong_credentials_are_refused(rig: Rig) -> None:
    for credentials in (None, ("AC0", "sandbox-auth-token"), (rig.sandbox.world.options.account_sid, "wrong")):
        answer = rig.open.post(rig.messages_path, data={"Body": "x"}, auth=credentials)
        assert (answer.status_code, answer.json()["code"]) == (401, 20003)


def test_another_account_is_not_found(rig: Rig) -> None:
    answer = rig.api.get("/2010-04-01/Accounts/AC00/Messages.json")
    assert (answer.status_code, answer.json()["code"]) == (404, 20404)


def test_api_rate_is_limited_when_configured(talk: Rig) -> None:
    talk.open.post("/sandbox/settings", json={"api_per_second": 3})
    answers = [talk.send(Body="x") for _ in range(6)]
    busy = [answer for answer in answers if answer.status_code == 429]
    assert len(busy) >= 2
    assert busy[0].json()["code"] == 20429
    assert int(busy[0].headers["Retry-After"]) >= 1
