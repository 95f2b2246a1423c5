"""Making OpenSolar call us: one webhook, whose secret goes along in a header."""

import json
from typing import Any

from integrations.opensolar.calls import OpenSolarCalls
from integrations.opensolar.links import read_id
from integrations.opensolar.webhook import TOKEN_HEADER

PATH = "/webhooks/opensolar"
TRIGGERS = (
    "event.*",
    "project.installation_date",
    "project.sold_date",
    "project.system_sold",
    "project.systems.kw_stc",
    "project.systems.modules",
    "project.systems.output_annual_kwh",
    "project.systems.price_including_tax",
)
"""A star is documented for a whole model only. None of what we write ourselves is among them, so nothing echoes."""
PAYLOAD = (
    "project.id",
    "project.identifier",
    "project.installation_date",
    "project.systems.kw_stc",
    "event.id",
    "event.event_type_id",
    "event.project",
    "event.start",
    "event.end",
    "event.is_complete",
    "contact.id",
)
"""A model that is missing here would be sent in full, with names and numbers of people."""


def register_webhook(calls: OpenSolarCalls, public_url: str, secret: str) -> list[str]:
    """One webhook at our address, made or brought up to date; others at the same address are switched off, since
    OpenSolar cannot delete any. A sentence for each."""
    endpoint = public_url.rstrip("/") + PATH
    fields: dict[str, Any] = {
        "endpoint": endpoint,
        "headers": json.dumps({TOKEN_HEADER: secret}),
        "enabled": True,
        "debug": False,
        "trigger_fields": list(TRIGGERS),
        "payload_fields": list(PAYLOAD),
    }
    ours = [row for row in calls.list_webhooks() if row.get("endpoint") == endpoint and read_id(row.get("id"))]
    ours.sort(key=lambda row: (row.get("enabled") is not True, int(read_id(row.get("id")))))
    if not ours:
        made = calls.create_webhook(fields)
        return [f"OpenSolar calls {endpoint} (webhook {read_id(made.get('id'))}, new)."]
    kept, *others = ours
    calls.change_webhook(read_id(kept["id"]), fields)
    told = [f"OpenSolar calls {endpoint} (webhook {read_id(kept['id'])}, brought up to date)."]
    for row in others:
        if row.get("enabled") is True:
            calls.change_webhook(read_id(row["id"]), {"enabled": False})
            told.append(f"Webhook {read_id(row['id'])} went to the same address and is switched off.")
    return told
