"""The conversation in the terminal: real reading and engine, effects in grey.

Type as a homeowner would. A tap is [Title], a pin (pin 40.71, -74.00), a photo (image/jpeg); a line with @ lets time
pass, staff act or a vendor tell: @ 5 days later, @ on duty, @ Bob takes over, @ Bob gives back, @ Bob wants assessment,
@ vendor opensolar sealed. An empty line or Ctrl-D ends.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from flows.markets import MARKETS
from flows.wording import languages
from tools.golden import FOLDER
from tools.talk import Talk
from tools.transcript import Script, ScriptError, begin_talk, play_line, play_script, show_effects

GREY, BOLD, PLAIN = "\033[90m", "\033[1m", "\033[0m"


def main() -> int:
    """Chat until the input ends; with `--save NAME`, write the transcript beside the golden ones."""
    arguments = _parse_arguments()
    settings = [("market", arguments.market), ("language", arguments.language)]
    settings += [("on duty", "yes")] if arguments.on_duty else []
    script = Script((), tuple((name, value) for name, value in settings if value), ())
    lines = list(_converse(begin_talk(script), colour=sys.stdout.isatty()))
    if arguments.save and lines:
        comment = f"# {arguments.about or 'What this conversation shows'}."
        path = _save(arguments.folder / f"{arguments.save}.txt", Script((comment,), script.settings, tuple(lines)))
        print(f"saved: {path}")
    return 0


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.chat", description=__doc__)
    parser.add_argument("--market", choices=sorted(MARKETS), default="US")
    parser.add_argument("--language", choices=languages(), default="", help="speak it from the start")
    parser.add_argument("--on-duty", action="store_true", help="somebody takes handoffs")
    parser.add_argument("--save", metavar="FOLDER/NAME", type=_golden_name, help="write a golden conversation")
    parser.add_argument("--folder", metavar="PATH", type=Path, default=FOLDER, help="where conversations are saved")
    parser.add_argument("--about", metavar="SENTENCE", default="", help="what the saved conversation shows")
    return parser.parse_args()


def _golden_name(text: str) -> str:
    if not re.fullmatch(r"[a-z_]+/[a-z0-9_]+", text):
        raise argparse.ArgumentTypeError("a behaviour and a name, such as corrections/two_steps_late")
    return text


def _converse(talk: Talk, colour: bool) -> Iterator[str]:
    """The lines that were fed in and meant something, as a transcript keeps them."""
    while True:
        try:
            words = input("> ").strip()
        except EOFError:
            print()
            return
        if not words:
            return
        line = words if words.startswith("@") else f"> {words}"
        try:
            for effects in play_line(talk, line):
                for shown in show_effects(effects):
                    print(_paint(shown) if colour else shown)
        except (LookupError, ScriptError) as error:
            print(f"? {error}")
            continue
        yield line


def _paint(line: str) -> str:
    """Grey for effects, bold for what can be tapped, plain for words."""
    if line.startswith("!"):
        return f"{GREY}{line}{PLAIN}"
    words = line.removeprefix("<").strip()
    return f"{BOLD}{words}{PLAIN}" if words.endswith("]") else words


def _save(path: Path, script: Script) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(play_script(script), encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main())
