"""Signed POSTs to the app, with the documented retries, fallback and ledger lines."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from twilio.request_validator import RequestValidator

from tools.sandbox.courier import Attempt, post_form, read_policy, strip_fragment
from tools.sandbox.world import World


def sign_form(token: str, url: str, fields: dict[str, str]) -> str:
    """`X-Twilio-Signature` over the URL without its fragment."""
    return str(RequestValidator(token).compute_signature(strip_fragment(url), fields))


def deliver_form(world: World, url: str, fields: dict[str, str], token: str | None = None) -> Iterator[Attempt]:
    """POST until acknowledged or the retries are used up; yields each attempt as it ends."""
    policy = read_policy(url)
    headers = {
        "X-Twilio-Signature": sign_form(world.options.auth_token, url, fields),
        "I-Twilio-Idempotency-Token": token or str(uuid.uuid4()),
        "Accept": "*/*",
    }
    for number in range(1, policy.retries + 2):
        attempt = post_form(strip_fragment(url), fields, headers, number=number)
        yield attempt
        if not policy.wants_retry(attempt) or world.stopping.is_set():
            return


def deliver_fallback(world: World, fields: dict[str, str], failed: Attempt) -> Attempt | None:
    """One POST to the fallback address, where one is configured."""
    url = world.options.fallback_url
    if not url:
        return None
    told = {**fields, "ErrorCode": "11200", "ErrorUrl": strip_fragment(world.options.webhook_url)}
    headers = {"X-Twilio-Signature": sign_form(world.options.auth_token, url, told)}
    return post_form(strip_fragment(url), told, headers, number=failed.number + 1)
