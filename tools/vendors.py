"""OpenSolar, Aurora and Leap from a terminal: `python -m tools.vendors check|register-webhooks|resync|…`."""

import argparse
import sys
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from sqlalchemy import select

from bot.logs import set_up_logs
from bot.settings import Settings, load_or_exit
from bot.vendor_states import TITLES
from db.engine import dispose_after
from db.vendor_event_rows import replay_event, replay_failed
from db.vendor_events import VendorEventRow
from flows.markets import market_of
from integrations.errors import VendorError
from integrations.opensolar.client import OpenSolarClient
from integrations.vendor import NotOffered
from jobs.context import Context, open_context
from tools.resync import Bar, ask_syncs, find_projects, work_off

SHOWN_EVENTS = 50


def main(arguments: Sequence[str] | None = None) -> int:
    options = read_options(arguments)
    settings = load_or_exit()
    set_up_logs("console", "error")
    with dispose_after(settings.database_url):
        context = open_context(settings)
    try:
        return COMMANDS[options.command](context, options)
    except (LookupError, NotOffered) as problem:
        print(problem, file=sys.stderr)
    except VendorError as problem:
        print(problem.sentence, file=sys.stderr)
    finally:
        context.close()
    return 1


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.vendors", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="credentials and reachability of each vendor that is on")
    commands.add_parser("register-webhooks", help="have OpenSolar and Aurora call PUBLIC_URL")
    resync = commands.add_parser("resync", help="bring projects to their vendors again")
    which = resync.add_mutually_exclusive_group()
    which.add_argument("ids", nargs="*", type=int, default=[], metavar="PROJECT_ID")
    which.add_argument("--all", action="store_true", help="every confirmed project, as without any id")
    resync.add_argument("--force", action="store_true", help="send everything, also where syncing by itself is off")
    resync.add_argument("--vendor", choices=["opensolar", "aurora"], help="this one alone")
    events = commands.add_parser("events", help="the latest webhooks, and what became of them")
    events.add_argument("--failed", action="store_true", help="those that failed alone")
    replay = commands.add_parser("replay", help="take webhooks in hand again")
    again = replay.add_mutually_exclusive_group()
    again.add_argument("id", nargs="?", type=int)
    again.add_argument("--failed", action="store_true", help="all that failed")
    contact = commands.add_parser("find-contact", help="a contact at OpenSolar by telephone number")
    contact.add_argument("phone", help="such as +14155550134")
    return parser.parse_args(arguments)


def check(context: Context, _: argparse.Namespace) -> int:
    """A line for each vendor; 1 if one that is on does not answer as it should."""
    failed = 0
    for name, title in TITLES.items():
        if reason := context.vendors.explain(name):
            print(f"-   {reason}")
            continue
        try:
            client = context.vendors.leap() if name == "leap" else context.vendors.find(name)
            print(f"ok  {client.check() if client else title}")
        except VendorError as problem:
            failed = 1
            print(f"NO  {title}: {problem.sentence}")
    return failed


def register_webhooks(context: Context, _: argparse.Namespace) -> int:
    """Every vendor of projects that is on calls us afterwards; 1 if one of them does not."""
    settings, failed = context.settings, 0
    secrets = {"opensolar": settings.opensolar_webhook_secret, "aurora": settings.aurora_webhook_secret}
    for name, known in secrets.items():
        client = context.vendors.find(name)
        if client is None:
            print(f"-   {context.vendors.explain(name)}")
        elif problem := explain_unregistered(settings, name, known):
            failed = 1
            print(f"NO  {TITLES[name]}: {problem}")
        else:
            for sentence in client.register_webhooks(settings.public_url, known[0]):
                print(f"ok  {sentence}")
    return failed


def explain_unregistered(settings: Settings, name: str, secrets: Sequence[str]) -> str:
    """Why the vendor's webhooks would not reach us; empty when they would."""
    if not secrets:
        return f"{name.upper()}_WEBHOOK_SECRET is empty, so every webhook would be refused."
    vendor = {"opensolar": settings.opensolar_api_base_url, "aurora": settings.aurora_api_url}[name]
    if _is_local(settings.public_url) and not _is_local(vendor):
        return f"PUBLIC_URL is {settings.public_url}, which nobody outside can reach."
    return ""


def _is_local(address: str) -> bool:
    return urlsplit(address).hostname in ("localhost", "127.0.0.1", "::1")


def resync(context: Context, options: argparse.Namespace) -> int:
    """0 once each project is at its vendors; Ctrl-C leaves the rest to the workers."""
    projects = find_projects(context.engine, [] if options.all else options.ids)
    payload = {"force": options.force, **({"vendors": [options.vendor]} if options.vendor else {})}
    if not projects:
        print("There is no confirmed project.")
        return 0
    asked = ask_syncs(context.engine, projects, payload)
    context.bell.ring("vendors")
    bar = Bar(len(asked))
    try:
        rows = work_off(context, asked, bar)
    except KeyboardInterrupt:
        bar.close()
        print("The rest goes on with the workers.", file=sys.stderr)
        return 1
    bar.close()
    waiting = [row for row in rows if row.status != "done"]
    for row in waiting:
        print(f"project {asked[row.id]}: {row.status}, {row.error}")
    print(f"{len(rows) - len(waiting)} of {len(rows)} projects are at their vendors as they should be.")
    return 1 if waiting else 0


def show_events(context: Context, options: argparse.Namespace) -> int:
    statement = select(VendorEventRow.__table__).order_by(VendorEventRow.id.desc()).limit(SHOWN_EVENTS)
    if options.failed:
        statement = statement.where(VendorEventRow.status == "failed")
    with context.engine.connect() as connection:
        rows = connection.execute(statement).all()
    for row in reversed(rows):
        when = f"{row.received_at:%Y-%m-%d %H:%M:%S}"
        about = row.external_id or row.reference or "-"
        print(f"{row.id:>8}  {when}  {row.vendor:<9}  {row.status:<10}  {row.event:<34}  {about}  {row.error}".rstrip())
    if not rows:
        print("no webhook has failed" if options.failed else "no webhook has come")
    return 0


def replay(context: Context, options: argparse.Namespace) -> int:
    with context.engine.begin() as connection:
        count = replay_failed(connection) if options.failed else int(replay_event(connection, options.id))
    if not count and not options.failed:
        raise LookupError(f"There is no webhook {options.id}, or it is under way.")
    context.bell.ring("vendors")
    print(f"{count} webhook{'' if count == 1 else 's'} taken in hand again.")
    return 0


def find_contact(context: Context, options: argparse.Namespace) -> int:
    client = context.vendors.find("opensolar")
    if not isinstance(client, OpenSolarClient):
        raise LookupError(f"{context.vendors.explain('opensolar')}.")
    phone = f"+{''.join(filter(str.isdigit, options.phone))}"
    found = client.find_contact_by_phone(phone, market_of(context.settings.market).country)
    print(f"contact {found}" if found else f"OpenSolar has no contact with the number {phone}.")
    return 0 if found else 1


COMMANDS: dict[str, Callable[[Context, argparse.Namespace], int]] = {
    "check": check,
    "register-webhooks": register_webhooks,
    "resync": resync,
    "events": show_events,
    "replay": replay,
    "find-contact": find_contact,
}

if __name__ == "__main__":
    sys.exit(main())
