"""What happened to an object, and the webhooks that the registered addresses are owed for it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from typing import Any

from tools.sandbox.opensolar.describing import api_base, describe_for_webhook
from tools.sandbox.opensolar.logs import drop_queued, log_attempt, queue_delivery
from tools.sandbox.parcels import Manner, Parcel, dispatch
from tools.sandbox.tables import Row
from tools.sandbox.world import World

TIMEOUT_SECONDS = 15.0
DATES = frozenset({"modified_date"})


@dataclass(frozen=True, slots=True)
class Change:
    """`event` is CREATE, UPDATE or DELETE; `changed` names fields such as `installation_date`, `systems.kw_stc`."""

    model: str
    row: Row
    event: str
    changed: frozenset[str] = frozenset()

    @property
    def project_id(self) -> int | None:
        if self.model == "Project":
            return int(self.row["id"])
        return self.row.get("project_id")


def announce(world: World, changes: Iterable[Change], manner: Manner | None = None) -> int:
    """Send what is due for `changes`, in their order; how many webhooks that makes."""
    manner = manner or Manner()
    if not manner.webhooks:
        return 0
    with world.opensolar.lock:
        parcels = [parcel for change in changes for parcel in _pack_change(world, change)]
    return dispatch(world, parcels, manner)


def _pack_change(world: World, change: Change) -> list[Parcel]:
    base = api_base(world)
    whole = describe_for_webhook(world, change.model, change.row, base)
    names = _name_set_fields(whole) if change.event == "CREATE" else change.changed - DATES
    hooks = [hook for hook in world.opensolar.select("webhooks", enabled=True) if _is_wanted(hook, change, names)]
    if not hooks:
        return []
    number = world.opensolar.issue("event_id")
    if number % 2:
        whole = describe_for_webhook(world, change.model, change.row, "")
    return [_pack(world, hook, _write_body(world, hook, change, number, whole)) for hook in hooks]


def _is_wanted(hook: Row, change: Change, names: frozenset[str]) -> bool:
    model = change.model.lower()
    if change.event == "DELETE":
        return any(pattern.split(".")[0] == model for pattern in hook["trigger_fields"])
    return any(matches(pattern, f"{model}.{name}") for pattern in hook["trigger_fields"] for name in names)


def matches(pattern: str, name: str) -> bool:
    return fnmatchcase(name, pattern) or name.startswith(pattern + ".")


def _name_set_fields(whole: Row) -> frozenset[str]:
    names = {name for name, value in whole.items() if value not in (None, "", [], False)}
    return frozenset(names | {f"systems.{name}" for system in whole.get("systems") or () for name in system})


def _write_body(world: World, hook: Row, change: Change, number: int, whole: Row) -> Row:
    project = world.opensolar.find("projects", change.project_id) or (change.row if change.model == "Project" else {})
    body = {
        "timestamp": str(int(time.time())),
        "model": change.model,
        "model_id": change.row["id"],
        "identifier": project.get("identifier"),
        "event": change.event,
        "event_id": number,
    }
    if change.event != "DELETE":
        body["fields"] = pick_fields(whole, change.model, hook["payload_fields"])
    return body


def pick_fields(whole: Row, model: str, payload_fields: list[str]) -> Row:
    """What the webhook's `payload_fields` name; a model they do not name at all is sent in full."""
    wanted = [rest for first, _, rest in (name.partition(".") for name in payload_fields) if first == model.lower()]
    if not wanted or "*" in wanted:
        return whole
    picked: Row = {}
    for name in wanted:
        outer, _, inner = name.partition(".")
        if outer in whole:
            picked[outer] = _pick_inner(whole[outer], inner, picked.get(outer)) if inner else whole[outer]
    return picked


def _pick_inner(value: Any, inner: str, before: Any) -> Any:
    if isinstance(value, list):
        rows = before if isinstance(before, list) else [{} for _ in value]
        return [_pick_inner(item, inner, row) for item, row in zip(value, rows, strict=True)]
    if not isinstance(value, dict):
        return value
    found = value if inner == "*" else {inner: value.get(inner)}
    return {**(before or {}), **found}


def _pack(world: World, hook: Row, body: Row) -> Parcel:
    queued = queue_delivery(world, hook, body)
    own = json.loads(hook["headers"] or "{}")
    return Parcel(
        vendor="opensolar",
        method="POST",
        url=hook["endpoint"],
        headers={"Content-Type": "application/json", **{str(name): str(value) for name, value in own.items()}},
        body=json.dumps(body, ensure_ascii=False).encode(),
        lane=f"opensolar {hook['id']} {body.get('identifier')}",
        timeout=TIMEOUT_SECONDS,
        delays=tuple(world.options.opensolar_retry_delays),
        facts={name: body[name] for name in ("model", "model_id", "identifier", "event", "event_id")},
        secrets=tuple(own),
        on_attempt=partial(_note_attempt, world, hook, body, queued),
    )


def _note_attempt(world: World, hook: Row, body: Row, queued: Row, number: int, attempt: Any, again: bool) -> None:
    log_attempt(world, hook, body, number, attempt)
    if not again:
        drop_queued(world, queued)
