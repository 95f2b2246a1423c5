"""Writes .env.example and the settings table of README.md from bot/settings.py; `--check` only compares."""

import sys
from pathlib import Path

from bot.settings import describe_settings

ROOT = Path(__file__).resolve().parent.parent
START, END = "<!-- settings: written by `python -m tools.settings_table` -->", "<!-- end of settings -->"


def write_example() -> str:
    """The text of .env.example: every setting commented out with its default."""
    parts = ["# Copy to .env and set what differs. Written by `python -m tools.settings_table`.\n"]
    parts += [f"# {about}\n# {name}={default}\n" for name, default, about in describe_settings()]
    return "\n".join(parts)


def write_table() -> str:
    """The settings as a Markdown table."""
    rows = [
        f"| `{name}` | {f'`{default}`' if default else ''} | {about} |" for name, default, about in describe_settings()
    ]
    return "\n".join(["| setting | default | what it is |", "|---|---|---|", *rows])


def insert_table(page: str) -> str:
    """`page` with the table between its two markers; ValueError where it has none."""
    before, found, rest = page.partition(START)
    _, closed, after = rest.partition(END)
    if not found or not closed:
        raise ValueError(f"no place for the settings table: {START} … {END}")
    return f"{before}{START}\n{write_table()}\n{END}{after}"


def list_pages() -> dict[Path, str]:
    """Path → text as it should be, of every file that holds generated settings."""
    pages = {ROOT / ".env.example": write_example()}
    readme = ROOT / "README.md"
    if readme.exists():
        pages[readme] = insert_table(readme.read_text())
    return pages


def main(arguments: list[str]) -> int:
    stale = [path for path, text in list_pages().items() if not path.exists() or path.read_text() != text]
    if "--check" in arguments:
        for path in stale:
            print(f"{path.name} is stale: run `python -m tools.settings_table`", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.write_text(list_pages()[path])
        print(f"wrote {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
