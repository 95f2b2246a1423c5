"""Reads utility bills as the bot does: one JSON line a file."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.documents import DocumentFile, read_files
from flows.reading.bills.types import Bill

COUNTRIES = ("US", "ZW", "ZA", "ES")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0, 1 when a file could not be opened. A bill that cannot be read is an answer with its problems."""
    parser = argparse.ArgumentParser(prog="python -m tools.read_bill", description=__doc__)
    parser.add_argument("file", nargs="+", type=Path, help="PDF, JPG, PNG, Green Button XML or CSV")
    parser.add_argument(
        "--country", choices=COUNTRIES, default="US", help="what the bill leaves open is meant as there"
    )
    parser.add_argument("--together", action="store_true", help="all files are one bill: photos of its pages")
    wishes = parser.parse_args(arguments)
    files, missing = open_files(wishes.file)
    groups = [files] if wishes.together and files else [[file] for file in files]
    for group in groups:
        print(json.dumps(describe_bill(group, read_files(group, wishes.country)), ensure_ascii=False), flush=True)
    return 1 if missing else 0


def open_files(paths: Sequence[Path]) -> tuple[list[DocumentFile], int]:
    """The files, and how many could not be opened."""
    files = []
    for path in paths:
        try:
            files.append(DocumentFile(path.read_bytes(), name=str(path)))
        except OSError as error:
            print(f"tools.read_bill: {path}: {error.strerror}", file=sys.stderr)
    return files, len(paths) - len(files)


def describe_bill(files: Sequence[DocumentFile], bill: Bill) -> dict[str, Any]:
    return {
        "file": ", ".join(file.name for file in files),
        "utility": bill.utility,
        "account": bill.account,
        "period_start": bill.period_start,
        "period_end": bill.period_end,
        "kwh": bill.kwh,
        "amount": bill.amount,
        "currency": bill.currency,
        "service_address": bill.service_address,
        "monthly_kwh": None if bill.monthly_kwh is None else list(bill.monthly_kwh),
        "confidence": round(bill.confidence, 3),
        "problems": list(bill.problems),
    }


if __name__ == "__main__":
    sys.exit(main())
