"""What the simulated models were told to answer, and what they were asked."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

KEPT = 2000


class ScriptInvalid(ValueError):
    """A script that makes no sense; the text says why."""


@dataclass(slots=True)
class Script:
    """`data` is answered to words that hold `match`, in any case; `remaining` None means without end. `vendor` "" is
    both."""

    id: int
    match: str
    data: Any
    vendor: str = ""
    remaining: int | None = None
    used: int = 0

    def fits(self, vendor: str, words: str) -> bool:
        return self.remaining != 0 and self.vendor in ("", vendor) and self.match.casefold() in words.casefold()


@dataclass(slots=True)
class Asked:
    """One request as it came, without its key; `status` is what it was answered with, 0 until then."""

    id: int
    vendor: str
    path: str
    at: str
    headers: dict[str, str]
    body: Any
    status: int = 0
    fault: str = ""


@dataclass(slots=True)
class ScriptBook:
    """Newer scripts come first. Everything is in memory."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    scripts: list[Script] = field(default_factory=list)
    asked: deque[Asked] = field(default_factory=lambda: deque(maxlen=KEPT))
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    def add(self, wish: dict[str, Any]) -> Script:
        """{"match": text, "data": JSON, "vendor"?: openai, anthropic or transcriptions, "count"?: how often}."""
        vendor, count = wish.get("vendor", ""), wish.get("count")
        if vendor not in ("", "openai", "anthropic", "transcriptions"):
            raise ScriptInvalid("vendor is openai, anthropic or transcriptions")
        if "data" not in wish or not isinstance(wish.get("match", ""), str):
            raise ScriptInvalid("a script has data, and match is a text")
        if count is not None and (type(count) is not int or count < 1):
            raise ScriptInvalid("count is a whole number, 1 or more")
        with self.lock:
            script = Script(next(self._ids), wish.get("match", ""), wish["data"], vendor, count)
            self.scripts.insert(0, script)
        return script

    def find(self, vendor: str, words: str) -> Script | None:
        """The newest script for these words; uses up one of its count."""
        with self.lock:
            script = next((one for one in self.scripts if one.fits(vendor, words)), None)
            if script is not None:
                script.used += 1
                script.remaining = None if script.remaining is None else script.remaining - 1
            return script

    def note(self, vendor: str, path: str, headers: dict[str, str], body: Any) -> Asked:
        with self.lock:
            asked = Asked(next(self._ids), vendor, path, datetime.now(UTC).isoformat(), headers, body)
            self.asked.append(asked)
        return asked

    def clear(self) -> None:
        with self.lock:
            self.scripts.clear()

    def forget(self) -> None:
        with self.lock:
            self.asked.clear()


def answer_nothing(schema: dict[str, Any]) -> Any:
    """The least that fits `schema`: empty lists and texts, null where it may be, the first of an enumeration."""
    kinds = schema.get("type", "string")
    kind = kinds if isinstance(kinds, str) else ("null" if "null" in kinds else kinds[0])
    if kind == "object":
        return {name: answer_nothing(inner) for name, inner in schema.get("properties", {}).items()}
    if kind == "null":
        return None
    if "enum" in schema:
        return schema["enum"][0]
    return schema.get("const", {"array": [], "string": "", "number": 0, "integer": 0, "boolean": False}[kind])
