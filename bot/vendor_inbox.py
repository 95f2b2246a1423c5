"""Keeps the webhooks of vendors as they came, in one statement."""

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Engine

from bot.failpoints import reach
from db.vendor_event_rows import insert_event
from integrations.vendor import Hint

HIDDEN = "…"
SECRET_HEADERS = frozenset({
    "authorization", "cookie", "proxy-authorization", "x-api-key", "x-webhook-token", "x-aurora-webhook-token",
})  # fmt: skip
MOST_HEADERS = 60
LONGEST_VALUE = 500
DEEPEST = 50  # lists and objects inside one another


def record_webhook(
    engine: Engine, vendor: str, hint: Hint, payload: Any, headers: Mapping[str, str], ignored: str = ""
) -> bool:
    """Keeps a verified webhook, committed; False if its key was kept before. `ignored`: why nothing follows from it.

    Raises sqlalchemy.exc.OperationalError when the database is locked or away: nothing is kept then.
    """
    reason = ignored or hint.ignored
    values = {
        "vendor": vendor,
        "key": f"{vendor}:{hint.key}" if hint.key else None,
        "event": hint.event,
        "external_id": hint.project_id,
        "reference": hint.reference,
        "objects": dict(hint.objects),
        "facts": None if hint.facts is None else dict(hint.facts),
        "payload": payload,
        "headers": hide_secrets(headers.items()),
        "status": "ignored" if reason else "received",
        "error": reason,
    }
    with engine.begin() as connection:
        kept = insert_event(connection, **{name: clean(value) for name, value in values.items() if value is not None})
        reach("vendor_webhook.before_commit")
    reach("vendor_webhook.after_commit")
    return kept


def hide_secrets(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The headers, those that let somebody in without their values."""
    listed = list(headers)[:MOST_HEADERS]
    return {name: HIDDEN if name.lower() in SECRET_HEADERS else value[:LONGEST_VALUE] for name, value in listed}


def read_body(body: bytes) -> Any:
    """The JSON of a request; ValueError where it is none, or is nested deeper than anything sound."""
    try:
        value = json.loads(body)
    except RecursionError as error:
        raise ValueError("too deep") from error
    level = [value]
    for _ in range(DEEPEST):
        level = [part for each in level for part in list_parts(each)]
        if not level:
            return value
    raise ValueError("too deep")


def list_parts(value: Any) -> list[Any]:
    """What a list or an object holds."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def clean(value: Any) -> Any:
    """`value` as every database keeps it: no NUL, no half of a surrogate pair, no number that JSON does not know."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, Mapping):
        return {clean(str(name)): clean(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean(item) for item in value]
    return value
