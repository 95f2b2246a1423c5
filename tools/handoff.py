"""Staff at work from a terminal: `python -m tools.handoff list|take|reply|give-back|assess`."""

import argparse
import getpass
import sys

from sqlalchemy import Engine

from bot import failpoints, handoff
from bot.settings import load_or_exit
from bot.wake import Doorbell, connect
from db.engine import dispose_after
from db.handoffs import list_conversations

ABOUT = {
    "take": "own the replies",
    "reply": "say something",
    "give-back": "the bot goes on",
    "assess": "have the bot ask for a day, a contact and photos of the site",
}


def main(arguments: list[str] | None = None) -> int:
    options = read_options(arguments)
    settings = load_or_exit()
    failpoints.arm(settings.failpoint)
    bell = connect(settings.redis_url)
    with dispose_after(settings.database_url) as engine:
        try:
            print(COMMANDS[options.command](engine, bell, options))
        except handoff.HandoffRefused as refusal:
            print(refusal, file=sys.stderr)
            return 1
    return 0


def read_options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.handoff", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    shown = commands.add_parser("list", help="conversations, those that staff own first")
    shown.add_argument("--limit", type=int, default=50)
    for name, about in ABOUT.items():
        command = commands.add_parser(name, help=about)
        command.add_argument("conversation", type=int)
        command.add_argument("--by", default=getpass.getuser(), help="who does it; by default your login name")
        if name == "reply":
            command.add_argument("text")
    return parser.parse_args(arguments)


def show_list(engine: Engine, bell: Doorbell, options: argparse.Namespace) -> str:
    with engine.connect() as connection:
        rows = list_conversations(connection, options.limit)
    lines = [
        f"{row['id']:>6}  {row['control']:<5}  {row['owner'] or '-':<12}  {row['phone'] or '-':<16}  "
        f"{row['heard_at'] or '-'!s:.16}  {row['name']}"
        for row in rows
    ]
    return "\n".join(["    id  owner  taken by      phone             last heard        name", *lines])


def take(engine: Engine, bell: Doorbell, options: argparse.Namespace) -> str:
    silent = handoff.take(engine, options.conversation, options.by)
    rest = "the bot is silent there." if silent else "one message of the bot's may still be on its way."
    return f"{options.by} owns conversation {options.conversation}; {rest}"


def reply(engine: Engine, bell: Doorbell, options: argparse.Namespace) -> str:
    count = handoff.reply(engine, options.conversation, options.text)
    bell.ring("sends")
    return f"Queued as {count} message{'s' if count > 1 else ''}."


def give_back(engine: Engine, bell: Doorbell, options: argparse.Namespace) -> str:
    handoff.give_back(engine, options.conversation, options.by)
    bell.ring("turns")
    return f"The bot owns conversation {options.conversation} again."


def assess(engine: Engine, bell: Doorbell, options: argparse.Namespace) -> str:
    handoff.ask_assessment(engine, options.conversation, options.by)
    bell.ring("turns")
    return f"The bot asks for a day, a contact and photos in conversation {options.conversation}."


COMMANDS = {"list": show_list, "take": take, "reply": reply, "give-back": give_back, "assess": assess}

if __name__ == "__main__":
    sys.exit(main())
