"""What happened in the tenant, and the GETs that are owed for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import quote

from tools.sandbox.aurora.events import EVENTS
from tools.sandbox.courier import Attempt
from tools.sandbox.parcels import Manner, Parcel, dispatch
from tools.sandbox.tables import Row, read_moment, write_now
from tools.sandbox.world import World

TIMEOUT_SECONDS = 10.0
GIVE_UP = timedelta(hours=48)
TOKEN_HEADER = "X-Aurora-Webhook-Token"  # nosec B105


@dataclass(frozen=True, slots=True)
class Happening:
    """`values` are the attributes that a template can ask for, such as {"DESIGN_ID": "…"}."""

    event: str
    project: Row
    values: dict[str, str] = field(default_factory=dict)

    @property
    def attributes(self) -> dict[str, str]:
        known = {"PROJECT_ID": self.project["id"], **self.values}
        return {name: known.get(name, "") for name in EVENTS.get(self.event, known)}


def announce(world: World, happenings: Iterable[Happening], manner: Manner | None = None) -> int:
    """Send what is due for `happenings`, in their order; how many webhooks that makes."""
    parcels = [
        _pack(world, hook, happening)
        for happening in happenings
        for hook in world.aurora.select("webhooks", event=happening.event, enabled=True)
    ]
    return dispatch(world, parcels, manner or Manner())


def later(world: World, row: Row, work: Callable[[], list[Happening]]) -> None:
    """Do the work when a job's time is over, and tell of it; `row` belongs to a project."""

    def finish() -> None:
        announce(world, work())

    world.lane(f"aurora {row['project_id']}").schedule(finish, world.options.aurora_job_seconds)


def fill_template(template: str, attributes: dict[str, str]) -> str:
    """Each <NAME> replaced by its value, by nothing where there is none."""
    return re.sub(r"<([A-Z_]+)>", lambda found: quote(attributes.get(found[1], ""), safe=""), template)


def pack_get(world: World, url: str, headers: dict[str, str], happening: Happening, hook: Row | None) -> Parcel:
    return Parcel(
        vendor="aurora",
        method="GET",
        url=url,
        headers=headers,
        body=b"",
        lane=f"aurora {happening.project['id']}",
        timeout=TIMEOUT_SECONDS,
        delays=tuple(world.options.aurora_retry_delays),
        facts={
            "event": happening.event,
            "project_id": happening.project["id"],
            "identifier": happening.project["external_provider_id"],
            "values": happening.values,
        },
        secrets=tuple(headers),
        on_attempt=partial(_note_attempt, world, hook) if hook is not None else None,
    )


def _pack(world: World, hook: Row, happening: Happening) -> Parcel:
    headers = hook["headers"] or {TOKEN_HEADER: world.options.aurora_secret}
    return pack_get(world, fill_template(hook["url_template"], happening.attributes), headers, happening, hook)


def _note_attempt(world: World, hook: Row, number: int, attempt: Attempt | None, again: bool) -> None:
    """Aurora docs: a subscription that has failed for 48 hours is disabled."""
    status = attempt.status if attempt else None
    if status is not None and 200 <= status < 300:
        world.aurora.change(hook, {"failing_since": None})
    elif hook["failing_since"] is None:
        world.aurora.change(hook, {"failing_since": write_now()})
    elif read_moment(hook["failing_since"]) < datetime.now(UTC) - GIVE_UP:
        world.aurora.change(hook, {"enabled": False})
        world.ledger.write("webhook_disabled", vendor="aurora", webhook_id=hook["id"], event=hook["event"])
