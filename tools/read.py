"""Reads messages as the bot does: JSON lines in, {"intent", "slots"} a line out, in the same order."""

import argparse
import json
import sys
from typing import Any

from flows.commands import Clear, Correct, Set
from flows.reading.read import read
from flows.reading.types import ReadContext, Reading

SLOTS = (
    "name", "email", "street", "city", "state", "postal_code", "country", "monthly_bill", "currency", "monthly_kwh",
    "annual_kwh", "utility", "devices", "owner", "roof_type",
)  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0, 1 when a line could not be read, 2 when a language model is wanted and none is configured."""
    parser = argparse.ArgumentParser(prog="python -m tools.read", description=__doc__)
    parser.add_argument("--llm", action="store_true", help="let the language model propose commands too")
    if parser.parse_args(arguments).llm:
        print("tools.read: no language model is configured", file=sys.stderr)
        return 2
    faults = 0
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            answer = read_line(line)
        except ValueError as error:
            faults += 1
            print(f"tools.read: line {number}: {error}", file=sys.stderr)
            answer = {"intent": None, "slots": {}, "error": str(error)}
        print(json.dumps(answer, ensure_ascii=False), flush=False)
    return 1 if faults else 0


def read_line(line: str) -> dict[str, Any]:
    """One answer; ValueError says what is wrong with the line."""
    try:
        case = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error}") from error
    if not isinstance(case, dict) or not isinstance(case.get("utterance"), str):
        raise ValueError('expected an object with a string "utterance"')
    locale, asked = case.get("locale") or "en-US", case.get("asked")
    if not isinstance(locale, str) or not (asked is None or isinstance(asked, str)):
        raise ValueError('"locale" and "asked" are strings or null')
    return report(read(case["utterance"], ReadContext(locale=locale, asked=asked)))


def report(reading: Reading) -> dict[str, Any]:
    """A reading as intent and slots; what was not said and only follows (a city from a ZIP code) is left out."""
    slots = {
        command.slot: command.value
        for command in reading.commands
        if isinstance(command, Set | Correct) and command.slot in SLOTS and command.raw
    }
    cleared = [command.slot for command in reading.commands if isinstance(command, Clear)]
    return {"intent": reading.intent, "slots": {slot: value for slot, value in slots.items() if slot not in cleared}}


if __name__ == "__main__":
    sys.exit(main())
