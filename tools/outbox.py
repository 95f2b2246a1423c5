"""Work that waits for staff, with its reason: `python -m tools.outbox list|retry|drop`."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine

from bot.settings import load_or_exit
from bot.wake import EFFECT_QUEUES, connect
from db.engine import dispose_after
from db.parked import (
    NeedsYes,
    NotWaiting,
    Overtaken,
    drop_effect,
    drop_event,
    list_effects,
    list_events,
    retry_effect,
    retry_event,
)


def main(arguments: Sequence[str] | None = None) -> int:
    wishes = read_arguments(arguments)
    settings = load_or_exit()
    with dispose_after(settings.database_url) as engine:
        if wishes.action == "list":
            return show(engine, wishes.json)
        try:
            queues = change(engine, wishes.action, wishes.ids, wishes.yes)
        except (NotWaiting, NeedsYes, Overtaken) as problem:
            print(problem, file=sys.stderr)
            return 1
    bell = connect(settings.redis_url)
    for queue in sorted(queues):
        bell.ring(queue)
    return 0


def read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.outbox", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help="parked, held and unknown effects (e…), parked events (i…)")
    listing.add_argument("--json", action="store_true", help="one JSON object a line")
    retrying = actions.add_parser("retry", help="try again now")
    retrying.add_argument("--yes", action="store_true", help="also what may have happened already")
    dropping = actions.add_parser("drop", help="it shall not happen any more")
    for action in (retrying, dropping):
        action.add_argument("ids", nargs="+", metavar="ID", help="as listed: e12 or i5")
    parser.set_defaults(yes=False, json=False)
    return parser.parse_args(arguments)


def show(engine: Engine, as_json: bool) -> int:
    """Prints what waits; 0."""
    with engine.connect() as connection:
        found = [describe("e", row) for row in list_effects(connection)]
        found += [describe("i", row) for row in list_events(connection)]
    for item in found:
        print(json.dumps(item, ensure_ascii=False) if as_json else write_line(item))
    if not found and not as_json:
        print("nothing waits for staff")
    return 0


def describe(letter: str, row: Any) -> dict[str, Any]:
    """One item of the list. `message` is the channel's id of a contact's message or of ours; `age_seconds` counts from
    when the effect was asked for or the event arrived."""
    since = row.created_at if letter == "e" else row.received_at
    return {
        "id": f"{letter}{row.id}",
        "kind": row.kind,
        "status": row.status,
        "conversation": row.conversation_id,
        "contact": (row.reply_to or "").partition(":")[2] or row.reply_to or "",
        "message": row.external_id or "",
        "attempts": row.attempts,
        "code": row.error_code if letter == "e" else "",
        "reason": row.error,
        "about": row.payload.get("text") or row.payload.get("summary") or "",
        "age_seconds": round((row.db_now - since).total_seconds()),
    }


def write_line(item: dict[str, Any]) -> str:
    about = f"  “{' '.join(item['about'].split())[:60]}”" if item["about"] else ""
    whose = "no conversation" if item["conversation"] is None else f"conversation {item['conversation']}"
    head = f"{item['id']:>6}  {item['status']:<8} {item['kind']:<18} {whose}"
    return f"{head}  {write_age(item['age_seconds'])}  {item['reason']}{about}"


def write_age(seconds: int) -> str:
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"


def change(engine: Engine, action: str, ids: Sequence[str], sure: bool) -> set[str]:
    """Retries or drops all of `ids` or none; the queues to ring. Raises NotWaiting, NeedsYes, Overtaken."""
    queues = set()
    with engine.begin() as connection:
        for name in ids:
            letter, number = name[:1], name[1:]
            if letter not in ("e", "i") or not number.isdecimal():
                raise NotWaiting(f"{name} is no id: they look like e12 or i5")
            if action == "drop":
                (drop_effect if letter == "e" else drop_event)(connection, int(number))
            elif letter == "i":
                retry_event(connection, int(number))
                queues.add("turns")
            else:
                queues.add(EFFECT_QUEUES[retry_effect(connection, int(number), sure=sure)])
    return queues


if __name__ == "__main__":
    sys.exit(main())
