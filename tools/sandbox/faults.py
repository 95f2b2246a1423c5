"""Faults on request: what goes wrong, where, how often."""

from __future__ import annotations

import itertools
import random
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from typing import Any

BEFORE_KINDS = ("rate_limit", "error_before", "reset_before")
AFTER_KINDS = ("error_after", "reset_after", "timeout_after", "garbage_after")
API_KINDS = ("slow", *BEFORE_KINDS, *AFTER_KINDS)
VENDOR_BEFORE_KINDS = (*BEFORE_KINDS, "unauthorised", "payment_required", "forbidden", "gateway_timeout")
VENDOR_AFTER_KINDS = (*AFTER_KINDS, "gateway_timeout_after", "drip")
MODEL_KINDS = (
    *("refusal", "content_filter", "wrong_schema", "bad_json", "html", "empty", "empty_body", "no_choices"),
    *("tool_ignored", "cut_off"),
)
LIST_KINDS = ("lag",)
WEBHOOK_KINDS = ("slow", "duplicate", "out_of_order", "lost")
VENDOR_WEBHOOK_KINDS = (*WEBHOOK_KINDS, "late", "forged")
CALLBACK_KINDS = (*WEBHOOK_KINDS, "early")
KINDS = tuple(
    dict.fromkeys(
        (
            *API_KINDS,
            *VENDOR_BEFORE_KINDS,
            *VENDOR_AFTER_KINDS,
            *LIST_KINDS,
            *CALLBACK_KINDS,
            *VENDOR_WEBHOOK_KINDS,
            *MODEL_KINDS,
        )
    )
)
DEFAULT_SECONDS = {
    "slow": 2.0,
    "rate_limit": 1.0,
    "timeout_after": 60.0,
    "drip": 1.0,
    "lag": 5.0,
    "out_of_order": 1.0,
    "late": 5.0,
}


class FaultInvalid(ValueError):
    """The request for a fault makes no sense; the text says why."""


@dataclass(slots=True)
class Fault:
    """One rule: `endpoint` is a glob such as `messages.create`; `remaining` None means without end.

    `phone` is any text that the call must hold, such as a number or an identifier.
    """

    id: int
    endpoint: str
    kind: str
    remaining: int | None
    probability: float
    seconds: float
    phone: str | None
    fired: int = 0


class FaultBook:
    """The faults that are switched on; with one seed the same calls meet the same faults."""

    def __init__(self, seed: int | None = None) -> None:
        self._ids = itertools.count(1)
        # Chance for tests; nothing secret hangs on it.
        self._random = random.Random(seed)  # nosec B311
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, wish: dict[str, Any]) -> Fault:
        """Switch one fault on: kind, endpoint ("*"), count (1; null: no end), probability (1), seconds, phone, seed."""
        fault = _read_fault(next(self._ids), wish)
        with self._lock:
            if "seed" in wish:
                self._random.seed(int(wish["seed"]))
            self._faults.append(fault)
        return fault

    def remove(self, fault_id: int | None = None) -> None:
        with self._lock:
            self._faults = [] if fault_id is None else [f for f in self._faults if f.id != fault_id]

    def take(self, endpoint: str, kinds: Iterable[str], phone: str = "") -> Fault | None:
        """The first fault that strikes this call; uses up one of its count."""
        if not self._faults:
            return None
        with self._lock:
            for fault in self._faults:
                if self._strikes(fault, endpoint, kinds, phone):
                    fault.fired += 1
                    if fault.remaining is not None:
                        fault.remaining -= 1
                    return fault
        return None

    def listing(self) -> list[dict[str, Any]]:
        with self._lock:
            return [asdict(fault) for fault in self._faults]

    def _strikes(self, fault: Fault, endpoint: str, kinds: Iterable[str], phone: str) -> bool:
        if fault.remaining == 0 or fault.kind not in kinds or not fnmatchcase(endpoint, fault.endpoint):
            return False
        if fault.phone and fault.phone not in phone:
            return False
        return fault.probability >= 1 or self._random.random() < fault.probability


def _read_fault(fault_id: int, wish: dict[str, Any]) -> Fault:
    kind = wish.get("kind")
    if kind not in KINDS:
        raise FaultInvalid(f"kind must be one of {', '.join(KINDS)}")
    try:
        probability = float(wish.get("probability", 1))
        default_count = None if "probability" in wish or kind == "lag" else 1
        count = wish.get("count", default_count)
        remaining = None if count is None else int(count)
        seconds = float(wish.get("seconds", DEFAULT_SECONDS.get(kind, 0.0)))
    except (TypeError, ValueError) as error:
        raise FaultInvalid(f"count, probability and seconds are numbers: {error}") from error
    if not 0 <= probability <= 1 or seconds < 0 or (remaining is not None and remaining < 0):
        raise FaultInvalid("probability lies in 0…1; count and seconds are not negative")
    return Fault(fault_id, str(wish.get("endpoint", "*")), kind, remaining, probability, seconds, wish.get("phone"))
