"""What the Content API refuses, one case per rule, and how templates are approved."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.receiver import wait_until
from tests.sandbox.rig import Rig
from tools.sandbox.twilio.content_rules import APPROVAL_CHECKS, RESOURCE_CHECKS, REVIEW_CHECKS, TYPE_CHECKS

Spec = dict[str, Any]


def reply(**change: Any) -> Spec:
    return {"twilio/quick-reply": {"body": "Own it?", "actions": [{"title": "Yes", "id": "y"}], **change}}


def picker(**change: Any) -> Spec:
    items = [{"item": "Gas", "id": "g", "description": "north"}]
    return {"twilio/list-picker": {"body": "Which?", "button": "See", "items": items, **change}}


def titled(*titles: str) -> list[Spec]:
    return [{"title": title, "id": title[:9]} for title in titles]


def listed(**change: Any) -> list[Spec]:
    return [{"item": "Gas", "id": "g", **change}]


def numbered(count: int) -> list[Spec]:
    return [{"item": f"Item {n}", "id": str(n)} for n in range(count)]


def call(**change: Any) -> Spec:
    action = {"type": "URL", "title": "Open", "url": "https://a.example", **change}
    return {"twilio/call-to-action": {"body": "See", "actions": [action]}}


def text(body: Any) -> Spec:
    return {"twilio/text": {"body": body}}


def card(**change: Any) -> Spec:
    action = {"type": "QUICK_REPLY", "title": "Yes", "id": "y"}
    return {"twilio/card": {"title": "Look", "media": ["http://a.example/b.png"], "actions": [action], **change}}


def place(latitude: Any) -> Spec:
    return {"twilio/location": {"latitude": latitude, "longitude": 1.5, "label": "Office"}}


# rule: [(refused, part of the complaint, accepted)]
TYPE_CASES: dict[str, list[tuple[Spec, str, Spec]]] = {
    "need_body": [(text(""), "body is required", text("x"))],
    "limit_text_body": [(text("x" * 1601), "1600", text("x" * 1600))],
    "limit_rich_body": [
        (reply(body="x" * 1025), "1024", reply(body="x" * 1024)),
        (picker(body="x" * 1025), "1024", picker(body="x" * 1024)),
    ],
    "count_actions": [
        (reply(actions=titled(*"abcdefghijk")), "1 to 10", reply(actions=titled(*"abcdefghij"))),
        (reply(actions=[]), "1 to 10", reply()),
    ],
    "limit_titles": [(reply(actions=titled("x" * 21)), "20", reply(actions=titled("x" * 20)))],
    "limit_payloads": [
        (
            reply(actions=[{"title": "a", "id": "x" * 201}]),
            "200",
            reply(actions=[{"title": "a", "id": "x" * 200}]),
        )
    ],
    "forbid_twin_titles": [(reply(actions=titled("a", "a")), "differ", reply(actions=titled("a", "b")))],
    "know_call_types": [(call(type="CALL_ME"), "type", call(type="PHONE_NUMBER", phone="+14155550100"))],
    "count_items": [
        (picker(items=numbered(11)), "1 to 10", picker(items=numbered(10))),
        (picker(items=[]), "1 to 10", picker()),
    ],
    "limit_items": [(picker(items=listed(item="x" * 25)), "24", picker(items=listed(item="x" * 24)))],
    "limit_descriptions": [
        (picker(items=listed(description="x" * 73)), "72", picker(items=listed(description="x" * 72)))
    ],
    "need_item_ids": [
        (picker(items=[{"item": "Gas"}]), "id is required", picker()),
        (picker(items=[*listed(), *listed()]), "differ", picker()),
    ],
    "limit_list_button": [(picker(button="x" * 21), "20", picker(button="x" * 20))],
    "need_media": [
        ({"twilio/media": {"body": "b", "media": []}}, "media", {"twilio/media": {"media": ["http://a.example"]}})
    ],
    "limit_card": [(card(title=""), "title", card()), (card(title="x" * 1025), "1024", card(title="x" * 1024))],
    "know_card_actions": [(card(actions=[{"type": "QUICK_REPLY", "title": "Yes"}]), "action", card())],
    "need_coordinates": [
        (place("north"), "required numbers", place(1.5)),
        (place(91), "out of range", place(90)),
    ],
}
TYPE_ROWS = [
    pytest.param(bad, words, good, id=f"{rule}-{number}")
    for rule, cases in TYPE_CASES.items()
    for number, (bad, words, good) in enumerate(cases)
]
RESOURCE_CASES: dict[str, tuple[Spec, str]] = {
    "need_language": ({"types": text("x"), "language": "English"}, "language"),
    "need_known_types": ({"types": {"twilio/poll": {}}, "language": "en"}, "unknown type"),
    "check_types": ({"types": text(""), "language": "en"}, "twilio/text: body"),
    "check_variables": ({"types": text("x"), "language": "en", "variables": {"1": 1}}, "variables"),
}
APPROVAL_CASES: dict[str, tuple[Spec, str]] = {
    "forbid_list_template": (picker(), "list-picker"),
    "forbid_location_template": (place(1), "location"),
    "limit_template_body": (text("x" * 1025), "1024"),
}
REVIEW_CASES: dict[str, str] = {
    "forbid_edge_variables": "{{1}} has news",
    "forbid_adjacent_variables": "News: {{1}} {{2}} today.",
}


@pytest.mark.parametrize(("bad", "words", "good"), TYPE_ROWS)
def test_content_outside_a_limit(rig: Rig, bad: Spec, words: str, good: Spec) -> None:
    answer = rig.create_content(bad)
    assert (answer.status_code, answer.json()["code"]) == (400, 20001)
    assert words in answer.json()["message"]
    assert rig.create_content(good).status_code == 201


@pytest.mark.parametrize("rule", RESOURCE_CASES)
def test_resource_is_malformed(rig: Rig, rule: str) -> None:
    resource, words = RESOURCE_CASES[rule]
    answer = rig.api.post("/v1/Content", json=resource)
    assert answer.status_code == 400
    assert words in answer.json()["message"]


def test_hundred_variables_at_most(rig: Rig) -> None:
    many = " ".join(f"a {{{{{n}}}}}" for n in range(101))
    assert "100 variables" in rig.create_content(text(many)).json()["message"]
    assert rig.create_content(text(many.replace("{{100}}", ""))).status_code == 201


@pytest.mark.parametrize("rule", APPROVAL_CASES)
def test_cannot_become_a_template(rig: Rig, rule: str) -> None:
    types, words = APPROVAL_CASES[rule]
    answer = rig.approve(rig.make_content(types))
    assert answer.status_code == 400
    assert words in answer.json()["message"]


@pytest.mark.parametrize("rule", REVIEW_CASES)
def test_review_rejects(rig: Rig, rule: str) -> None:
    sid = rig.make_content(text(REVIEW_CASES[rule]), variables={"1": "Ada", "2": "Bo"})
    assert rig.approve(sid).status_code == 201
    told = rig.api.get(f"/v1/Content/{sid}/ApprovalRequests").json()["whatsapp"]
    assert told["status"] == "rejected"
    assert told["rejection_reason"]


def test_review_wants_samples(rig: Rig) -> None:
    sid = rig.make_content(text("Hello {{1}}, news."))
    rig.approve(sid)
    assert "sample" in rig.api.get(f"/v1/Content/{sid}/ApprovalRequests").json()["whatsapp"]["rejection_reason"]


def test_every_rule_has_its_case() -> None:
    checks = {check.__name__ for checks in TYPE_CHECKS.values() for check in checks}
    assert checks == set(TYPE_CASES)
    assert {check.__name__ for check in RESOURCE_CHECKS} == set(RESOURCE_CASES)
    assert {check.__name__ for check in APPROVAL_CHECKS} == set(APPROVAL_CASES)
    assert {check.__name__ for check in REVIEW_CHECKS} == set(REVIEW_CASES)


@pytest.mark.parametrize("wish", [{"name": "Has Spaces"}, {"category": "PERSONAL"}])
def test_approval_request_is_validated(rig: Rig, wish: Spec) -> None:
    assert rig.approve(rig.make_content(text("Hello there")), **wish).status_code == 400


def test_approval_takes_its_time(rig: Rig) -> None:
    rig.open.post("/sandbox/settings", json={"approval_delay": 3600})
    sid = rig.make_content(text("Hello there"))
    path = f"/v1/Content/{sid}/ApprovalRequests"
    assert rig.api.get(path).json()["whatsapp"]["status"] == "unsubmitted"
    assert rig.approve(sid).json()["status"] == "received"
    assert rig.api.get(path).json()["whatsapp"]["status"] == "received"
    assert rig.await_status(rig.send_content(sid).json()["sid"], "failed")["error_code"] == 63016
    rig.advance(3600)
    assert rig.api.get(path).json()["whatsapp"]["status"] == "approved"
    rig.await_status(rig.send_content(sid).json()["sid"], "delivered")


def test_template_reaches_a_closed_window_with_its_values(rig: Rig) -> None:
    sid = rig.make_content(text("Hello {{1}}, your roof is {{2}} now."), variables={"1": "Ada", "2": "seen"})
    rig.approve(sid)
    sent = rig.send_content(sid, ContentVariables='{"1": "Maya"}').json()
    assert sent["body"] == "Hello Maya, your roof is seen now."
    rig.await_status(sent["sid"], "delivered")
    accepted = rig.ledger("message_accepted")[0]
    assert (accepted["in_window"], accepted["content_sid"], accepted["body"]) == (False, sid, sent["body"])


def test_content_is_listed_fetched_deleted(rig: Rig) -> None:
    sids = [rig.make_content(text(f"Number {n}")) for n in range(5)]
    first = rig.api.get("/v1/Content", params={"PageSize": 3}).json()
    second = rig.api.get(first["meta"]["next_page_url"]).json()
    assert [content["sid"] for content in first["contents"] + second["contents"]] == sids[::-1]
    assert second["meta"]["next_page_url"] is None
    assert rig.api.get(f"/v1/Content/{sids[0]}").json()["types"] == text("Number 0")
    assert rig.api.delete(f"/v1/Content/{sids[0]}").status_code == 204
    assert rig.api.get(f"/v1/Content/{sids[0]}").json()["code"] == 20404
    assert rig.send_content(sids[0]).json()["code"] == 21655


def test_approvals_are_listed_with_their_content(rig: Rig) -> None:
    plain, template = (rig.make_content(text(f"Number {n}")) for n in range(2))
    rig.approve(template)
    listed = rig.api.get("/v1/ContentAndApprovals").json()["contents"]
    states = [(content["sid"], content["approval_requests"]["status"]) for content in listed]
    assert states == [(template, "approved"), (plain, "unsubmitted")]


def test_buttons_and_lists_are_tapped(talk: Rig) -> None:
    asked = talk.send_content(talk.make_content(reply(actions=titled("Yes", "No")))).json()["sid"]
    talk.write(tap={"id": "No"})
    listing = talk.send_content(talk.make_content(picker())).json()["sid"]
    talk.write(tap={"title": "Gas"})
    wait_until(lambda: len(talk.receiver.webhooks) == 3, "three webhooks")
    button, entry = (call.fields for call in talk.receiver.webhooks[1:])
    assert (button["ButtonText"], button["ButtonPayload"], button["Body"]) == ("No", "No", "No")
    assert (button["MessageType"], button["OriginalRepliedMessageSid"]) == ("interactive", asked)
    assert (entry["ListTitle"], entry["ListId"], entry["OriginalRepliedMessageSid"]) == ("Gas", "g", listing)


def test_only_what_was_offered_can_be_tapped(talk: Rig) -> None:
    answer = talk.open.post("/sandbox/homeowners/+14155550134/messages", json={"tap": {"id": "never"}})
    assert answer.status_code == 400
