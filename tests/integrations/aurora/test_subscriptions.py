"""Our webhooks at Aurora: each event once."""

from typing import Any

import pytest

from integrations.aurora.client import AuroraClient
from integrations.aurora.subscriptions import build_webhook
from integrations.aurora.webhook import EVENTS
from integrations.errors import Unauthorised
from tests.integrations.aurora.fake import FakeAurora, refuse
from tests.integrations.stub_api import Answer

URL = "https://bot.example"
LEFT = {"event": "design_created", "url_template": "https://other.example/webhooks/aurora/design_created", "id": "x"}


def list_ours(**changes: Any) -> list[dict[str, Any]]:
    """Every subscription as it should be, changed for one event."""
    ours = [{"id": f"w-{event}", **build_webhook(URL, "secret-1", event)} for event in EVENTS]
    return [{**one, **changes} if one["event"] == "project_changed" else one for one in ours]


def test_one_for_each_event(client: AuroraClient, fake: FakeAurora) -> None:
    fake.say("GET webhooks", {"webhooks": [LEFT]})
    fake.say("POST webhooks", Answer(201, {"webhook": {"id": "w-1"}}))
    said = client.register_webhooks(f"{URL}/", "secret-1")
    assert said == [f"{event}: subscribed." for event in EVENTS]
    sent = [body["webhook"] for body in fake.bodies("POST webhooks")]
    assert [one["event"] for one in sent] == list(EVENTS)
    assert all(one["enabled"] and one["header_auth_key"] == "X-Aurora-Webhook-Token" for one in sent)
    assert {one["header_auth_value"] for one in sent} == {"secret-1"}
    completed = next(one for one in sent if one["event"] == "design_request_completed")
    assert completed["url_template"] == (
        "https://bot.example/webhooks/aurora/design_request_completed"
        "?design_request_id=<DESIGN_REQUEST_ID>&status=<STATUS>"
    )


def test_again_changes_nothing(client: AuroraClient, fake: FakeAurora) -> None:
    fake.say("GET webhooks", {"webhooks": [LEFT, *list_ours()]})
    said = client.register_webhooks(URL, "secret-1")
    assert said == [f"{event}: was subscribed already." for event in EVENTS]
    assert fake.calls() == ["GET webhooks"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"enabled": False}, "enabled again"),
        ({"header_auth_value": "secret-0"}, "written again"),
        ({"header_auth_key": None}, "written again"),
        ({"url_template": f"{URL}/webhooks/aurora/project_changed"}, "written again"),
    ],
)
def test_what_is_not_as_it_should_be(client: AuroraClient, fake: FakeAurora, changes: Any, said: str) -> None:
    fake.say("GET webhooks", list_ours(**changes))
    fake.say("PUT webhooks/w-project_changed", {"webhook": {}})
    assert f"project_changed: {said}." in client.register_webhooks(URL, "secret-1")
    (sent,) = fake.bodies("PUT webhooks/w-project_changed")
    assert sent == {"webhook": build_webhook(URL, "secret-1", "project_changed")}
    assert len(fake.calls()) == 2


def test_an_event_that_is_refused_does_not_stop_the_rest(client: AuroraClient, fake: FakeAurora) -> None:
    fake.say("GET webhooks", {"webhooks": []})
    fake.say("POST webhooks", refuse(422, "unknown attribute"), Answer(201, {}))
    first, *others = client.register_webhooks(URL, "secret-1")
    assert first.startswith("agreement_status_changed: not subscribed.") and "unknown attribute" in first
    assert len(others) == len(EVENTS) - 1 and all(one.endswith(": subscribed.") for one in others)


def test_a_wrong_key_stops_everything(client: AuroraClient, fake: FakeAurora) -> None:
    fake.say("GET webhooks", {"webhooks": []})
    fake.say("POST webhooks", refuse(401, "no"))
    with pytest.raises(Unauthorised):
        client.register_webhooks(URL, "secret-1")
    assert len(fake.calls()) == 2
