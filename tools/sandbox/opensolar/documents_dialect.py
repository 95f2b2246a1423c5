"""The event shape of the documents that people built to: named events, a small project, an HMAC of the body."""

from __future__ import annotations

import hashlib
import hmac
import json

from tools.sandbox.opensolar.store import STAGES
from tools.sandbox.opensolar.webhooks import APP_PATH
from tools.sandbox.parcels import Parcel
from tools.sandbox.tables import Row
from tools.sandbox.world import World

SIGNATURE = "X-OpenSolar-Signature"
EVENTS = {
    "design": "project.design_complete",
    "change_design": "project.design_complete",
    "proposal_sent": "project.proposal_sent",
    "viewed": "project.proposal_viewed",
    "signed": "project.contract_signed",
    "schedule": "project.installation_scheduled",
    "installed": "project.installation_complete",
    "paid": "project.payment_received",
}
STATUS_CHANGED = "project.status_changed"
STATUSES = dict(
    zip((stage[0] for stage in STAGES), ("lead", "design", "proposal", "contract", "complete"), strict=False)
)


def pack_documents(world: World, project: Row, move: str) -> list[Parcel]:
    """One POST for the move, to every registered address, or to the product's own where none is."""
    event_type = EVENTS.get(move, STATUS_CHANGED)
    status = "installation" if move in ("schedule", "crew") else STATUSES.get(project["stage_id"], "lead")
    told = {
        "id": str(project["id"]),
        "status": status,
        "proposal_url": project["share_link"] or "",
        "installation_date": project["installation_date"],
    }
    body = json.dumps({"event_type": event_type, "project": told}).encode()
    headers = {
        "Content-Type": "application/json",
        SIGNATURE: hmac.new(world.options.opensolar_secret.encode(), body, hashlib.sha256).hexdigest(),
    }
    addresses = {hook["endpoint"] for hook in world.opensolar.select("webhooks", enabled=True)}
    return [
        Parcel(
            vendor="opensolar",
            method="POST",
            url=url,
            headers=headers,
            body=body,
            lane=f"opensolar documents {project['identifier']}",
            timeout=15.0,
            delays=tuple(world.options.opensolar_retry_delays),
            facts={"event": event_type, "model_id": project["id"], "identifier": project["identifier"]},
            secrets=(SIGNATURE,),
        )
        for url in sorted(addresses) or [world.options.app_url.rstrip("/") + APP_PATH]
    ]
