"""Reads messages as the bot does: JSON lines in, {"intent", "slots"} a line out, in the same order."""

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any

from flows.commands import Clear, Correct, Set
from flows.reading.read import read
from flows.reading.types import ReadContext, Reading

ReadMessage = Callable[[str, ReadContext], Reading]

SLOTS = (
    "name", "email", "street", "city", "state", "postal_code", "country", "monthly_bill", "currency", "monthly_kwh",
    "annual_kwh", "utility", "devices", "owner", "roof_type",
)  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0, 1 when a line could not be read, 2 when a language model is wanted and none is configured."""
    parser = argparse.ArgumentParser(prog="python -m tools.read", description=__doc__)
    parser.add_argument("--llm", action="store_true", help="let the language model propose commands too")
    read_message: ReadMessage = read
    if parser.parse_args(arguments).llm:
        from tools.read_llm import open_reader  # who reads by rules alone need not wait for what this loads

        reader = open_reader()
        if reader is None:
            print("tools.read: no language model is configured", file=sys.stderr)
            return 2
        read_message = reader
    return read_lines(read_message)


def read_lines(read_message: ReadMessage) -> int:
    """Standard input to standard output; the exit code."""
    faults = 0
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            answer = read_line(line, read_message)
        except ValueError as error:
            faults += 1
            print(f"tools.read: line {number}: {error}", file=sys.stderr)
            answer = {"intent": None, "slots": {}, "error": str(error)}
        print(json.dumps(answer, ensure_ascii=False), flush=False)
    return 1 if faults else 0


def read_line(line: str, read_message: ReadMessage = read) -> dict[str, Any]:
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
    return report(read_message(case["utterance"], ReadContext(locale=locale, asked=asked)))


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
