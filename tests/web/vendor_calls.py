"""Calls our webhooks as OpenSolar, Aurora, and middleware built to the documents do."""

import hashlib
import hmac
import json
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from db.vendor_events import VendorEventRow
from tests.web.caller import Caller

OPENSOLAR, AURORA = "/webhooks/opensolar", "/webhooks/aurora"
SECRET, OLD_SECRET = "opensolar-secret-for-tests", "opensolar-secret-of-last-month"  # nosec B105
AURORA_SECRET = "aurora-secret-for-tests"  # nosec B105


def deliver(caller: Caller, body: Any, token: str = SECRET, **headers: str) -> TestResponse:
    """OpenSolar's own delivery: a static token in a header."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return caller.client.post(OPENSOLAR, data=data, headers={"X-Webhook-Token": token, **headers})


def sign(caller: Caller, body: Any, secret: str = SECRET) -> TestResponse:
    """The documents' shape: an HMAC of the raw body."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    signature = hmac.new(secret.encode(), data, hashlib.sha256).hexdigest()
    return caller.client.post(OPENSOLAR, data=data, headers={"X-OpenSolar-Signature": signature})


def call_aurora(caller: Caller, event: str, token: str = AURORA_SECRET, **query: str) -> TestResponse:
    return caller.client.get(f"{AURORA}/{event}", query_string=query, headers={"X-Aurora-Webhook-Token": token})


def list_events(caller: Caller) -> list[Any]:
    with caller.engine.connect() as connection:
        return list(connection.execute(select(VendorEventRow.__table__).order_by(VendorEventRow.id)).all())


def project_update(number: int = 1, project: int = 11, **fields: Any) -> dict[str, Any]:
    return {
        "timestamp": "1795200000",
        "model": "Project",
        "model_id": project,
        "identifier": "hg-1-abc123",
        "event": "UPDATE",
        "event_id": number,
        "fields": {"id": project, **fields},
    }


def event_created(number: int, kind: int, event_id: int = 500, project: int = 11) -> dict[str, Any]:
    fields = {"id": event_id, "event_type_id": kind, "project": f"/api/orgs/15/projects/{project}/"}
    return {
        "timestamp": "1795200000",
        "model": "Event",
        "model_id": event_id,
        "identifier": "hg-1-abc123",
        "event": "CREATE",
        "event_id": number,
        "fields": fields,
    }
