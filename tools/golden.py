"""Plays the golden conversations again and rewrites them; `--check` only says which differ."""

import argparse
import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.transcript import parse_script, play_script

FOLDER = Path(__file__).parent.parent / "tests" / "conversations"


def list_transcripts() -> Iterator[Path]:
    """Every transcript, by behaviour and name."""
    return iter(sorted(FOLDER.glob("*/*.txt")))


def compare_transcript(path: Path) -> str:
    """What today's engine says otherwise, as a diff; "" when nothing."""
    kept = path.read_text(encoding="utf-8")
    played = play_script(parse_script(kept))
    name = path.relative_to(FOLDER).as_posix()
    return "".join(
        difflib.unified_diff(kept.splitlines(keepends=True), played.splitlines(keepends=True), name, f"{name} today")
    )


def main() -> int:
    """0, or 1 when `--check` finds a difference."""
    parser = argparse.ArgumentParser(prog="python -m tools.golden", description=__doc__)
    parser.add_argument("--check", action="store_true", help="print the differences and change nothing")
    arguments = parser.parse_args()
    changed = 0
    for path in list_transcripts():
        difference = compare_transcript(path)
        if not difference:
            continue
        changed += 1
        if arguments.check:
            sys.stdout.write(difference)
        else:
            path.write_text(play_script(parse_script(path.read_text(encoding="utf-8"))), encoding="utf-8")
            print(path.relative_to(FOLDER))
    print(f"{changed} {'differ' if arguments.check else 'rewritten'}")
    return int(arguments.check and changed > 0)


if __name__ == "__main__":
    sys.exit(main())
