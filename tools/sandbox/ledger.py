"""An append-only record of what crossed the vendor's border, one JSON line per fact."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO


class Ledger:
    """Numbers facts 1, 2, 3 … and flushes each to the file before `write` returns.

    Every line has `seq`, `at` (real UTC time, ISO 8601) and `kind`; the rest depends on the kind (README.md).
    """

    def __init__(self, path: Path | None = None) -> None:
        self._lines: list[str] = []
        self._lock = threading.Lock()
        self._file: TextIO | None = None
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a", encoding="utf-8")

    def write(self, kind: str, **facts: Any) -> int:
        with self._lock:
            seq = len(self._lines) + 1
            entry = {"seq": seq, "at": datetime.now(UTC).isoformat(), "kind": kind, **facts}
            line = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
            self._lines.append(line)
            if self._file is not None:
                self._file.write(line + "\n")
                self._file.flush()
        return seq

    def read_lines(self, after: int = 0) -> list[str]:
        """JSON lines whose seq is greater than `after`."""
        with self._lock:
            return self._lines[after:]

    def entries(self, kind: str | None = None) -> list[dict[str, Any]]:
        found = [json.loads(line) for line in self.read_lines()]
        return [entry for entry in found if kind in (None, entry["kind"])]

    def close(self) -> None:
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None
