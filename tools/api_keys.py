"""Keys of the JSON API: `python -m tools.api_keys create|list|revoke`."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from bot.api_keys import SCOPES, make_key
from bot.settings import load_or_exit
from db.api_key_rows import list_keys, revoke_key
from db.engine import dispose_after


def main(arguments: Sequence[str] | None = None) -> int:
    wishes = read_arguments(arguments)
    with dispose_after(load_or_exit().database_url) as engine:
        if wishes.action == "create":
            return create(engine, wishes)
        if wishes.action == "revoke":
            return revoke(engine, wishes.id)
        return show(engine)


def read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.api_keys", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    making = actions.add_parser("create", help="make a key and show it once")
    making.add_argument("name", help="who holds it")
    making.add_argument("--scope", action="append", choices=SCOPES, help="repeat for several; all without")
    making.add_argument("--company", default="", help="the holder's company, which the incentives' answers need")
    making.add_argument("--ip", action="append", default=[], help="address or network that may use it; repeat")
    making.add_argument("--days", type=float, help="expires after so many days; without: never")
    actions.add_parser("list", help="every key, without its secret")
    revoking = actions.add_parser("revoke", help="a key is worth nothing from now on")
    revoking.add_argument("id", type=int)
    return parser.parse_args(arguments)


def create(engine: Engine, wishes: argparse.Namespace) -> int:
    expires_at = datetime.now(UTC) + timedelta(days=wishes.days) if wishes.days is not None else None
    try:
        key = make_key(
            engine,
            wishes.name,
            wishes.scope or SCOPES,
            company=wishes.company,
            allowed_ips=wishes.ip,
            expires_at=expires_at,
        )
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print(key)
    print("Keep it now: it is not shown again.", file=sys.stderr)
    return 0


def revoke(engine: Engine, key_id: int) -> int:
    with engine.begin() as connection:
        if revoke_key(connection, key_id):
            return 0
    print(f"There is no key {key_id} that could be revoked.", file=sys.stderr)
    return 1


def show(engine: Engine) -> int:
    with engine.connect() as connection:
        for key in list_keys(connection):
            expires = f"expires {key.expires_at:%Y-%m-%d}" if key.expires_at else "does not expire"
            state = "revoked" if key.revoked_at else expires
            used = f"last used {key.last_used_at:%Y-%m-%d %H:%M}" if key.last_used_at else "never used"
            print(f"{key.id:>4}  {key.prefix}…  {key.name}  {','.join(key.scopes)}  {state}  {used}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
