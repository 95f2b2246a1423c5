"""Deletes everything kept of a contact, as they may ask: `python -m tools.forget +14155550123 --yes`."""

import argparse
import sys

from bot.settings import load_or_exit
from db.engine import dispose_after
from db.erasure import erase_contact, find_contact


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.forget", description=__doc__)
    parser.add_argument("phone", help="in international form, +14155550123")
    parser.add_argument("--yes", action="store_true", help="really: this cannot be undone")
    options = parser.parse_args(arguments)
    with dispose_after(load_or_exit().database_url) as engine, engine.begin() as connection:
        contact_id = find_contact(connection, options.phone)
        if contact_id is None:
            print(f"Nobody is known as {options.phone}.", file=sys.stderr)
            return 1
        if not options.yes:
            print("This deletes the conversations, files and projects of this contact for good: repeat with --yes.")
            return 1
        print(f"{erase_contact(connection, contact_id)} rows are deleted. Backups and vendors keep their own copies.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
