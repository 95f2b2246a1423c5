"""Keeps the simulated account in a file, so that a restarted demo remembers its messages and Contents."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from tools.sandbox.clock import Clock
from tools.sandbox.twilio.records import Content, Homeowner, Media, Message
from tools.sandbox.twilio.store import Store


def save_account(store: Store, clock: Clock, path: Path) -> None:
    """Replace the file in one step, so that a crash leaves the old one."""
    with store.lock:
        kept = {
            "advanced_seconds": clock.advanced.total_seconds(),
            "homeowners": [asdict(person) for person in store.homeowners.values()],
            "contents": [asdict(content) for content in store.contents.values()],
            "messages": [asdict(message) for message in store.newest_first()][::-1],
        }
        text = json.dumps(kept, default=_encode, ensure_ascii=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def load_account(store: Store, clock: Clock, path: Path) -> None:
    """Fill an empty store from the file; without one there is nothing to remember."""
    if not path.exists():
        return
    kept = json.loads(path.read_text(encoding="utf-8"), object_hook=_decode)
    clock.advance(kept["advanced_seconds"])
    store.homeowners = {row["phone"]: Homeowner(**row) for row in kept["homeowners"]}
    store.contents = {row["sid"]: Content(**row) for row in kept["contents"]}
    for row in kept["messages"]:
        row["media"] = [Media(**media) for media in row["media"]]
        store.add_message(Message(**row))


def _encode(value: object) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"$at": value.isoformat()}
    if isinstance(value, bytes):
        return {"$bytes": base64.b64encode(value).decode()}
    raise TypeError(f"{type(value).__name__} cannot be kept")


def _decode(row: dict[str, Any]) -> Any:
    if set(row) == {"$at"}:
        return datetime.fromisoformat(row["$at"])
    if set(row) == {"$bytes"}:
        return base64.b64decode(row["$bytes"])
    return row
