"""Each rule that lets an accepted message fail, with the code that its status callback carries."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from tests.sandbox.receiver import wait_until
from tests.sandbox.rig import Rig
from tools.sandbox.twilio.send_rules import DELIVERY_RULES

TEXT = {"twilio/text": {"body": "Hello {{1}}, news of your roof."}}


def buttons(count: int, title: str = "Yes", payload: str = "p") -> dict[str, Any]:
    actions = [{"title": f"{title}{n}" if n else title, "id": f"{payload}{n}" if n else payload} for n in range(count)]
    return {"twilio/quick-reply": {"body": "Choose", "actions": actions}}


def entries(item: str) -> dict[str, Any]:
    return {"twilio/list-picker": {"body": "Pick", "button": "See", "items": [{"item": item, "id": "a"}]}}


@dataclass
class Case:
    """A send, or a Content with variables; `window` says whether the homeowner wrote within 24 hours."""

    code: int
    window: bool = True
    types: dict[str, Any] | None = None
    samples: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    outcome: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    homeowner: dict[str, Any] = field(default_factory=dict)


CASES: dict[str, list[tuple[Case, dict[str, Any]]]] = {
    # rule: the failing case, and what to change so that it arrives
    "reach_whatsapp": [(Case(63024, homeowner={"on_whatsapp": False}), {"homeowner": {}})],
    "use_live_template": [
        (Case(63040, window=False, types=TEXT, samples={"1": "Ada"}, outcome="rejected"), {"outcome": "approved"}),
        (Case(63041, window=False, types=TEXT, samples={"1": "Ada"}, outcome="paused"), {"outcome": "approved"}),
        (Case(63042, window=False, types=TEXT, samples={"1": "Ada"}, outcome="disabled"), {"outcome": "approved"}),
    ],
    "keep_window": [
        (Case(63016, window=False), {"window": True}),
        (Case(63016, window=False, types=TEXT, samples={"1": "Ada"}), {"outcome": "approved"}),
        (Case(63016, window=False, types=entries("Gas")), {"window": True}),
    ],
    "keep_contact_rate": [(Case(63018, settings={"contact_burst": 0.5}), {"settings": {"contact_burst": 1}})],
    "match_placeholders": [(Case(63028, types=TEXT), {"values": {"1": "Ada"}})],
    "forbid_empty_variable": [(Case(63013, types=TEXT, values={"1": " "}), {"values": {"1": "Ada"}})],
    "forbid_variable_newline": [(Case(63013, types=TEXT, values={"1": "A\nB"}), {"values": {"1": "A B"}})],
    "forbid_variable_gap": [(Case(63013, types=TEXT, values={"1": "A     B"}), {"values": {"1": "A    B"}})],
    "limit_rendered_template": [
        (
            Case(63021, types=TEXT, samples={"1": "Ada"}, values={"1": "x" * 1000}, outcome="approved"),
            {"values": {"1": "x" * 900}},
        ),
        (Case(63021, types=TEXT, values={"1": "x" * 1600}), {"values": {"1": "x" * 1500}}),
    ],
    "limit_session_buttons": [(Case(63021, types=buttons(4)), {"types": buttons(3)})],
    "limit_rendered_buttons": [
        (Case(63021, types=buttons(1, "{{1}}"), values={"1": "x" * 21}), {"values": {"1": "x" * 20}}),
        (Case(63021, types=buttons(1, "Yes", "{{1}}"), values={"1": "x" * 201}), {"values": {"1": "x" * 200}}),
    ],
    "limit_rendered_items": [
        (Case(63021, types=entries("{{1}}"), values={"1": "x" * 25}), {"values": {"1": "x" * 24}}),
    ],
}
ROWS = [
    pytest.param(case, change, id=f"{rule}-{number}")
    for rule, cases in CASES.items()
    for number, (case, change) in enumerate(cases)
]


def send_case(rig: Rig, case: Case) -> str:
    if case.window:
        rig.write(text="hello")
    rig.open.post("/sandbox/homeowners", json={"phone": "+14155550134", **case.homeowner})
    # The numbers of a bucket are read as they are, since half a token is none.
    rig.sandbox.world.options.contact_burst = case.settings.get("contact_burst", 45)
    if case.types is None:
        answer = rig.send(Body="A word from us")
    else:
        sid = rig.make_content(case.types, variables=case.samples)
        if case.outcome:
            rig.open.post("/sandbox/settings", json={"approval_outcome": case.outcome})
            assert rig.approve(sid).status_code == 201
        answer = rig.send_content(sid, ContentVariables=json.dumps(case.values) if case.values else None)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["sid"])


@pytest.mark.parametrize(("case", "change"), ROWS)
def test_accepted_then_failed(rig: Rig, case: Case, change: dict[str, Any]) -> None:
    sid = send_case(rig, case)
    assert rig.await_status(sid, "failed")["error_code"] == case.code
    wait_until(lambda: "failed" in rig.receiver.statuses, "the failed callback")
    told = next(call.fields for call in rig.receiver.calls if call.fields.get("MessageStatus") == "failed")
    assert (told["MessageSid"], told["ErrorCode"]) == (sid, str(case.code))
    assert told["ErrorMessage"]


@pytest.mark.parametrize(("case", "change"), ROWS)
def test_delivered_just_inside(rig: Rig, case: Case, change: dict[str, Any]) -> None:
    sid = send_case(rig, replace(case, **change))
    assert rig.await_status(sid, "delivered")["error_code"] is None


def test_every_rule_has_its_case() -> None:
    assert {rule.__name__ for rule in DELIVERY_RULES} == set(CASES)


def test_window_closes_after_a_day(talk: Rig) -> None:
    talk.advance(23 * 3600 + 3500)
    talk.await_status(talk.send(Body="still open").json()["sid"], "delivered")
    talk.advance(200)
    failed = talk.await_status(talk.send(Body="closed").json()["sid"], "failed")
    assert failed["error_code"] == 63016
    talk.write(text="I am back")
    talk.await_status(talk.send(Body="open again").json()["sid"], "delivered")


def test_contact_bucket_bursts_then_fails(talk: Rig) -> None:
    talk.open.post("/sandbox/settings", json={"contact_burst": 4, "contact_refill_seconds": 60})
    sids = [talk.send(Body=str(n)).json()["sid"] for n in range(5)]
    for sid in sids[:4]:
        talk.await_status(sid, "delivered")
    assert talk.await_status(sids[4], "failed")["error_code"] == 63018
