"""What is written down of a call: nothing that lets anybody in, and nobody's words or whereabouts."""

import json
from typing import Any

import pytest

from integrations.aurora.subscriptions import build_webhook
from integrations.exchange import record_value


def test_the_secrets_of_subscriptions_are_hidden() -> None:
    ours = build_webhook("https://bot.example.com", "a-webhook-secret", "design_created")
    theirs = {"endpoint": "https://bot.example.com", "headers": json.dumps({"X-Webhook-Token": "a-webhook-secret"})}
    assert "a-webhook-secret" not in record_value(ours) + record_value(theirs)


@pytest.mark.parametrize(
    "sent",
    [
        {"notes": "Second contact: Bob Smith; 12 Sample Rd"},
        {"design_request": {"project_id": "p", "notes": "Bob Smith is at home; 12 Sample Rd"}},
        {"project": {"share_link": "https://vendor.example.com/share/Sample"}},
        {"connect_url": "https://vendor.example.com/sunny/refId/Sample"},
    ],
)
def test_words_and_links_are_hidden(sent: Any) -> None:
    recorded = record_value(sent)
    assert "Smith" not in recorded and "Sample" not in recorded
